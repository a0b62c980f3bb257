import type { CivilDate } from '../../domain/calendar/civil-date.ts';
import { renewsAlthoughCancelled } from '../../domain/ending/cancellation.ts';
import type { ContractFuture } from '../../domain/future/project.ts';
import { records } from '../ports.ts';
import { nudgeTask, openTask, type StaffTask, taskWakesAt } from '../staff-task.ts';
import type { ContractContext } from './context.ts';

/** What a cancellation asks of staff: it lets the contract renew, or its day was no month end (第5条3項, 第10条1項). */
type CauseKind = 'renewsAlthoughCancelled' | 'endToConfirm';

/** A task that lasts as long as its cause, and no longer. */
export interface CausedTask {
  kind: CauseKind;
  requestId: string;
  /** The day as of which the contract was cancelled. */
  asOf: CivilDate;
  task: StaffTask;
}

/** Opens a task about a cancellation; it is reminded of and escalated until staff act or its cause goes. */
export async function openCausedTask(
  { state }: ContractContext,
  cause: { kind: CauseKind; requestId: string; asOf: CivilDate },
): Promise<void> {
  const { contractId: subjectId, sandbox } = state;
  const task = await openTask({
    ...{ kind: cause.kind, subjectType: 'contract', subjectId, excludedStaff: [], sandbox },
    note: cause.requestId,
  });
  state.caused = [...(state.caused ?? []), { ...cause, task }];
}

/** Closes the tasks whose cause is gone: the cancellation was withdrawn, or the contract does not renew any more. */
export async function closeNeedlessTasks(
  { state }: ContractContext,
  { line, end }: ContractFuture,
): Promise<void> {
  const needed = ({ kind, asOf }: CausedTask) =>
    end?.by === 'contract' &&
    (kind === 'endToConfirm' || renewsAlthoughCancelled(line, end.on, asOf).value !== null);
  await closeUnless(state, needed);
}

/** Closes all of them: the contract is over. */
export async function closeCausedTasks({ state }: ContractContext): Promise<void> {
  await closeUnless(state, () => false);
}

async function closeUnless(
  state: ContractContext['state'],
  needed: (each: CausedTask) => boolean,
): Promise<void> {
  const all = state.caused ?? [];
  for (const each of all) {
    if (!needed(each)) await records.closeTask({ taskId: each.task.id, outcome: 'cancelled' });
  }
  if (all.length > 0) state.caused = all.filter(needed);
}

/** Reminds of the tasks whose time has come; one that staff have done is forgotten. */
export async function nudgeCausedTasks({ state, lane }: ContractContext): Promise<void> {
  for (const each of state.caused ?? []) {
    const wakes = taskWakesAt(each.task);
    if (wakes === null || wakes > Date.now()) continue;
    if (await records.taskIsOpen({ taskId: each.task.id })) {
      await nudgeTask(each.task, { subjectType: 'contract', subjectId: state.contractId }, lane);
    } else state.caused = (state.caused ?? []).filter((other) => other !== each);
  }
}
