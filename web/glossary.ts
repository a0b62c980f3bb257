import type { TelephonyState } from '../db/schema/index.ts';
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
import type { DataRequestStatus } from '../domain/data-requests.ts';
import type { DeletionStatus, HoldStatus } from '../domain/deletion.ts';
import type { DiscontinuationStatus } from '../domain/discontinuation-status.ts';
import type { NoticeStatus, RecipientState } from '../domain/notice.ts';
import type { OffBoardingState } from '../domain/off-boarding.ts';
import type { PublicationStatus } from '../domain/publication.ts';
import type { SuspensionStatus } from '../domain/suspension.ts';
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
  telephony: {
    active: term('利用中', 'good'),
    suspended: term('停止中', 'waiting'),
    closed: term('閉鎖', 'neutral'),
  } satisfies Record<TelephonyState, Term>,
  offBoarding: {
    waiting: term('これから', 'info'),
    done: term('完了', 'good'),
    notNeeded: term('不要', 'neutral'),
    stuck: term('停止中', 'bad'),
  } satisfies Record<OffBoardingState, Term>,
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
  dataRequest: {
    open: term('対応中', 'waiting'),
    done: term('対応済', 'good'),
    refused: term('応じない', 'neutral'),
  } satisfies Record<DataRequestStatus, Term>,
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
  discontinuation: {
    review: term('確認待ち', 'waiting'),
    approval: term('承認待ち', 'waiting'),
    announced: term('告知済み', 'info'),
    ending: term('終了処理中', 'info'),
    refundReview: term('返金リストの提出待ち', 'waiting'),
    refundApproval: term('返金リストの承認待ち', 'waiting'),
    done: term('完了', 'good'),
    rejected: term('不承認', 'neutral'),
    cancelled: term('取りやめ', 'neutral'),
  } satisfies Record<DiscontinuationStatus, Term>,
  suspension: {
    approval: term('承認待ち', 'waiting'),
    planned: term('予定', 'info'),
    active: term('停止中', 'bad'),
    lifted: term('再開済み', 'good'),
    rejected: term('不承認', 'neutral'),
    cancelled: term('取りやめ', 'neutral'),
  } satisfies Record<SuspensionStatus, Term>,
  deletion: {
    waiting: term('猶予期間中', 'waiting'),
    held: term('保留により停止', 'waiting'),
    deleting: term('削除中', 'info'),
    problem: term('要確認', 'bad'),
    done: term('削除済', 'good'),
  } satisfies Record<DeletionStatus, Term>,
  hold: {
    proposed: term('保留中（二人目の確認待ち）', 'waiting'),
    active: term('保留中', 'waiting'),
    liftProposed: term('保留中（解除の確認待ち）', 'waiting'),
    lifted: term('解除済', 'neutral'),
    rejected: term('認められず', 'neutral'),
  } satisfies Record<HoldStatus, Term>,
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
  'contract.feesChanged': '新しい料金表が適用されました',
  'feeChange.entered': '料金変更を登録しました',
  'feeChange.approved': '料金変更を承認しました',
  'feeChange.rejected': '料金変更を承認しないか、取り下げました',
  'feeChange.lapsed': '承認されないまま変更日になり、失効しました',
  'feeChange.effective': '料金変更の日になりました',
  'contract.concluded': '利用契約が成立しました',
  'contract.firstPeriod': '最初の利用契約期間を記録しました',
  'contract.renewed': '契約が自動更新されました',
  'contract.active': '契約中になりました',
  'contract.ending': '終了日が決まりました',
  'contract.ended': '契約が終了しました',
  'contract.terminated': '即時解約になりました',
  'discontinuation.proposed': '廃止を提案しました',
  'discontinuation.approval': '一人目が確認しました',
  'discontinuation.announced': '廃止を承認し、告知を始めました',
  'discontinuation.rejected': '廃止は認められませんでした',
  'discontinuation.cancelled': '廃止を取りやめました',
  'discontinuation.ending': '最終日が過ぎ、契約の終了を始めました',
  'discontinuation.refundReview': '返金リストの提出を待っています',
  'discontinuation.refundApproval': '返金リストが提出されました',
  'discontinuation.done': '廃止の手続きが完了しました',
  'discontinuation.approved': '承認時の影響と返金を記録しました',
  'discontinuation.recomputed': '影響と返金を計算し直しました',
  'discontinuation.final': '返金を確定しました',
  'refunds.submitted': '返金リストを提出しました',
  'refunds.approved': '返金リストを承認しました',
  'refunds.sentBack': '返金リストを差し戻しました',
  'refunds.downloaded': '返金リストのファイルをダウンロードしました',
  'prepaid.refunded': 'プリペイド残高を返金に回しました',
  'bankAccount.entered': '返金の振込先を登録しました',
  'bankAccount.changed': '返金の振込先を変更しました',
  'decision.discontinuation': '廃止についての判断を送信しました',
  'decision.refund': '返金についての判断を送信しました',
  'decision.suspension': '停止についての判断を送信しました',
  'suspension.entered': '停止を入力しました',
  'suspension.confirmed': '停止を二人目が確認しました',
  'suspension.planned': '停止を予定しました',
  'suspension.active': 'サービスを停止しました',
  'suspension.lifted': 'サービスを再開しました',
  'suspension.rejected': '停止は認められませんでした',
  'suspension.cancelled': '停止を取りやめました',
  'suspension.rescheduled': '停止の日時を変更しました',
  'consent.recorded': 'サポートの同意を記録しました',
  'consent.withdrawn': 'サポートの同意の撤回を記録しました',
  'disclosure.requested': '公的機関からの開示の求めを記録しました',
  'disclosure.approved': '公的機関への開示を承認しました',
  'disclosure.refused': '公的機関への開示を認めませんでした',
  'disclosure.handedOver': '公的機関へデータを渡しました',
  'disclosure.told': '開示したことをお客様に伝えました',
  'disclosure.notTold': '開示したことをお客様に伝えない理由を記録しました',
  'dataRequest.received': '開示等の請求を受け付けました',
  'dataRequest.identityChecked': '本人確認を記録しました',
  'dataRequest.extended': '開示等の請求の期限を延長しました',
  'dataRequest.done': '開示等の請求に応じました',
  'dataRequest.refused': '開示等の請求に応じないことに決めました',
  'dataRequest.exported': '開示用のデータを出力しました',
  'contract.rescreened': '照合リストとの一致が見つかりました',
  'decision.offBoarding': '契約終了後の手続きについて操作しました',
  'offBoarding.begun': '契約終了後の手続きが始まりました',
  'offBoarding.serviceOff': 'サービスの停止の状態が変わりました',
  'offBoarding.accountsClosed': '利用者アカウントの停止の状態が変わりました',
  'offBoarding.partnerTold': 'サービスパートナーへの連絡の状態が変わりました',
  'offBoarding.prepaidForfeited': 'プリペイド残高の失効の状態が変わりました',
  'offBoarding.usageRead': '終了時の利用量の読み取りの状態が変わりました',
  'offBoarding.usageSettled': '利用量の確定の状態が変わりました',
  'offBoarding.numbersReleased': '電話番号の返却の状態が変わりました',
  'offBoarding.subaccountClosed': 'サブアカウントの閉鎖の状態が変わりました',
  'offBoarding.statementSent': '最終のご案内の送信の状態が変わりました',
  'prepaid.forfeited': 'プリペイド残高が失効しました',
  'telephony.numbersRead': '電話番号を読み込み、変更を記録しました',
  'telephony.registered': '電話サービスのサブアカウントを登録しました',
  'telephony.suspended': '電話サービスを停止しました',
  'telephony.active': '電話サービスを再開しました',
  'telephony.closed': '電話サービスのサブアカウントを閉じました',
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
