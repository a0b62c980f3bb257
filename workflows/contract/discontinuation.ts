import { type Answer, refuse } from '../../domain/base/answers.ts';
import { addDays, type CivilDate, compareDates, earlierOf } from '../../domain/calendar/civil-date.ts';
import type { ContractDiscontinuation } from '../../domain/period/contract-schedule.ts';
import type { ContractContext } from './context.ts';
import { end } from './dues.ts';
import type { DiscontinueCommand } from './messages.ts';
import { type ContractState, moveContract } from './state.ts';

const OK: Answer = { ok: true };

/** What a discontinuation says to the contract (第16条). A step that was taken already changes nothing. */
export async function answerDiscontinuation(
  context: ContractContext,
  command: DiscontinueCommand,
): Promise<Answer> {
  switch (command.step) {
    case 'announce':
      return announce(context, command);
    case 'withdraw':
      return callOff(context, command);
    case 'end':
      return endWithService(context, command);
  }
}

/** The contract ends with the last day of service, unless it ends before by itself. */
async function announce({ state }: ContractContext, command: DiscontinueCommand): Promise<Answer> {
  const { discontinuationId: id, lastDay, planCode, commandId, actor } = command;
  const before = state.discontinuation ?? null;
  if (before !== null) {
    return before.id === id ? OK : refuse('wrongState', '別の廃止の対象になっています。', '第16条');
  }
  const discontinuation: ContractDiscontinuation = { id, lastDay, planCode, ownEndsOn: state.endsOn };
  const endsOn = state.endsOn === null ? lastDay : earlierOf(state.endsOn, lastDay);
  await moveContract(state, 'ending', { actor, clause: '第16条', endsOn, commandId, discontinuation });
  return OK;
}

/** The discontinuation was called off: the contract has its own end again, or none. */
async function callOff({ state }: ContractContext, command: DiscontinueCommand): Promise<Answer> {
  const { discontinuation } = state;
  if (discontinuation == null || discontinuation.id !== command.discontinuationId) return OK;
  const { actor, commandId } = command;
  const endsOn = discontinuation.ownEndsOn;
  const to = endsOn === null ? 'active' : 'ending';
  await moveContract(state, to, { actor, clause: '第16条', endsOn, commandId, discontinuation: null });
  return OK;
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
  if (movesByThen(state, addDays(lastDay, 1))) return OK;
  if (state.endsOn !== null && compareDates(state.endsOn, lastDay) <= 0) await end(context);
  return OK;
}

function movesByThen({ discontinuation, pending }: ContractState, on: CivilDate): boolean {
  return (
    discontinuation?.planCode != null && pending.some(({ effectiveOn }) => compareDates(effectiveOn, on) <= 0)
  );
}
