import type { CivilDate } from '../../domain/calendar/civil-date.ts';
import { renewsAlthoughCancelled } from '../../domain/ending/cancellation.ts';
import type { ContractFuture } from '../../domain/future/project.ts';
import type { StaffTask } from '../desk.ts';
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
  { state, desk }: ContractContext,
  cause: { kind: CauseKind; requestId: string; asOf: CivilDate },
): Promise<void> {
  const task = await desk.open({ kind: cause.kind, involved: [], about: cause.requestId });
  state.caused = [...(state.caused ?? []), { ...cause, task }];
}

/** Closes the tasks whose cause is gone: the cancellation was withdrawn, or the contract does not renew any more. */
export async function closeNeedlessTasks(
  context: ContractContext,
  { line, end }: ContractFuture,
): Promise<void> {
  const needed = ({ kind, asOf }: CausedTask) =>
    end?.by === 'contract' &&
    (kind === 'endToConfirm' || renewsAlthoughCancelled(line, end.on, asOf).value !== null);
  await closeUnless(context, needed);
}

/** Closes all of them: the contract is over. */
export const closeCausedTasks = (context: ContractContext): Promise<void> =>
  closeUnless(context, () => false);

async function closeUnless(
  { state, desk }: ContractContext,
  needed: (each: CausedTask) => boolean,
): Promise<void> {
  const all = state.caused ?? [];
  for (const each of all) {
    if (!needed(each)) await desk.close(each.task, 'cancelled');
  }
  if (all.length > 0) state.caused = all.filter(needed);
}
