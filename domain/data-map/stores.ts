import { EXECUTIONS } from '../processes/index.ts';
import type { ExecutionTerm } from '../processes/types.ts';
import type { StoreEntry, WorkflowStore } from './types.ts';

/** A workflow type whose executions of a customer are found by their ID, which is one or begins with one of `ids`. */
const perCustomer = (title: string, purpose: string, ...ids: string[]): WorkflowStore => ({
  title,
  area: 'workflow',
  purpose,
  owner: 'operator',
  holds: '',
  atDeletion: 'erase',
  retention: 'grace',
  how: '番号と日付だけを持つ。終了した実行の履歴と一覧の行を、Temporal の API で削除する',
  seenBy: ['hosting'],
  ids,
});

/** A workflow type about many customers, or the one that deletes: its executions go by the server's own retention. */
const byItself = (title: string, purpose: string): WorkflowStore => ({
  ...perCustomer(title, purpose),
  atDeletion: 'keep',
  retention: 'record',
  how: '番号と日付だけを持つ。サーバーの保存期間で消える',
});

/** Workflow types by name: payloads, histories and visibility rows; no workflow has search attributes of its own or a memo. */
export const WORKFLOW_STORES: Readonly<Record<string, WorkflowStore>> = Object.fromEntries(
  Object.entries<ExecutionTerm>(EXECUTIONS).map(([type, { title, purpose, ids }]) => [
    type,
    ids === undefined ? byItself(title, purpose) : perCustomer(title, purpose, ...ids),
  ]),
);

/** The workflow IDs of a customer, and what others begin with. */
export function executionIds(subject: { contractId: string | null; applicationId: string }): {
  whole: string[];
  beginning: string[];
} {
  const ids = Object.values(WORKFLOW_STORES)
    .flatMap((store) => store.ids)
    .filter((id) => subject.contractId !== null || !id.includes('{contract}'))
    .map((id) =>
      id.replace('{contract}', subject.contractId ?? '').replace('{application}', subject.applicationId),
    );
  return {
    whole: ids.filter((id) => !id.endsWith('/')),
    beginning: ids.filter((id) => id.endsWith('/')),
  };
}

