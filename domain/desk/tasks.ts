import { TASK_DUE_BUSINESS_DAYS, TASK_ESCALATION_BUSINESS_DAYS } from '../application/application.ts';
import { endOfDayJst, jstDate } from '../calendar/civil-date.ts';
import { addBusinessDays } from '../calendar/holidays.ts';

/** Kinds of tasks and the role that does each. */
export const TASK_ROLES = {
  review: 'reviewer',
  approval: 'approver',
  certificateProblem: 'operations',
  mailProblem: 'operations',
  secondPerson: 'approver',
  renewsAlthoughCancelled: 'operations',
  endToConfirm: 'operations',
  rescreeningHit: 'legal',
  deletionProblem: 'legal',
  holdDecision: 'approver',
  discontinuationReview: 'legal',
  discontinuationApproval: 'approver',
  discontinuationUnreached: 'operations',
  bankAccountMissing: 'billing',
  refundReview: 'billing',
  refundApproval: 'approver',
  suspensionDecision: 'legal',
  suspensionProblem: 'operations',
  noticeReview: 'legal',
  noticeApproval: 'approver',
  noticeUnreached: 'operations',
  offBoardingProblem: 'operations',
  offBoardingWork: 'operations',
  contactChange: 'approver',
  customerChange: 'approver',
  campaignApproval: 'approver',
  termsApproval: 'approver',
  feeChangeApproval: 'approver',
  editionVoid: 'legal',
  dataRequest: 'legal',
  incomingMail: 'operations',
} as const;

export type TaskKind = keyof typeof TASK_ROLES;
/** What members of staff may be. */
export const STAFF_ROLES = [
  'reviewer',
  'approver',
  'operations',
  'billing',
  'legal',
  'support',
  'admin',
] as const;
export type StaffRole = (typeof STAFF_ROLES)[number];

/** Names of the roles for staff. */
export const ROLE_LABELS: Record<StaffRole, string> = {
  reviewer: '審査担当',
  approver: '承認者',
  operations: '運用担当',
  billing: '請求担当',
  legal: '法務担当',
  support: 'サポート担当',
  admin: '管理者',
};

/** Due and escalation times in milliseconds: the end of the n-th business day after the task was opened. */
export function taskDeadlines(openedMs: number): { dueMs: number; escalateMs: number } {
  const day = jstDate(openedMs);
  return {
    dueMs: endOfDayJst(addBusinessDays(day, TASK_DUE_BUSINESS_DAYS)),
    escalateMs: endOfDayJst(addBusinessDays(day, TASK_ESCALATION_BUSINESS_DAYS)),
  };
}

/** Tasks that are done by saying that somebody looked, or asked the customer. */
export const ACKNOWLEDGED: readonly TaskKind[] = ['renewsAlthoughCancelled', 'endToConfirm', 'editionVoid'];

/** Tasks that end in their rows, while the workflow that opened them may live on. */
export const DONE_IN_ROWS: readonly TaskKind[] = [...ACKNOWLEDGED, 'mailProblem'];

/** Names of the tasks for staff. */
export const TASK_LABELS: Record<TaskKind, string> = {
  review: '申込の審査',
  approval: '申込の承認',
  certificateProblem: '契約証書の確認',
  mailProblem: 'メール不達の対応',
  secondPerson: '二人目の確認',
  renewsAlthoughCancelled: '解約申込後の自動更新の確認',
  endToConfirm: '月末日でない解約希望日の確認',
  rescreeningHit: '契約中のお客様の一致の確認',
  deletionProblem: 'データ削除の確認',
  holdDecision: '削除の保留・解除の確認',
  discontinuationReview: '廃止の確認（一人目）',
  discontinuationApproval: '廃止の承認（二人目）',
  discontinuationUnreached: '廃止のお知らせの未到達への対応',
  bankAccountMissing: '返金の振込先の登録',
  refundReview: '返金リストの提出',
  refundApproval: '返金リストの承認',
  suspensionDecision: '停止の承認',
  suspensionProblem: '停止・再開の電話サービスへの反映',
  noticeReview: '通知の内容確認',
  noticeApproval: '通知の承認',
  noticeUnreached: '通知が届いていない宛先の対応',
  offBoardingProblem: '契約終了後の手続きの停止',
  offBoardingWork: '契約終了後の手作業',
  contactChange: '連絡先の変更の確認',
  customerChange: '会社名・所在地・代表者の変更の確認',
  campaignApproval: 'キャンペーンの条件の確認',
  termsApproval: '利用規約の版の承認',
  feeChangeApproval: '料金変更の承認',
  editionVoid: '効力を持たない規約の版の確認',
  dataRequest: '開示等の請求への回答',
  incomingMail: '届いたメールの確認',
};

/** What a task is about and what it asks for, as they stand in sentences: 「この申込の審査は…」. */
export const TASK_WORDS: Record<TaskKind, { subject: string; act: string }> = {
  review: { subject: '申込', act: '審査' },
  approval: { subject: '申込', act: '承認' },
  certificateProblem: { subject: '契約証書', act: '確認' },
  mailProblem: { subject: 'メール', act: '対応' },
  incomingMail: { subject: '届いたメール', act: '対応' },
  secondPerson: { subject: '申込', act: '確認' },
  renewsAlthoughCancelled: { subject: '解約', act: '確認' },
  endToConfirm: { subject: '解約', act: '確認' },
  rescreeningHit: { subject: '一致', act: '判断' },
  deletionProblem: { subject: 'データ削除', act: '確認' },
  holdDecision: { subject: '保留・解除', act: '確認' },
  discontinuationReview: { subject: '廃止', act: '確認' },
  discontinuationApproval: { subject: '廃止', act: '承認' },
  discontinuationUnreached: { subject: '廃止のお知らせ', act: '対応' },
  bankAccountMissing: { subject: '返金', act: '振込先の登録' },
  refundReview: { subject: '返金リスト', act: '提出' },
  refundApproval: { subject: '返金リスト', act: '承認' },
  suspensionDecision: { subject: '停止', act: '承認' },
  suspensionProblem: { subject: '停止・再開', act: '対応' },
  noticeReview: { subject: '通知', act: '確認' },
  noticeApproval: { subject: '通知', act: '承認' },
  noticeUnreached: { subject: '通知', act: '対応' },
  offBoardingProblem: { subject: '手続き', act: '対応' },
  offBoardingWork: { subject: '手続き', act: '対応' },
  contactChange: { subject: '連絡先の変更', act: '確認' },
  customerChange: { subject: '会社名・所在地・代表者の変更', act: '確認' },
  campaignApproval: { subject: 'キャンペーンの条件', act: '確認' },
  termsApproval: { subject: '利用規約の版', act: '承認' },
  feeChangeApproval: { subject: '料金変更', act: '承認' },
  editionVoid: { subject: '利用規約の版', act: '確認' },
  dataRequest: { subject: '請求', act: '回答' },
};
