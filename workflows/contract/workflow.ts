import {
  allHandlersFinished,
  condition,
  continueAsNew,
  patched,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { Answer, Command, Refusal } from '../../domain/base/answers.ts';
import { jstDate } from '../../domain/calendar/civil-date.ts';
import { nextDue } from '../../domain/future/dues.ts';
import { isLive } from '../../domain/period/contract.ts';
import { finish } from '../finish.ts';
import { Inbox } from '../inbox.ts';
import { Lane } from '../lane.ts';
import { startOffBoarding } from '../off-boarding/start.ts';
import { records } from '../ports.ts';
import { nudgeTask, taskWakesAt } from '../staff-task.ts';
import type { ContractCommand, ContractContext } from './context.ts';
import { perform } from './dues.ts';
import * as messages from './messages.ts';
import { answerCommand } from './requests.ts';
import { dropRest, judgesSequence } from './sequence.ts';
import { type ContractInput, contractSnapshotOf, initialContractState } from './state.ts';
import { closeCausedTasks, nudgeCausedTasks } from './tasks.ts';
import { takeEffect } from './termination.ts';

/**
 * One contract for its whole life (第5条・第8条・第10条): sleeps until the next thing to be done or the next command,
 * and goes on in a new run for each contract period. Ends when the contract has ended and everybody was told.
 */
export async function contract(input: ContractInput): Promise<void> {
  const state = input.carried?.state ?? initialContractState(input);
  const inbox = new Inbox<ContractCommand>(input.carried?.answered ?? {});
  const [lane, documents] = [new Lane(), new Lane()];
  const context: ContractContext = { state, inbox, lane, documents, mendedTasks: new Map() };
  registerHandlers(context);

  let renewed = false;
  // The new run after a renewal waits for the next thing to do: renewals come in herds.
  const waitsForDue = patched('new-run-when-due-2026-11');
  const wantsRun = () => wantsNewRun(input, renewed && !waitsForDue);
  while (isLive(state.status)) {
    if (state.noticeArrived.length > 0) {
      await takeEffect(context);
      continue;
    }
    const due = nextDue(state, Date.now());
    if (due !== null && due.atMs <= Date.now()) {
      if (waitsForDue && mayStartNewRun(context, renewed)) await startNewRun(input, context);
      await perform(context, due);
      renewed ||= due.kind === 'renewal';
      continue;
    }
    const command = await nextCommand(context, due?.atMs ?? null, wantsRun);
    if (command !== null) inbox.answer(command, await answerCommand(context, command));
    else if (mayStartNewRun(context, wantsRun())) await startNewRun(input, context);
    else await tick(context);
  }
  await closeWaiting(context);
  await closeCausedTasks(context);
  if (judgesSequence()) await dropRest(context);
  if (patched('off-boarding-2026-11')) {
    const { contractId, sandbox, endsOn } = state;
    await startOffBoarding({ contractId, sandbox, endedOn: endsOn ?? jstDate(Date.now()) });
  }
  if (state.sandbox) await records.recordClock({ contractId: state.contractId, businessMs: Date.now() });
  await finish(inbox, outgoingOf(context));
}

function registerHandlers({ state, inbox, mendedTasks }: ContractContext): void {
  const send =
    <C extends Command, A extends Answer = messages.RequestAnswer>(type: ContractCommand['type']) =>
    (command: C): Promise<A | Refusal> =>
      inbox.send<A>({ ...command, type } as unknown as ContractCommand);
  setHandler(messages.contractSnapshot, () => contractSnapshotOf(state));
  setHandler(messages.changeRequest, send('change'));
  setHandler(messages.cancellation, send('cancellation'));
  setHandler(messages.withdrawCancellation, send('cancellationWithdrawal'));
  setHandler(messages.terminate, send('termination'));
  setHandler(messages.confirmRequest, send('confirm'));
  setHandler(messages.numbersRead, (command) => inbox.send({ ...command, type: 'numbersRead' }));
  setHandler(messages.setClockTarget, send('clock'));
  setHandler(messages.discontinue, async (command) => {
    await inbox.send({ ...command, type: 'discontinue' });
  });
  setHandler(messages.termsEffective, async (command) => {
    await inbox.send({ ...command, type: 'termsEffective' });
  });
  setHandler(messages.customerChanged, async (command) => {
    await inbox.send({ ...command, type: 'customerChanged' });
  });
  setHandler(messages.campaignDecided, async (command) => {
    await inbox.send({ ...command, type: 'campaignDecided' });
  });
  setHandler(messages.retryDelivery, async ({ taskId, by }) => {
    if (!mendedTasks.has(taskId)) mendedTasks.set(taskId, by ?? 'again');
    return { ok: true as const };
  });
}

/** Waits for a command, the next due thing, a task that needs a nudge, the test clock, or a chance for a new run. */
async function nextCommand(
  context: ContractContext,
  dueMs: number | null,
  wantsRun: () => boolean,
): Promise<ContractCommand | null> {
  const { state, inbox } = context;
  const tasks = [...state.waiting, ...(state.caused ?? [])].map(({ task }) => taskWakesAt(task));
  const times = [dueMs, state.clockTargetMs, ...tasks];
  const known = times.filter((time) => time !== null);
  const woken = () => !inbox.isEmpty || state.noticeArrived.length > 0 || mayStartNewRun(context, wantsRun());
  if (known.length === 0) await condition(woken);
  else await condition(woken, Math.max(1, Math.min(...known) - Date.now()));
  return inbox.isEmpty ? null : inbox.next(Date.now());
}

/** What passed without a command: a task to be nudged, a test clock that arrived. */
async function tick(context: ContractContext): Promise<void> {
  const { state, lane } = context;
  await nudgeCausedTasks(context);
  if (state.clockTargetMs !== null && state.clockTargetMs <= Date.now()) {
    state.clockTargetMs = null;
    await records.recordClock({ contractId: state.contractId, businessMs: Date.now() });
  }
  for (const { task } of state.waiting) {
    const wakes = taskWakesAt(task);
    if (wakes !== null && wakes <= Date.now()) {
      await nudgeTask(task, { subjectType: 'contract', subjectId: state.contractId }, lane);
    }
  }
}

function wantsNewRun(input: ContractInput, renewed: boolean): boolean {
  const { continueAsNewSuggested, historyLength } = workflowInfo();
  return (
    renewed || continueAsNewSuggested || historyLength > (input.historyLimit ?? Number.POSITIVE_INFINITY)
  );
}

/** A new run loses nothing: no command waits, no handler is open, every document and mail has gone. */
function mayStartNewRun(context: ContractContext, wanted: boolean): boolean {
  return wanted && context.inbox.isEmpty && outgoingOf(context).isIdle && allHandlersFinished();
}

async function startNewRun(input: ContractInput, context: ContractContext): Promise<void> {
  const { state, inbox } = context;
  await outgoingOf(context).settled();
  await continueAsNew<typeof contract>({ ...input, carried: { state, answered: inbox.answered } });
}

/** Certificates and mails together: a certificate on its way is a mail to come. */
function outgoingOf({ documents, lane }: ContractContext): Pick<Lane, 'isIdle' | 'settled'> {
  return {
    get isIdle() {
      return documents.isIdle && lane.isIdle;
    },
    settled: async () => {
      await documents.settled();
      await lane.settled();
    },
  };
}

async function closeWaiting({ state }: ContractContext): Promise<void> {
  for (const { task } of state.waiting) await records.closeTask({ taskId: task.id, outcome: 'cancelled' });
}
