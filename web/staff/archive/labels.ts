import type { CorrectionRow, DocumentRow } from '../../../db/queries/archive/search.ts';

export const KIND_LABELS: Record<DocumentRow['kind'], string> = {
  certificate: '契約証書',
  invoice: '請求書',
  invoiceData: '請求書（電子データ）',
  statement: '精算書',
  partnerCopy: '媒介者の請求書の写し',
  receipt: '領収書',
  deletionProof: '削除証明書',
};

export const FIELD_LABELS: Record<CorrectionRow['field'], string> = {
  documentOn: '日付',
  amountYen: '金額（円）',
  counterparty: '取引先',
};

/** Names of what a certificate states, for the comparison of two revisions. */
export const CERTIFICATE_FIELD_LABELS: Readonly<Record<string, string>> = {
  contractNumber: '契約番号',
  companyId: '企業ID',
  'customer.name': '契約者',
  'customer.corporateNumber': '法人番号',
  'customer.postalCode': '郵便番号',
  'customer.address': '所在地',
  plan: '料金プラン',
  options: 'オプション',
  licences: 'ユーザーライセンス',
  phoneNumbers: '電話番号',
  contractType: '契約種別',
  concludedOn: '契約締結日',
  'period.from': '利用契約期間の初日',
  'period.to': '利用契約期間の末日',
  autoRenewal: '自動更新',
  endsOn: '契約終了日',
  cancelBy: '次回の解約申請期限',
  feePayment: '利用料金の支払い',
  communicationPayment: '通信費用の支払い',
  partnerName: 'サービスパートナー',
  termsEdition: '適用する利用規約',
  'support.channel': 'サポートの窓口',
  'support.hours': 'サポートの受付時間',
  campaignTerms: 'キャンペーン条件',
  'operator.name': '運営会社',
  'operator.address': '運営会社の所在地',
};

export function amountText(amountYen: number | null): string {
  return amountYen === null ? '—' : `${amountYen.toLocaleString('ja-JP')}円`;
}
