import { developmentSigningKey } from '../activities/documents/signing-key.ts';
import { type CertificatePayload, renderCertificate } from '../templates/certificate.ts';
import { signDocument } from '../templates/pdf/signature.ts';

const ORDINARY: CertificatePayload = {
  certificateNumber: 'HS-000123-02',
  revision: 2,
  issuedOn: '2026-11-24',
  contractNumber: 'HS-000123',
  companyId: 'C000123',
  customer: {
    name: '株式会社髙﨑邉𠮷商事',
    corporateNumber: '7010401052137',
    postalCode: '105-0011',
    address: '東京都港区芝公園四丁目2番8号 髙﨑ビルディング12階',
  },
  plan: 'スタンダードプラン',
  options: [{ name: 'SMS送信オプション', quantity: 1 }],
  licences: 10,
  phoneNumbers: ['050-3138-0001', '050-3138-0002', '0120-000-123'],
  contractType: 'annual',
  concludedOn: '2026-11-22',
  period: { from: '2026-12-01', to: '2027-11-30' },
  autoRenewal: true,
  cancelBy: '2027-10-20',
  feePayment: '年払い（請求書）',
  communicationPayment: 'postpaid',
  partnerName: '㈱ビジネスリンク・パートナーズ',
  termsEdition: 'Hasso 利用規約（第11版）',
  support: { channel: 'Eメール、電話', hours: '平日 9:00〜18:00' },
  campaignTerms: ['初回の利用契約期間を2026年12月15日からとする。'],
  operator: { name: '株式会社インターコム', address: '東京都千代田区外神田一丁目1番1号' },
  verification: { url: 'https://hasso.example.jp/verify/3vX9kQm2TzP7aLw5RbYc8N3vX9kQm2Tz' },
  sandbox: false,
};

/** One certificate of each sort: plain, signed, of a test environment, with variants, over many pages and signed. */
export async function specimens(keyPath: string): Promise<{ name: string; pdf: Uint8Array }[]> {
  const key = await developmentSigningKey(keyPath, new Date());
  const signed = async (payload: CertificatePayload) =>
    signDocument(await renderCertificate(payload), key, {
      signedAtMs: Date.UTC(2026, 10, 24),
      reason: '発行',
    });
  const phoneNumbers = Array.from(
    { length: 300 },
    (_, index) => `050-3138-${String(index).padStart(4, '0')}`,
  );
  return [
    { name: 'plain', pdf: await renderCertificate(ORDINARY) },
    { name: 'signed', pdf: await signed(ORDINARY) },
    { name: 'sandbox', pdf: await signed({ ...ORDINARY, sandbox: true }) },
    { name: 'variants', pdf: await signed({ ...ORDINARY, plan: '葛\u{E0100}飾プラン 简体' }) },
    { name: 'many-pages', pdf: await signed({ ...ORDINARY, phoneNumbers }) },
  ];
}
