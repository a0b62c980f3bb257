import {
  allHandlersFinished,
  condition,
  continueAsNew,
  patched,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import { refuse } from '../../domain/base/answers.ts';
import { jstDate } from '../../domain/calendar/civil-date.ts';
import { nextDue } from '../../domain/future/dues.ts';
import { isLive } from '../../domain/period/contract.ts';
import { Desk, earliest, type StaffTask } from '../desk.ts';
import { finish } from '../finish.ts';
import { Inbox, type Waiting } from '../inbox.ts';
import { Lane } from '../lane.ts';
import { startOffBoarding } from '../off-boarding/start.ts';
import { records } from '../ports.ts';
import { asksForRecord, doubtOf, madeUp } from '../told.ts';
import type { ContractContext } from './context.ts';
import { perform } from './dues.ts';
import * as messages from './messages.ts';
import { answersOf } from './requests.ts';
import { dropRest, judgesSequence } from './sequence.ts';
import { type ContractInput, type ContractState, contractSnapshotOf, initialContractState } from './state.ts';
import { closeCausedTasks } from './tasks.ts';
import { takeEffect } from './termination.ts';

/**
 * One contract for its whole life (第5条・第8条・第10条): sleeps until the next thing to be done or the next command,
 * and goes on in a new run for each contract period. Ends when the contract has ended and everybody was told.
 */
export async function contract(input: ContractInput): Promise<void> {
  const state = input.carried?.state ?? initialContractState(input);
  const inbox = new Inbox<messages.ContractMessages>(input.carried?.answered ?? {});
  const [lane, documents] = [new Lane(), new Lane()];
  const { contractId: subjectId, sandbox } = input;
  const subject = { subjectType: 'contract' as const, subjectId, sandbox };
  const desk = new Desk(subject, lane, [...heldTasks(state), ...(state.tasks ?? [])]);
  const context: ContractContext = { state, inbox, lane, documents, desk, mendedTasks: new Map() };
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
    if (command !== null) await command.answer(answersOf(context), refuse('wrongState', ''));
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
  await finish({ inbox, desk, lane: outgoingOf(context) });
}

function registerHandlers({ state, inbox, mendedTasks }: ContractContext): void {
  setHandler(messages.contractSnapshot, () => contractSnapshotOf(state));
  inbox.accept(messages.contractUpdates);
  setHandler(messages.discontinue, async (command) => {
    await inbox.send('discontinue', command);
  });
  setHandler(messages.termsEffective, async (command) => {
    await inbox.send('termsEffective', command);
  });
  setHandler(messages.customerChanged, async (command) => {
    await inbox.send('customerChanged', command);
  });
  setHandler(messages.campaignDecided, async (command) => {
    await inbox.send('campaignDecided', command);
  });
  setHandler(messages.retryDelivery, async (command) => {
    const { taskId, by } = command;
    const doubt = asksForRecord() ? await doubtOf(messages.retryDelivery.name, command) : null;
    if (doubt !== null) throw madeUp(doubt);
    if (!mendedTasks.has(taskId)) mendedTasks.set(taskId, by ?? 'again');
    return { ok: true as const };
  });
}

/** Waits for a command, the next due thing, a task that needs a nudge, the test clock, or a chance for a new run. */
async function nextCommand(
  context: ContractContext,
  dueMs: number | null,
  wantsRun: () => boolean,
): Promise<Waiting<messages.ContractMessages> | null> {
  const { state, inbox, desk } = context;
  const wakesMs = desk.wakesAt();
  const nextMs = earliest(dueMs, state.clockTargetMs, wakesMs);
  const woken = () =>
    !inbox.isEmpty ||
    state.noticeArrived.length > 0 ||
    mayStartNewRun(context, wantsRun()) ||
    desk.wakesAt() !== wakesMs;
  if (nextMs === null) await condition(woken);
  else await condition(woken, Math.max(1, nextMs - Date.now()));
  return inbox.isEmpty ? null : inbox.next(Date.now());
}

/** What passed without a command: a task to be nudged, a test clock that arrived. */
async function tick({ state, desk }: ContractContext): Promise<void> {
  if (state.clockTargetMs !== null && state.clockTargetMs <= Date.now()) {
    state.clockTargetMs = null;
    await records.recordClock({ contractId: state.contractId, businessMs: Date.now() });
  }
  await desk.nudge();
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
  const { state, inbox, desk } = context;
  await outgoingOf(context).settled();
  const held = new Set(heldTasks(state));
  state.tasks = desk.watched().filter((task) => !held.has(task));
  await continueAsNew<typeof contract>({ ...input, carried: { state, answered: inbox.answered } });
}

/** The tasks that the state itself carries: who waits for them, or what causes them, stands beside. */
const heldTasks = ({ waiting, caused = [] }: ContractState): StaffTask[] =>
  [...waiting, ...caused].map(({ task }) => task);

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

async function closeWaiting({ state, desk }: ContractContext): Promise<void> {
  for (const { task } of state.waiting) await desk.close(task, 'cancelled');
}
