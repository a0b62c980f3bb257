import { condition, setHandler } from '@temporalio/workflow';
import type { DeletionActivities } from '../../activities/deletion/index.ts';
import { actorId, type Command, refuse } from '../../domain/base/answers.ts';
import { jstInstant } from '../../domain/calendar/civil-date.ts';
import type { DeletionStep, Leftover, ProofMail } from '../../domain/data/deletion.ts';
import { deliver, failureType } from '../delivery.ts';
import { finish } from '../finish.ts';
import { Inbox } from '../inbox.ts';
import { Lane } from '../lane.ts';
import { deletion as port, records } from '../ports.ts';
import { nudgeTask, openTask, type StaffTask, taskWakesAt } from '../staff-task.ts';
import * as messages from './messages.ts';

const DAY_MS = 86_400_000;

type Retry = Command & { type: 'retry'; taskId: string };

interface Context {
  input: messages.DeletionInput;
  snapshot: Omit<messages.DeletionSnapshot, 'nowMs'>;
  inbox: Inbox<Retry>;
  lane: Lane;
  holdMayHaveGone: boolean;
}

/**
 * Deletion of what the customer entrusted (第22条6項): after the days of grace, unless on legal hold, step by step through every
 * store; then a search of all of them, the proof, and last what the search needed. Silence: the grace period runs out by
 * itself; a hold stays until two people lift it; what the search finds stays a task until people say that it was looked at.
 */
export async function deletion(input: messages.DeletionInput): Promise<void> {
  const context: Context = {
    input,
    snapshot: { status: 'waiting', dueMs: null, step: null, taskId: null },
    inbox: new Inbox<Retry>({}),
    lane: new Lane(),
    holdMayHaveGone: false,
  };
  setHandler(messages.deletionSnapshot, () => ({ ...context.snapshot, nowMs: Date.now() }));
  setHandler(messages.holdChanged, () => {
    context.holdMayHaveGone = true;
  });
  setHandler(messages.retryDeletion, (command) => context.inbox.send({ ...command, type: 'retry' }));

  const opened = await port.openDeletion(stepInput(context));
  if (opened === null) return finish(context.inbox, context.lane);
  const dueMs = jstInstant(opened.dueOn);
  context.snapshot.dueMs = dueMs;
  while (dueMs > Date.now()) await condition(() => false, dueMs - Date.now());
  await begin(context);
  const kept = await untilClean(context);
  await proveAndForget(context, kept);
  context.snapshot.status = 'done';
  context.snapshot.step = null;
  if (input.sandbox) await records.recordClock({ contractId: input.contractId, businessMs: Date.now() });
  await finish(context.inbox, context.lane);
}

const stepInput = ({ input }: Context) => ({ contractId: input.contractId, businessMs: Date.now() });

/** Begins as soon as no hold stops it; looks again when one was lifted, and every day. */
async function begin(context: Context): Promise<void> {
  let told: StaffTask | null = null;
  for (;;) {
    context.holdMayHaveGone = false;
    const { status, offBoardingOpen } = await port.beginDeletion(stepInput(context));
    context.snapshot.status = status;
    if (status !== 'waiting' && status !== 'held') break;
    if (offBoardingOpen) told ??= await problemTask(context, 'telephonyOpen');
    await condition(() => context.holdMayHaveGone, DAY_MS);
  }
  if (told !== null) await records.closeTask({ taskId: told.id, outcome: 'done' });
}

const STEPS: readonly {
  step: DeletionStep;
  run: (input: { contractId: string; businessMs: number }) => Promise<void>;
}[] = [
  { step: 'rows', run: (input) => port.eraseRows(input) },
  { step: 'files', run: (input) => port.eraseFiles(input) },
  { step: 'outbox', run: (input) => port.eraseOutbox(input) },
  { step: 'executions', run: (input) => port.eraseExecutions(input) },
];

/** Removes and searches until the search finds nothing; after each finding people look at it first. */
async function untilClean(context: Context): Promise<Leftover[]> {
  for (;;) {
    const { left, kept } = await attempt(context, async () => {
      for (const { step, run } of STEPS) {
        context.snapshot.step = step;
        await run(stepInput(context));
      }
      context.snapshot.step = 'search';
      return port.searchStores(stepInput(context));
    });
    if (left.length === 0) return kept;
    await waitForPeople(context, left);
  }
}

