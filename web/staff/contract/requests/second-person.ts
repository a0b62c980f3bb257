import type { RequestDetail } from '../../../../db/queries/read/request-detail.ts';
import type { SessionStaff } from '../../../../db/queries/session/find.ts';
import type { StaffRole } from '../../../../domain/desk/roles.ts';
import { ROLE_LABELS } from '../../../../domain/desk/roles.ts';

type Task = NonNullable<RequestDetail['task']>;

/** Whether a person may confirm the waiting request, or why not: 403 for never, 409 where nothing waits. */
export type ConfirmAccess = { may: true; task: Task } | { may: false; status: 403 | 409; why: string };

/** Four eyes (第10条): the task's role, and never the one who entered the request. */
export function confirmAccess({ request, task }: RequestDetail, staff: SessionStaff): ConfirmAccess {
  if (request.outcome !== 'waiting' || task === null || task.status !== 'open') {
    return { may: false, status: 409, why: 'この申込は、いま確認を待っていません。' };
  }
  if (request.enteredBy === staff.id || task.excludedStaff.includes(staff.id)) {
    const why = 'この申込はあなたが入力しました。確認は、入力した人とは別の担当者が行います（第10条）。';
    return { may: false, status: 403, why };
  }
  if (!staff.roles.some((role) => role === task.role)) {
    const needed = ROLE_LABELS[task.role as StaffRole];
    const why = `この申込の確認は${needed}が行います。あなたの役割では確認できません。`;
    return { may: false, status: 403, why };
  }
  return { may: true, task };
}
