import type { ApplicationDetail } from '../../db/queries/read/application-detail.ts';
import type { SessionStaff } from '../../db/queries/session/find.ts';
import { APPLICATION_STATUSES } from '../../domain/application/application.ts';
import { isFinal } from '../../domain/desk/moves.ts';
import type { StaffRole } from '../../domain/desk/roles.ts';
import { ROLE_LABELS } from '../../domain/desk/roles.ts';
import { STATUS } from '../../domain/processes/index.ts';

export { MAY } from '../../domain/processes/index.ts';

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
    const why = isFinal(APPLICATION_STATUSES, application.status)
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
