import type { DecisionStage, TelephonyState } from '../db/schema/index.ts';
import {
  type ApplicationStatus,
  type ApprovalVerdict,
  type Channel,
  type FindingStatus,
  GROUNDS,
  type Ground,
  type ReviewVerdict,
} from '../domain/application/application.ts';
import type { DataRequestStatus } from '../domain/data/data-requests.ts';
import type { DeletionStatus, HoldStatus } from '../domain/data/deletion.ts';
import type { OffBoardingState } from '../domain/data/off-boarding.ts';
import type { DiscontinuationStatus } from '../domain/discontinuation/discontinuation-status.ts';
import type { NoticeStatus, RecipientState } from '../domain/notice/notice.ts';
import type { PublicationStatus } from '../domain/notice/publication.ts';
import type { BoundEdition } from '../domain/notice/terms-binding.ts';
import type { ContractStatus, RequestKind, RequestOutcome } from '../domain/period/contract.ts';
import type { SuspensionStatus } from '../domain/suspension/suspension.ts';

/** The Japanese word for each word of the code (RULES "Vocabulary"), and how a status looks. One place for all pages. */
export type Tone = 'neutral' | 'info' | 'waiting' | 'good' | 'bad';
export interface Term {
  label: string;
  tone: Tone;
}

const term = (label: string, tone: Tone): Term => ({ label, tone });

/** A change of what is registered, which a second person may have to agree to. */
const REGISTERED_CHANGE = {
  waiting: term('確認待ち', 'waiting'),
  effective: term('登録済', 'good'),
  rejected: term('認めない', 'bad'),
};

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
  contactChange: REGISTERED_CHANGE,
  customerChange: REGISTERED_CHANGE,
  campaign: { ...REGISTERED_CHANGE, effective: term('承認済', 'good') },
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

export { CONTRACT_KIND_LABELS } from '../domain/period/contract.ts';
export const PAYMENT_LABELS = { prepaid: 'プリペイドチャージ', postpaid: '後払い' } as const;

export { ROLE_LABELS, TASK_LABELS } from '../domain/desk/tasks.ts';

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

const CONFIRM_LABELS = { confirm: '認める', reject: '認めない' } as const;

/** What a person decided, by what the decision is about. */
export const VERDICT_LABELS: Record<DecisionStage, Readonly<Record<string, string>>> = {
  review: REVIEW_VERDICT_LABELS,
  approval: { ...APPROVAL_VERDICT_LABELS, approve: '承認する', reject: '承認しない・取り下げる' },
  finding: FINDING_VERDICT_LABELS,
  request: { ...CONFIRM_LABELS, withdraw: '取下げを記録する' },
  delivery: { post: '郵送で対応した' },
  notice: { approve: '承認する', sendBack: '作成者に戻す', refuse: '中止する' },
  offBoarding: { retry: 'もう一度試す', complete: '完了とする' },
  discontinuation: { agree: '承認する', reject: '認めない', recompute: '計算し直す', cancel: '取りやめる' },
  refund: { agree: '承認・提出する', sendBack: '差し戻す' },
  suspension: { agree: '承認する', reject: '認めない' },
  contactChange: CONFIRM_LABELS,
  customerChange: CONFIRM_LABELS,
  campaign: CONFIRM_LABELS,
  hold: CONFIRM_LABELS,
  dataRequest: { done: '対応した', refused: '応じない', extended: '期限を延長する' },
};

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
  campaignEnd: 'キャンペーンの終了と契約証書の再発行',
  end: '契約の終了',
};

export const LIST_LABELS: Readonly<Record<string, string>> = {
  antisocial: '反社会的勢力リスト',
  competitor: '競合リスト',
  internal: '社内リスト',
  '': '照合先',
};

export const groundLabel = (ground: Ground): string => `${'①②③④'[ground - 1]} ${GROUNDS[ground]}`;

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
