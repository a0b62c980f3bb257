/** Kinds of data about a customer that a store can hold; the first ones are those of `personalText`. */
export const DATA_KINDS = {
  companyName: '会社名',
  personName: '氏名',
  birthDate: '生年月日',
  address: '住所',
  phone: '電話番号',
  email: 'メールアドレス',
  freeText: '自由記述',
  confidentialNumber: '契約番号・企業ID等',
  corporateNumber: '法人番号',
  file: '保存ファイルの所在',
  digest: 'ハッシュ値・識別子',
} as const;
export type DataKind = keyof typeof DATA_KINDS;

/** Whose data it is: the operator's own record of the business, or what the customer entrusted (第22条6項). */
export const OWNERS = {
  operator: '運営会社の記録',
  entrusted: 'お客様保有データ',
  staff: '担当者のデータ',
  list: '照合リスト',
  none: 'お客様のデータなし',
} as const;
export type DataOwner = keyof typeof OWNERS;

/** What the deletion does with a customer's rows, files or executions. */
export const AT_DELETION = {
  erase: '削除',
  reduce: '項目を消去',
  later: '期限まで保存し、その後に削除',
  keep: 'そのまま保存',
  none: '対象外',
} as const;
export type AtDeletion = keyof typeof AT_DELETION;

/** How long data stays, as a rule that names what sets its last day. */
export const RETENTION_RULES = {
  grace:
    '契約終了後、猶予期間（設定 deletion.graceDays）まで。承諾に至らなかった申込は、設定 retention.applicationDays の日数まで',
  tax: '書類ごとの保存期限（設定 retention.*）まで',
  screening: '契約終了または謝絶の後、設定 retention.screeningDays の日数まで',
  minutes: '削除の処理が終わるまで',
  record: '個人データを含まない記録として期限なし',
  secrecy: '契約終了の3年後（第19条7項）まで',
  cache: '30日まで',
  operator: '運営会社が定める（お客様のデータではない）',
} as const;
export type RetentionRule = keyof typeof RETENTION_RULES;

/** Who besides the operator can see a store (第24条); which company that is, is the operator's to fill in. */
export const SUBCONTRACTORS = {
  hosting: 'サーバー・データベースの事業者',
  storage: 'オブジェクトストレージ（S3）の事業者',
  mailRelay: 'メール配送の事業者',
  telephony: '電話サービスの事業者（Twilio）',
  screening: '照合サービス（yente）の事業者',
} as const;
export type Subcontractor = keyof typeof SUBCONTRACTORS;

/**
 * How a customer's rows are found: by a column that names the contract, application, customer or corporate number; by
 * `subject_type` and `subject_id`; by the row of another table (`via:documents:document_id`); by whose key it is
 * (`key:owner_id`, db/personal/owner.ts). `none`: not a customer's.
 */
export type RowLink =
  | `contract:${string}`
  | `application:${string}`
  | `customer:${string}`
  | `corporation:${string}`
  | `key:${string}`
  | `via:${string}:${string}`
  | 'subject'
  | 'none';

/** A table of the database, every column of it named once. */
export interface TableEntry {
  title: string;
  purpose: string;
  owner: DataOwner;
  of: RowLink;
  atDeletion: AtDeletion;
  retention: RetentionRule;
  /** Columns that hold data about a customer (or, for lists and staff, about others), by kind; names in one string. */
  holds: Partial<Record<DataKind, string>>;
  /** Columns of `holds` that a reduced row keeps. */
  kept?: string;
  /** Columns of `holds` with words that people typed: searched for as a whole after the deletion. */
  words?: string;
  /** Columns that hold nothing about a person or customer: ids, dates, codes, amounts. */
  plain: string;
}

/** Any other place that can hold a customer's data. */
export interface StoreEntry {
  title: string;
  area: 'file' | 'workflow' | 'log' | 'backup' | 'external';
  purpose: string;
  owner: DataOwner;
  /** What of a customer is in it, in words; '' for ids and dates only. */
  holds: string;
  atDeletion: AtDeletion;
  retention: RetentionRule;
  /** How it is deleted, in a sentence. */
  how: string;
  seenBy: readonly Subcontractor[];
}

/** Executions of a workflow type. */
export interface WorkflowStore extends StoreEntry {
  ids: readonly string[];
}

/** The words of a list of names. */
export const namesOf = (list: string | undefined): string[] =>
  (list ?? '').split(' ').filter((name) => name !== '');