/** The proof is issued and mailed; then the mail's own traces go, every store is searched once more, and the rest is forgotten. */
async function proveAndForget(context: Context, kept: Leftover[]): Promise<void> {
  const { contractId, sandbox } = context.input;
  context.snapshot.step = 'proof';
  const { documentId } = await insist(context, () => port.issueProof({ ...stepInput(context), kept }));
  context.snapshot.step = 'mail';
  let proofMail: ProofMail = 'unreachable';
  if (await port.proofReachable({ contractId })) {
    const mailed = await deliver(
      {
        key: `deletion-proof/${contractId}`,
        kind: 'deletionProof',
        subjectType: 'contract',
        subjectId: contractId,
        documentId,
        businessMs: Date.now(),
      },
      sandbox,
      false,
    );
    proofMail = 'receipt' in mailed ? 'sent' : 'refused';
  }
  await untilClean(context);
  context.snapshot.step = 'forget';
  await port.forget({ ...stepInput(context), proofMail });
}

type Found = Awaited<ReturnType<DeletionActivities['searchStores']>>;

/** A step that no retry mends counts as found: people look, then everything is done again. */
async function attempt(context: Context, work: () => Promise<Found>): Promise<Found> {
  try {
    return await watched(context, work);
  } catch (error) {
    if (failureType(error) === null) throw error;
    return { left: [{ store: `step:${context.snapshot.step}`, count: 1 }], kept: [] };
  }
}

/** Does a step until it works; after a failure that no retry mends people look first. */
async function insist<T>(context: Context, work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await watched(context, work);
    } catch (error) {
      if (failureType(error) === null) throw error;
      await waitForPeople(context, [{ store: `step:${context.snapshot.step}`, count: 1 }]);
    }
  }
}

/** A step that is tried again and again for a day becomes a task, and goes on being tried. */
async function watched<T>(context: Context, work: () => Promise<T>): Promise<T> {
  let over = false;
  const running = work().finally(() => {
    over = true;
  });
  // Looked at below, whichever way it ends.
  running.catch(() => undefined);
  if (await condition(() => over, DAY_MS)) return running;
  const task = await problemTask(context, 'stuck', context.snapshot.step ?? '');
  try {
    return await running;
  } finally {
    await records.closeTask({ taskId: task.id, outcome: 'done' });
  }
}

async function waitForPeople(context: Context, leftovers: Leftover[]): Promise<void> {
  const { inbox, lane, snapshot, input } = context;
  const move = (to: 'problem' | 'deleting', actor: string, commandId?: string) =>
    port.moveDeletion({
      ...stepInput(context),
      to,
      leftovers: to === 'problem' ? leftovers : [],
      actor,
      ...(commandId === undefined ? {} : { commandId }),
    });
  snapshot.status = 'problem';
  await move('problem', 'system');
  const task = await problemTask(context, 'leftovers');
  snapshot.taskId = task.id;
  for (;;) {
    const command = await inbox.next(taskWakesAt(task));
    if (command === null) {
      await nudgeTask(task, { subjectType: 'contract', subjectId: input.contractId }, lane);
      continue;
    }
    if (command.taskId !== task.id) {
      inbox.answer(command, refuse('stale', 'この確認は終わっています。画面を読み込み直してください。'));
      continue;
    }
    await records.closeTask({ taskId: task.id, outcome: 'done' });
    await move('deleting', actorId(command.actor), command.commandId);
    snapshot.status = 'deleting';
    snapshot.taskId = null;
    inbox.answer(command, { ok: true });
    return;
  }
}

function problemTask(
  { input }: Context,
  cause: 'leftovers' | 'telephonyOpen' | 'stuck',
  about = '',
): Promise<StaffTask> {
  return openTask({
    kind: 'deletionProblem',
    subjectType: 'contract',
    subjectId: input.contractId,
    excludedStaff: [],
    cause,
    about,
    sandbox: input.sandbox,
  });
}
