import {
  type ApplicationStatus,
  type ApprovalVerdict,
  type Channel,
  type FindingStatus,
  GROUNDS,
  type Ground,
  type ReviewVerdict,
} from '../domain/application.ts';
import type { ContractStatus, RequestKind, RequestOutcome } from '../domain/contract.ts';
import type { NoticeStatus, RecipientState } from '../domain/notice.ts';
import type { PublicationStatus } from '../domain/publication.ts';
import type { StaffRole } from '../domain/tasks.ts';
import type { BoundEdition } from '../domain/terms-binding.ts';

/** The Japanese word for each word of the code (RULES "Vocabulary"), and how a status looks. One place for all pages. */
export type Tone = 'neutral' | 'info' | 'waiting' | 'good' | 'bad';
export interface Term {
  label: string;
  tone: Tone;
}

const term = (label: string, tone: Tone): Term => ({ label, tone });

export const STATUS = {
  application: {
    received: term('受付', 'info'),
    correction: term('修正待ち', 'waiting'),
    review: term('審査中', 'info'),
    approval: term('承認待ち', 'info'),
    accepted: term('承諾', 'good'),
    concluded: term('契約締結', 'good'),
    refused: term('不承諾', 'bad'),
    lapsed: term('失効', 'neutral'),
    withdrawn: term('取下げ', 'neutral'),
  } satisfies Record<ApplicationStatus, Term>,
  contract: {
    active: term('契約中', 'good'),
    ending: term('終了予定', 'waiting'),
    ended: term('終了', 'neutral'),
    terminated: term('即時解約', 'bad'),
  } satisfies Record<ContractStatus, Term>,
  finding: {
    open: term('未判断', 'waiting'),
    confirmed: term('該当', 'bad'),
    released: term('該当しない', 'good'),
  } satisfies Record<FindingStatus, Term>,
  findingOutcome: {
    hit: term('一致', 'bad'),
    review: term('要確認', 'waiting'),
    note: term('参考', 'neutral'),
  },
  mail: {
    queued: term('送信待ち', 'waiting'),
    sending: term('送信中', 'waiting'),
    accepted: term('到達', 'good'),
    deferred: term('再送待ち', 'waiting'),
    refused: term('不達', 'bad'),
    bounced: term('返送', 'bad'),
  },
  notice: {
    draft: term('下書き', 'neutral'),
    waitingApproval: term('承認待ち', 'waiting'),
    approved: term('承認済', 'info'),
    sending: term('送信中', 'info'),
    paused: term('一時停止', 'waiting'),
    following: term('送信済（到達確認中）', 'info'),
    done: term('完了', 'good'),
    stopped: term('中止', 'bad'),
    refused: term('却下', 'bad'),
  } satisfies Record<NoticeStatus, Term>,
  recipient: {
    queued: term('送信待ち', 'waiting'),
    accepted: term('到達', 'good'),
    deferred: term('再送待ち', 'waiting'),
    refused: term('不達', 'bad'),
    bounced: term('返送', 'bad'),
    letter: term('郵送済', 'good'),
    optedOut: term('配信停止', 'neutral'),
    stopped: term('中止', 'neutral'),
    webOnly: term('Web掲載のみ', 'neutral'),
  } satisfies Record<RecipientState, Term>,
  decision: {
    sent: term('処理中', 'waiting'),
    effective: term('有効', 'good'),
    refused: term('無効', 'bad'),
  },
  contactChange: {
    waiting: term('確認待ち', 'waiting'),
    effective: term('登録済', 'good'),
    rejected: term('認めない', 'bad'),
  },
  certificate: {
    current: term('現行', 'good'),
    superseded: term('旧版', 'neutral'),
    revoked: term('失効', 'bad'),
  },
  request: {
    sent: term('処理中', 'waiting'),
    waiting: term('二人目の確認待ち', 'waiting'),
    accepted: term('受付済', 'info'),
    refused: term('受付不可', 'bad'),
    superseded: term('後の申込に置換え', 'neutral'),
    dropped: term('取消し', 'neutral'),
    withdrawn: term('撤回', 'neutral'),
    done: term('適用済', 'good'),
  } satisfies Record<RequestOutcome, Term>,
  publication: {
    draft: term('承認待ち', 'waiting'),
    approved: term('適用開始待ち', 'info'),
    effective: term('有効', 'good'),
    rejected: term('不承認・取下げ', 'neutral'),
    lapsed: term('失効', 'neutral'),
    void: term('効力なし', 'bad'),
  } satisfies Record<PublicationStatus, Term>,
} as const;

