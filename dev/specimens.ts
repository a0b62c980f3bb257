import { civilDate } from '../domain/calendar/civil-date.ts';
import type { CertificatePayload } from '../templates/certificate.ts';
import type { DeletionProofPayload } from '../templates/deletion-proof.ts';
import type { InvoicePayload } from '../templates/invoice.ts';
import type { ReceiptPayload } from '../templates/receipt.ts';

/** Payloads of whole documents, with characters that careless fonts lose: for tests, benches and veraPDF. */
const OPERATOR = {
  name: '株式会社インターコム',
  address: '東京都千代田区外神田一丁目1番1号',
  corporateNumber: '1010001012345',
};
const VERIFICATION = { url: 'https://hasso.example.jp/verify/3vX9kQm2TzP7aLw5RbYc8N3vX9kQm2Tz' };

export function certificatePayload(overrides: Partial<CertificatePayload> = {}): CertificatePayload {
  return {
    certificateNumber: 'HC-2026-000123',
    revision: 2,
    issuedOn: civilDate('2026-11-24'),
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
    period: { from: civilDate('2026-12-01'), to: civilDate('2027-11-30') },
    autoRenewal: true,
    cancelBy: '2027-10-20',
    feePayment: '年額一括・銀行振込（請求書払い）',
    communicationPayment: 'postpaid',
    partnerName: '㈱ビジネスリンク・パートナーズ',
    termsEdition: 'Hasso 利用規約 第11版（2023年9月28日施行）',
    support: { channel: 'Eメール、電話', hours: '平日 9:00〜17:00（12:00〜13:00を除く）' },
    campaignTerms: ['初回の利用契約期間を2026年12月15日からとする。'],
    operator: OPERATOR,
    verification: VERIFICATION,
    sandbox: false,
    ...overrides,
  };
}

/** So many phone numbers, each another. */
export function phoneNumbers(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `050-3138-${String(index).padStart(4, '0')}`);
}

/** What wraps over several lines: a long name and a long address. */
export const LONG_CUSTOMER: CertificatePayload['customer'] = {
  name: `一般社団法人${'日本国際経済交流推進支援協議会連合'.repeat(6)}`,
  address: `東京都千代田区${'大字永田町字霞ヶ関一丁目二番地三号'.repeat(12)}`,
  corporateNumber: '7010401052137',
};

export function deletionProofPayload(overrides: Partial<DeletionProofPayload> = {}): DeletionProofPayload {
  const deletedOn = civilDate('2027-12-31');
  return {
    proofNumber: 'H26-004571-D1',
    issuedOn: civilDate('2028-01-04'),
    contractNumber: 'H26-004571',
    companyId: 'C8K2-77QX',
    customer: { name: '株式会社髙﨑邉𠮷商事', corporateNumber: '7010401052137' },
    endedOn: '2027-11-30',
    dueOn: '2027-12-31',
    deletedOn,
    deleted: [
      { store: '業務データベース', data: '連絡先、役員の情報', count: 7, unit: '件', deletedOn },
      { store: '業務データベース', data: '審査の記録', count: 12, unit: '件', deletedOn },
      {
        store: 'ファイル保管庫',
        data: '申込書の原本、送信したメールの写し',
        count: 23,
        unit: 'ファイル',
        deletedOn,
      },
      { store: 'ワークフローの記録', data: '手続きの履歴', count: 4, unit: '件', deletedOn },
      { store: '電話基盤（サブアカウント）', data: '通話履歴、録音', count: 184_203, unit: '件', deletedOn },
      { store: '電話基盤（サブアカウント）', data: '電話番号', count: 3, unit: '番号', deletedOn },
    ],
    kept: [
      {
        data: '適格請求書',
        count: 12,
        unit: '通',
        reason: '国税関係書類の保存義務',
        basis: '法人税法第126条、消費税法第57条の4',
        keptThrough: '2038-05-31',
      },
      {
        data: '契約証書',
        count: 3,
        unit: '通',
        reason: '契約に関する書類の保存義務',
        basis: '法人税法第126条',
        keptThrough: '2038-05-31',
      },
    ],
    search: {
      searchedOn: '2028-01-04',
      stores: [
        { store: '業務データベース', kept: 15 },
        { store: 'ファイル保管庫', kept: 15 },
        { store: 'ワークフローの記録', kept: 0 },
        { store: '電話基盤（サブアカウント）', kept: 0 },
      ],
    },
    operator: OPERATOR,
    verification: { url: 'https://hasso.example.jp/verify/8NcYbR5wLa7PzT2mQk9Xv38NcYbR5wLa' },
    sandbox: false,
    ...overrides,
  };
}

export function invoicePayload(overrides: Partial<InvoicePayload> = {}): InvoicePayload {
  const [from, to] = ['2026-11-01', '2026-11-30'];
  return {
    invoiceNumber: 'INV-2026-001234',
    issuedOn: '2026-12-01',
    dueOn: '2026-12-31',
    recipient: {
      name: '株式会社髙﨑邉𠮷商事',
      postalCode: '105-0011',
      address: '東京都港区芝公園四丁目2番8号 髙﨑ビルディング12階',
    },
    contractNumber: 'H26-004571',
    items: [
      {
        description: 'スタンダードプラン 年額',
        from: '2026-12-01',
        to: '2027-11-30',
        unit: '式',
        quantity: 1,
        unitPrice: 360_000,
      },
      {
        description: 'SMS送信オプション',
        from: '2026-12-01',
        to: '2027-11-30',
        unit: '式',
        quantity: 1,
        unitPrice: 60_000,
      },
      { description: '通話料（固定電話あて）', from, to, unit: '分', quantity: 1_394, unitPrice: '8.2' },
      { description: 'SMS送信料', from, to, unit: '通', quantity: 321, unitPrice: '9.5' },
      { description: '値引き（キャンペーン）', from, to, unit: '式', quantity: 1, unitPrice: -3_000 },
    ],
    operator: { ...OPERATOR, registrationNumber: 'T1010001012345', contact: '電話 03-0000-0000' },
    bankAccount: {
      bank: 'みずほ銀行',
      branch: '神田支店',
      kind: '普通',
      number: '1234567',
      holder: 'カ）インターコム',
    },
    notes: ['振込手数料は貴社にてご負担ください。'],
    sandbox: false,
    ...overrides,
  };
}

export function receiptPayload(overrides: Partial<ReceiptPayload> = {}): ReceiptPayload {
  const { recipient, contractNumber, operator } = invoicePayload();
  return {
    ...{
      receiptNumber: 'RCP-2026-000012',
      issuedOn: '2026-12-28',
      replaces: null,
      recipient,
      contractNumber,
    },
    invoice: {
      ...{ name: '請求書', number: 'INV-2026-001234', issuedOn: '2026-12-01' },
      ...{ totalYen: 474_628, taxYen: 43_148 },
    },
    ...{ amountYen: 474_188, discountYen: 440, receivedOn: '2026-12-25', way: '銀行振込', operator },
    sandbox: false,
    ...overrides,
  };
}

/** So many lines of usage, some with a text that wraps. */
export function manyItems(count: number): InvoicePayload['items'] {
  return Array.from({ length: count }, (_, index) => ({
    description: `通話料 050-3138-${String(index).padStart(4, '0')}${index % 7 === 0 ? '（国内の携帯電話あて、時間帯による割引の対象外）' : ''}`,
    from: '2026-11-01',
    to: '2026-11-30',
    unit: '分',
    quantity: index + 1,
    unitPrice: '16.3',
  }));
}