/** Every other place that can hold a customer's data, by name. */
export const OTHER_STORES: Readonly<Record<string, StoreEntry>> = {
  'storage:application_documents.storage_key': {
    title: '申込書の原本（ファイル）',
    area: 'file',
    purpose: '受け付けた申込の証拠（第4条2項）',
    owner: 'entrusted',
    holds: '申込書に書かれたすべて',
    atDeletion: 'erase',
    retention: 'grace',
    how: 'ほかの行が同じ内容を指していなければ、ファイルを削除する',
    seenBy: ['hosting', 'storage'],
  },
  'storage:requests.storage_key': {
    title: '変更・解約申込の原本（ファイル）',
    area: 'file',
    purpose: '申込の到達の証拠（第10条1項）',
    owner: 'entrusted',
    holds: '申込書に書かれたすべて',
    atDeletion: 'erase',
    retention: 'grace',
    how: 'ほかの行が同じ内容を指していなければ、ファイルを削除する',
    seenBy: ['hosting', 'storage'],
  },
  'storage:customer_changes.storage_key': {
    title: '会社名・所在地・代表者の変更の証拠（ファイル）',
    area: 'file',
    purpose: '届出の証拠（第5条1項）',
    owner: 'entrusted',
    holds: '登記事項証明書などに書かれたすべて',
    atDeletion: 'erase',
    retention: 'grace',
    how: 'ほかの行が同じ内容を指していなければ、ファイルを削除する',
    seenBy: ['hosting', 'storage'],
  },
  'storage:incoming_mails.storage_key': {
    title: '届いたメール（ファイル）',
    area: 'file',
    purpose: '人が読むメールの原本（第10条1項の解約の申請でありうる）',
    owner: 'entrusted',
    holds: '氏名、メールアドレス、本文、添付ファイル',
    atDeletion: 'erase',
    retention: 'grace',
    how: 'ほかの行が同じ内容を指していなければ、ファイルを削除する。誰のものか不明なメールは、確認の90日後に削除する',
    seenBy: ['hosting', 'storage'],
  },
  'storage:mails.storage_key': {
    title: '送信したメールの控え（ファイル）',
    area: 'file',
    purpose: '通知の内容の証拠',
    owner: 'operator',
    holds: '会社名、氏名、メールアドレス、契約番号、添付した書類',
    atDeletion: 'erase',
    retention: 'grace',
    how: 'ほかの行が同じ内容を指していなければ、ファイルを削除する',
    seenBy: ['hosting', 'storage'],
  },
  'storage:certificates.storage_key': {
    title: '契約証書（PDF）',
    area: 'file',
    purpose: '契約の証拠、税務書類（第5条1項・第22条6項）',
    owner: 'operator',
    holds: '会社名、所在地、法人番号、電話番号、契約番号、契約の内容',
    atDeletion: 'later',
    retention: 'tax',
    how: '保存期限の翌日に、日次の処理がファイルと保存庫の行を削除する',
    seenBy: ['hosting', 'storage'],
  },
  'storage:documents.storage_key': {
    title: '保存庫の書類（PDF）',
    area: 'file',
    purpose: '契約証書・請求書・削除証明書の保存（第22条6項）',
    owner: 'operator',
    holds: '会社名、所在地、契約番号、金額',
    atDeletion: 'later',
    retention: 'tax',
    how: '保存期限の翌日に、日次の処理がファイルと保存庫の行を削除する',
    seenBy: ['hosting', 'storage'],
  },
  'storage:disclosures.storage_key': {
    title: '公的機関からの照会書（ファイル）',
    area: 'file',
    purpose: '開示の法的根拠の証拠（第4条3項・第22条1項）',
    owner: 'operator',
    holds: '照会書に書かれたお客様の情報',
    atDeletion: 'later',
    retention: 'secrecy',
    how: '期限の後、ほかの行が同じ内容を指していなければ、ファイルを削除する',
    seenBy: ['hosting', 'storage'],
  },
  'storage:bank_accounts.storage_key': {
    title: '返金の振込先の届出（ファイル）',
    area: 'file',
    purpose: 'お客様が振込先を届け出た証拠（第16条）',
    owner: 'entrusted',
    holds: '口座と届け出た方の氏名',
    atDeletion: 'erase',
    retention: 'grace',
    how: 'ほかの行が同じ内容を指していなければ、ファイルを削除する',
    seenBy: ['hosting', 'storage'],
  },
  'storage:support_consents.storage_key': {
    title: 'サポートの同意の書面（ファイル）',
    area: 'file',
    purpose: 'お客様のデータを見ることへの同意の証拠（第13条2項）',
    owner: 'entrusted',
    holds: '同意した方の氏名、連絡先、署名',
    atDeletion: 'erase',
    retention: 'grace',
    how: 'ほかの行が同じ内容を指していなければ、ファイルを削除する',
    seenBy: ['hosting', 'storage'],
  },
  'storage:terms_editions.document_key': {
    title: '利用規約の文書（ファイル）',
    area: 'file',
    purpose: '規約の版の公開（第17条）',
    owner: 'none',
    holds: '',
    atDeletion: 'none',
    retention: 'operator',
    how: '運営会社の文書',
    seenBy: ['hosting', 'storage'],
  },
  outbox: {
    title: '開発用の送信トレイ（OUTBOX_DIR）',
    area: 'file',
    purpose: '開発環境で送信メールを受け止める。本番にはない',
    owner: 'operator',
    holds: '送信したメールのすべて',
    atDeletion: 'erase',
    retention: 'grace',
    how: 'お客様宛てのメールを、Message-ID で見つけて削除する',
    seenBy: [],
  },
  logs: {
    title: 'プロセスのログ',
    area: 'log',
    purpose: '運用と障害の調査',
    owner: 'operator',
    holds: '',
    atDeletion: 'keep',
    retention: 'operator',
    how: '個人データを書かない。エラーは種類と符号だけを書く（workers/safe-errors.ts）。LOG_DIR があれば検証で探す',
    seenBy: ['hosting'],
  },
  backups: {
    title: 'データベースとファイルのバックアップ',
    area: 'backup',
    purpose: '障害からの復旧',
    owner: 'operator',
    holds: 'バックアップ時点の表とファイルのすべて',
    atDeletion: 'later',
    retention: 'operator',
    how: '世代の期限で消える。復旧した場合は、削除済みの契約を hasso deletion verify で確かめる',
    seenBy: ['hosting', 'storage'],
  },
  twilio: {
    title: '電話サービス（Twilio）のサブアカウント',
    area: 'external',
    purpose: '通話とSMS（第11条・第23条1項）',
    owner: 'entrusted',
    holds: '電話番号、通話・SMSの記録',
    atDeletion: 'erase',
    retention: 'grace',
    how: '利用終了の手続きで番号を返却し、サブアカウントを閉じる。閉じた後の記録は Twilio の期限で消える',
    seenBy: ['telephony'],
  },
  'mail-server': {
    title: 'メール配送サーバー',
    area: 'external',
    purpose: 'お客様へのメール（第12条2項）',
    owner: 'operator',
    holds: '宛先、件名、本文、添付',
    atDeletion: 'later',
    retention: 'operator',
    how: '配送記録の保存期間を事業者との契約で定める',
    seenBy: ['mailRelay'],
  },
  'bounce-mailbox': {
    title: '不達通知の受信箱（BOUNCE_IMAP_URL）',
    area: 'external',
    purpose: '不達の検知（第12条2項）',
    owner: 'operator',
    holds: '宛先、元のメールのヘッダー、お客様からの返信',
    atDeletion: 'later',
    retention: 'operator',
    how: '受信箱の保存期間を運営会社が定める',
    seenBy: ['mailRelay'],
  },
  nta: {
    title: '国税庁の公表サイト（Web-API）',
    area: 'external',
    purpose: '法人番号の確認（第2条）',
    owner: 'none',
    holds: '照会した法人番号（公表された情報）',
    atDeletion: 'none',
    retention: 'operator',
    how: '照会の記録は国税庁が持つ。お客様の情報は渡さない',
    seenBy: [],
  },
  yente: {
    title: '照合サービス（yente）',
    area: 'external',
    purpose: '反社・競合チェック（第4条4項）',
    owner: 'operator',
    holds: '照会した会社名・氏名・生年月日',
    atDeletion: 'later',
    retention: 'operator',
    how: '自社で動かす場合は保存しない。事業者に委ねる場合は照会記録の期限を契約で定める',
    seenBy: ['screening'],
  },
};