export type StatusKind = keyof typeof STATUS;

export const CHANNEL_LABELS: Record<Channel, string> = {
  web: 'Webフォーム',
  email: 'Eメール',
  fax: 'FAX',
  post: '郵送',
  other: 'その他',
};

export const CONTRACT_KIND_LABELS = { annual: '年額契約', monthly: '月額契約' } as const;
export const PAYMENT_LABELS = { prepaid: 'プリペイドチャージ', postpaid: '後払い' } as const;

export const ROLE_LABELS: Record<StaffRole, string> = {
  reviewer: '審査担当',
  approver: '承認者',
  operations: '運用担当',
  billing: '請求担当',
  legal: '法務担当',
  support: 'サポート担当',
  admin: '管理者',
};

export { TASK_LABELS } from '../domain/tasks.ts';

export const REQUEST_KIND_LABELS: Record<RequestKind, string> = {
  change: '利用内容変更',
  cancellation: '解約',
  cancellationWithdrawal: '解約の撤回',
  termination: '即時解約',
};

export const REVIEW_VERDICT_LABELS: Record<ReviewVerdict, string> = {
  recommendAccept: '承諾を推薦する',
  recommendRefuse: '不承諾を推薦する',
  return: '申込者に修正を依頼する',
};

export const APPROVAL_VERDICT_LABELS: Record<ApprovalVerdict, string> = {
  accept: '承諾する',
  refuse: '承諾しない',
  sendBack: '審査へ差し戻す',
};

export const FINDING_VERDICT_LABELS = { confirmed: '該当', released: '該当しない' } as const;

/** Why an edition of the terms binds a customer (第17条2項・3項). */
export const BINDING_LABELS: Record<BoundEdition['why'], string> = {
  agreement: '申込時の同意',
  notice: '適用開始日より前の告知',
  firstUse: '告知後の最初の利用',
};

/** The things that a contract's workflow does by itself. */
export const DUE_LABELS: Readonly<Record<string, string>> = {
  begin: '利用契約期間の開始',
  renewal: '自動更新',
  reminder: '解約期限のお知らせの送信',
  change: '利用内容の変更の適用',
  end: '契約の終了',
};

export const LIST_LABELS: Readonly<Record<string, string>> = {
  antisocial: '反社会的勢力リスト',
  competitor: '競合リスト',
  internal: '社内リスト',
  '': '照合先',
};

export const groundLabel = (ground: Ground): string => `${'①②③④'[ground - 1]} ${GROUNDS[ground]}`;

