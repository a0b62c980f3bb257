import type { ApplicationDetail } from '../../db/queries/read/application-detail.ts';
import type { SessionStaff } from '../../db/queries/session/find.ts';
import { isFinal } from '../../domain/application/application.ts';
import type { StaffRole } from '../../domain/desk/tasks.ts';
import { ROLE_LABELS, STATUS } from '../glossary.ts';

/** Which roles may do what no task asks for; a task names its own role. */
export const MAY = {
  seeApplications: ['reviewer', 'approver', 'operations', 'legal', 'support', 'admin'],
  enterApplication: ['operations', 'reviewer'],
  recordWithdrawal: ['operations', 'reviewer'],
  seeContractNumber: ['operations', 'approver', 'billing', 'legal', 'support'],
  manageTelephony: ['operations'],
  seeContractFindings: ['legal', 'admin'],
  enterRequest: ['operations'],
  seeContact: ['operations', 'approver'],
  changeContact: ['operations'],
  mendMail: ['operations'],
  downloadOriginal: ['operations', 'approver', 'legal'],
  moveClock: ['operations', 'admin'],
  seeNotices: ['operations', 'legal', 'approver', 'support', 'billing', 'admin'],
  draftNotices: ['operations', 'legal'],
  steerNotices: ['operations'],
  seePolicies: ['admin', 'legal'],
  setPolicies: ['admin'],
  seeTerms: ['legal', 'approver', 'operations', 'admin'],
  uploadTerms: ['legal', 'admin'],
  seeFeeChanges: ['billing', 'legal', 'approver', 'operations', 'admin'],
  enterFeeChange: ['billing', 'admin'],
  approvePublication: ['approver'],
  withdrawPublication: ['legal', 'approver'],
  seeDiscontinuations: ['operations', 'approver', 'legal', 'billing', 'admin'],
  proposeDiscontinuation: ['operations', 'admin'],
  recomputeDiscontinuation: ['operations', 'billing', 'legal'],
  cancelDiscontinuation: ['approver'],
  downloadRefunds: ['billing', 'approver'],
  enterBankAccount: ['billing'],
  seeSuspensions: ['operations', 'approver', 'legal', 'support', 'admin'],
  enterSuspension: ['operations', 'legal'],
  manageLists: ['legal', 'admin'],
  seeConsents: ['operations', 'legal', 'support', 'admin'],
  recordConsent: ['operations', 'legal', 'support'],
  seeDataViews: ['legal', 'admin'],
  seeDisclosures: ['operations', 'legal', 'admin'],
  recordDisclosure: ['operations', 'legal'],
  approveDisclosure: ['legal'],
  seeDataRequests: ['operations', 'legal', 'admin'],
  recordDataRequest: ['operations', 'legal'],
  answerDataRequest: ['legal'],
  seeStatistics: ['operations', 'billing', 'legal', 'admin'],
  seeDataMap: ['legal', 'admin'],
  seeDeletion: ['legal', 'operations', 'approver', 'admin'],
  holdDeletion: ['legal', 'approver'],
  downloadCertificate: ['operations', 'reviewer', 'approver', 'billing', 'legal', 'support'],
} as const satisfies Record<string, readonly StaffRole[]>;

export function hasRole(staff: SessionStaff, roles: readonly StaffRole[]): boolean {
  return staff.roles.some((role) => roles.includes(role));
}

export type Stage = 'review' | 'approval';
export type OpenTask = ApplicationDetail['tasks'][number];

/** Whether a person may take the open decision, or why not: 403 for never, 409 where there is nothing to decide. */
export type Access =
  | { may: true; stage: Stage; task: OpenTask }
  | { may: false; status: 403 | 409; why: string };

/** Who may decide now (第4条): the task's role, and nobody who entered or reviewed the same application. */
export function decisionAccess(detail: ApplicationDetail, staff: SessionStaff): Access {
  const { application, tasks } = detail;
  const task = tasks.find(({ kind }) => kind === 'review' || kind === 'approval');
  if (task === undefined) {
    const { label } = STATUS.application[application.status];
    const why = isFinal(application.status)
      ? `この申込の手続きは終了しています（${label}）。`
      : `いま判断することはありません（${label}）。`;
    return { may: false, status: 409, why };
  }
  const stage = task.kind === 'review' ? 'review' : 'approval';
  const word = stage === 'review' ? '審査' : '承認';
  if (application.enteredBy === staff.id) {
    const why = `この申込はあなたが入力しました。入力した人は${word}できません。別の担当者が判断します。`;
    return { may: false, status: 403, why };
  }
  if (task.excludedStaff.includes(staff.id)) {
    const why = 'この申込はあなたが審査しました。承認は、審査した人とは別の担当者が行います。';
    return { may: false, status: 403, why };
  }
  if (!staff.roles.some((role) => role === task.role)) {
    const needed = ROLE_LABELS[task.role as StaffRole];
    return {
      may: false,
      status: 403,
      why: `この申込の${word}は${needed}が行います。あなたの役割では判断できません。`,
    };
  }
  return { may: true, stage, task };
}
