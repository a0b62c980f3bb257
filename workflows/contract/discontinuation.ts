import { patched } from '@temporalio/workflow';
import { type Answer, refuse } from '../../domain/base/answers.ts';
import { addDays, type CivilDate, compareDates } from '../../domain/calendar/civil-date.ts';
import { firstEnd } from '../../domain/discontinuation/last-day.ts';
import { projectContract } from '../../domain/future/project.ts';
import type { ContractDiscontinuation } from '../../domain/period/contract-schedule.ts';
import { records } from '../ports.ts';
import { endDiffers } from './cancellation.ts';
import type { ContractContext } from './context.ts';
import { end } from './dues.ts';
import type { DiscontinueCommand } from './messages.ts';
import { judgesSequence, loadFacts, settle, tellAffected } from './sequence.ts';
import { type ContractState, moveContract } from './state.ts';

const OK: Answer = { ok: true };

/** What a discontinuation says to the contract (第16条). A step that was taken already changes nothing. */
export async function answerDiscontinuation(
  context: ContractContext,
  command: DiscontinueCommand,
): Promise<Answer> {
  if (asksForRow() && !(await isOnRecord(command)))
    return refuse('stale', '廃止の記録と一致しません。', '第16条');
  switch (command.step) {
    case 'announce':
      return announce(context, command);
    case 'withdraw':
      return callOff(context, command);
    case 'end':
      return endWithService(context, command);
  }
}

/** Temporal's port checks nobody: two people approved a discontinuation in its row, or there is none (docs/decisions/014). */
function isOnRecord(told: DiscontinueCommand): Promise<boolean> {
  const { discontinuationId, step, lastDay, planCode } = told;
  return records.discontinuationSays({ discontinuationId, step, lastDay, planCode });
}

/** False in runs from before the row was asked. */
const asksForRow = (): boolean => patched('discontinuation-on-record-2026-12');

/** The contract ends with the last day of service, unless it ends before by itself. */
async function announce(context: ContractContext, command: DiscontinueCommand): Promise<Answer> {
  const { state } = context;
  const { discontinuationId: id, lastDay, planCode, commandId, actor } = command;
  const before = state.discontinuation ?? null;
  if (before !== null) {
    return before.id === id ? OK : refuse('wrongState', '別の廃止の対象になっています。', '第16条');
  }
  const discontinuation: ContractDiscontinuation = { id, lastDay, planCode, ownEndsOn: state.endsOn };
  const { on: endsOn } = firstEnd(state.endsOn, lastDay);
  await moveEnd(context, command, () =>
    moveContract(state, 'ending', { actor, clause: '第16条', endsOn, commandId, discontinuation }),
  );
  return OK;
}

/** The discontinuation was called off: the contract has its own end again, or none. */
async function callOff(context: ContractContext, command: DiscontinueCommand): Promise<Answer> {
  const { state } = context;
  const { discontinuation } = state;
  if (discontinuation == null || discontinuation.id !== command.discontinuationId) return OK;
  const { actor, commandId } = command;
  const endsOn = discontinuation.ownEndsOn;
  const to = endsOn === null ? 'active' : 'ending';
  await moveEnd(context, command, () =>
    moveContract(state, to, { actor, clause: '第16条', endsOn, commandId, discontinuation: null }),
  );
  return OK;
}

/** The last day moves: what is pending is judged anew, whoever loses or gets back a change is told, the certificate follows. */
async function moveEnd(
  context: ContractContext,
  command: DiscontinueCommand,
  move: () => Promise<void>,
): Promise<void> {
  if (!judgesSequence()) return move();
  const { pending, caused = [] } = context.state;
  const mayChange =
    command.step === 'withdraw' ||
    pending.length > 0 ||
    // A task about the contract's own end is needless where the service ends it before.
    (caused.length > 0 && patched('end-of-service-closes-tasks-2026-12'));
  await endDiffers(context, command, move);
  if (!mayChange) return;
  const { affected } = await settle(context, command, await loadFacts(context));
  tellAffected(context, command.commandId, affected);
}

/**
 * The last day is over by the clock of the discontinuation, which is the only one that all its contracts share. One that
 * moves to another plan by then goes on, and changes at its own time.
 */
async function endWithService(context: ContractContext, command: DiscontinueCommand): Promise<Answer> {
  const { state } = context;
  const { lastDay } = command;
  if (state.discontinuation == null)
    await announce(context, { ...command, commandId: `${command.commandId}/late` });
  if (await goesOn(context, lastDay)) return OK;
  if (state.endsOn !== null && compareDates(state.endsOn, lastDay) <= 0) await end(context);
  return OK;
}

/** Whether a change leads away from the plan by the day after its last one. */
async function goesOn(context: ContractContext, lastDay: CivilDate): Promise<boolean> {
  const { state } = context;
  if (!judgesSequence()) return movesByThen(state, addDays(lastDay, 1));
  if (state.discontinuation?.planCode == null || state.pending.length === 0) return false;
  return projectContract(await loadFacts(context)).end?.by !== 'discontinuation';
}

/** In runs from before changes were judged as one sequence. */
function movesByThen({ discontinuation, pending }: ContractState, on: CivilDate): boolean {
  return (
    discontinuation?.planCode != null && pending.some(({ effectiveOn }) => compareDates(effectiveOn, on) <= 0)
  );
}
