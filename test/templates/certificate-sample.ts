import type { CertificatePayload } from '../../templates/certificate.ts';

/** A whole payload with characters that careless fonts lose. */
export function certificatePayload(overrides: Partial<CertificatePayload> = {}): CertificatePayload {
  return {
    certificateNumber: 'HC-2026-000123',
    revision: 2,
    issuedOn: '2026-11-24',
    contractNumber: 'H26-004571',
    companyId: 'C8K2-77QX',
    customer: {
      name: '株式会社髙﨑邉𠮷商事',
      corporateNumber: '7010401052137',
      postalCode: '105-0011',
      address: '東京都港区芝公園四丁目2番8号 髙﨑ビルディング12階',
    },
    plan: 'スタンダードプラン',
    options: [
      { name: 'SMS送信オプション', quantity: 1 },
      { name: 'シナリオ追加オプション', quantity: 3 },
    ],
    licences: 10,
    phoneNumbers: ['050-3138-0001', '050-3138-0002', '0120-000-123'],
    contractType: 'annual',
    concludedOn: '2026-11-22',
    period: { from: '2026-12-01', to: '2027-11-30' },
    autoRenewal: true,
    cancelBy: '2027-10-20',
    feePayment: '年額一括・銀行振込（請求書払い）',
    communicationPayment: 'postpaid',
    partnerName: '㈱ビジネスリンク・パートナーズ',
    termsEdition: 'Hasso 利用規約 第11版（2023年9月28日施行）',
    support: { channel: 'Eメール、電話', hours: '平日 9:00〜17:00（12:00〜13:00を除く）' },
    campaignTerms: ['初回の利用契約期間を2026年12月15日からとする。'],
    operator: {
      name: '株式会社インターコム',
      address: '東京都千代田区外神田一丁目1番1号',
      corporateNumber: '1010001012345',
    },
    verification: { url: 'https://hasso.example.jp/verify/3vX9kQm2TzP7aLw5RbYc8N' },
    sandbox: false,
    ...overrides,
  };
}
