import type { SessionStaff } from '../../../db/queries/session/find.ts';
import type { TaskRow } from '../../../db/queries/task/find.ts';
import type { Refusal } from '../../../domain/base/answers.ts';
import { decisionRefusal, involved } from '../../../domain/desk/decide.ts';

/** An open task, as far as deciding on it goes. */
export type OpenTask = Pick<TaskRow, 'id' | 'kind' | 'involved'>;

/** Whether a person may take an open decision, or why not: 403 for never, 409 where there is nothing to decide. */
export type Access<T extends OpenTask = OpenTask> =
  | { may: true; task: T }
  | { may: false; status: 403 | 409; why: string };

/** Who may decide now, by the one rule of domain/desk/decide.ts; `idle` says it where nothing is open. */
export function accessTo<T extends OpenTask>(
  task: T | null | undefined,
  staff: SessionStaff,
  idle = 'いま判断することはありません。',
): Access<T> {
  if (task == null) return { may: false, status: 409, why: idle };
  const refusal = refusalFor(task, staff, null);
  return refusal === null ? { may: true, task } : { may: false, status: 403, why: refusal.message };
}

/**
 * Who may be the second person of what one person entered. Before the workflow has opened the task, whoever never may is told so already,
 * and the others that it is being prepared.
 */
export function accessOfSecond<T extends OpenTask>(
  task: T | null,
  { kind, enteredBy }: { kind: OpenTask['kind']; enteredBy: string },
  staff: SessionStaff,
): Access<OpenTask> {
  const known = accessTo<OpenTask>(
    task ?? { id: '', kind, involved: involved(['entered', enteredBy]) },
    staff,
  );
  return task === null && known.may ? accessTo(null, staff, '確認の準備をしています。') : known;
}

/** Why a person may not decide on a task, or by a form that was made for another one; null when they may. */
export function refusalFor(
  task: OpenTask | null,
  staff: SessionStaff,
  formTask: string | null,
): Refusal | null {
  const open = task === null ? null : { taskId: task.id, kind: task.kind, involved: task.involved };
  return decisionRefusal(open, { staffId: staff.id, roles: staff.roles, taskId: formTask });
}
