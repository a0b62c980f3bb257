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

/** Due and escalation times in milliseconds: the end of the n-th business day after the task was opened. */
export function taskDeadlines(openedMs: number): { dueMs: number; escalateMs: number } {
  const day = jstDate(openedMs);
  return {
    dueMs: endOfDayJst(addBusinessDays(day, TASK_DUE_BUSINESS_DAYS)),
    escalateMs: endOfDayJst(addBusinessDays(day, TASK_ESCALATION_BUSINESS_DAYS)),
  };
}

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
  termsApproval: '利用規約の版の承認',
  feeChangeApproval: '料金変更の承認',
  editionVoid: '効力を持たない規約の版の確認',
  dataRequest: '開示等の請求への回答',
  incomingMail: '届いたメールの確認',
};