/** Words for what stands in the audit log. What is not listed is shown as it is. */
export const ACTION_LABELS: Readonly<Record<string, string>> = {
  'application.received': '申込を受け付けました',
  'application.entered': '申込を入力しました',
  'application.corrected': '修正された内容を受け取りました',
  'application.checked': '記載内容と反社・競合の確認を行いました',
  'application.correction': '申込者に修正を依頼しました',
  'application.review': '審査に進みました',
  'application.approval': '承認待ちになりました',
  'application.accepted': '申込を承諾しました',
  'application.concluded': '利用契約が成立しました',
  'application.refused': '申込を承諾しないことに決めました',
  'application.lapsed': '修正の期限が過ぎ、失効しました',
  'application.withdrawn': '申込が取り下げられました',
  'decision.review': '審査の判断を送信しました',
  'decision.approval': '承認の判断を送信しました',
  'decision.finding': '一致についての判断を送信しました',
  'decision.request': '申込者からの取下げの申し出を記録しました',
  'finding.confirmed': '一致を「該当」と判断しました',
  'finding.released': '一致を「該当しない」と判断しました',
  'document.downloaded': '添付書類を閲覧しました',
  'certificate.downloaded': '契約証書を閲覧しました',
  'certificate.issued': '契約証書を発行しました',
  'certificate.revoked': '契約証書を取り消しました',
  'mail.bounced': 'メールが返送されました',
  'mail.resent': '届かなかったメールを送り直しました',
  'mail.sentByPost': '届かなかったメールの代わりに郵送しました',
  'contact.entered': '連絡先の変更を入力しました',
  'contact.changed': '登録された連絡先を変更しました',
  'contact.rejected': '二人目の担当者が連絡先の変更を認めませんでした',
  'contract.numberShown': '契約番号・企業IDを表示しました',
  'request.entered': '申込を入力しました',
  'request.waiting': '申込が二人目の確認を待っています',
  'request.confirmed': '二人目の担当者が申込を確認しました',
  'request.rejected': '二人目の担当者が申込を認めませんでした',
  'request.accepted': '申込を受け付けました',
  'request.refused': '申込を受け付けませんでした',
  'request.superseded': '申込が後の申込に置き換わりました',
  'request.dropped': '契約の終了により変更が適用されないことになりました',
  'request.withdrawn': '解約の申請が取り消されました',
  'request.done': '申込の手続きが完了しました',
  'contract.changed': '利用内容の変更が適用されました',
  'task.acknowledged': '担当タスクを確認しました',
  'contract.concluded': '利用契約が成立しました',
  'contract.firstPeriod': '最初の利用契約期間を記録しました',
  'contract.renewed': '契約が自動更新されました',
  'contract.active': '契約中になりました',
  'contract.ending': '終了日が決まりました',
  'contract.ended': '契約が終了しました',
  'contract.terminated': '即時解約になりました',
  'contract.rescreened': '照合リストとの一致が見つかりました',
  'termsEdition.uploaded': '規約の版を登録しました',
  'termsEdition.approved': '規約の版を承認しました',
  'termsEdition.rejected': '規約の版を承認しないか、取り下げました',
  'termsEdition.lapsed': '承認されないまま適用開始日になり、失効しました',
  'termsEdition.effective': '規約の版が有効になりました',
  'termsEdition.void': '適用開始日より前に告知されず、効力を持ちませんでした',
  'notice.drafted': '通知の下書きを作成しました',
  'notice.edited': '通知の下書きを直しました',
  'notice.waitingApproval': '承認を依頼しました',
  'notice.draft': '作成者に差し戻しました',
  'notice.reviewed': '一人目が内容を確認しました',
  'notice.approved': '二人目が承認し、宛先が確定しました',
  'notice.refused': '通知を却下しました',
  'notice.posted': 'Webに掲載しました',
  'notice.sending': '送信を始めました',
  'notice.paused': '送信を一時停止しました',
  'notice.following': 'すべての宛先への送信が済みました',
  'notice.done': '通知の手続きが完了しました',
  'notice.stopped': '送信を中止しました',
  'notice.retried': '届いていない宛先に再送しました',
  'notice.lettersRecorded': '郵送した日を記録しました',
  'decision.notice': '通知についての判断を送信しました',
  'contact.optedOut': 'ご案内メールの配信停止を受け付けました',
  'contact.optedIn': '配信停止の取消しを受け付けました',
  'list.imported': '取り込み',
  'list.rolledBack': '以前の版に戻す',
  'rescreening.started': '契約の再チェックの開始',
};

const SYSTEM_ACTORS: Readonly<Record<string, string>> = {
  applicant: '申込者',
  customer: 'お客様',
  system: 'システム',
  cli: 'コマンドライン',
  sample: 'サンプルデータ',
};

/** Who did something, by name; an id that is nobody's stays as it is. */
export function actorName(actor: string, names: ReadonlyMap<string, string>): string {
  return SYSTEM_ACTORS[actor] ?? names.get(actor) ?? actor;
}

/** The label of a code from a table, or the code where the table has none: rows outlive the words for them. */
export function labelOf(labels: Readonly<Record<string, string>>, code: string): string {
  return labels[code] ?? code;
}
