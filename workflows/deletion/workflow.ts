import { condition, setHandler } from '@temporalio/workflow';
import type { DeletionActivities } from '../../activities/deletion/index.ts';
import { actorId, refuse } from '../../domain/base/answers.ts';
import { jstInstant } from '../../domain/calendar/civil-date.ts';
import type { DeletionStatus, DeletionStep, Leftover, ProofMail } from '../../domain/data/deletion.ts';
import { deliver, failureType } from '../delivery.ts';
import { Desk, earliest, everyTaskReminds, type StaffTask } from '../desk.ts';
import { finish } from '../finish.ts';
import { Inbox } from '../inbox.ts';
import { Lane } from '../lane.ts';
import { deletion as port, records } from '../ports.ts';
import { stage } from '../stage.ts';
import * as messages from './messages.ts';

const DAY_MS = 86_400_000;

interface Context {
  input: messages.DeletionInput;
  snapshot: Omit<messages.DeletionSnapshot, 'nowMs'>;
  inbox: Inbox<messages.DeletionMessages>;
  lane: Lane;
  desk: Desk;
  holdMayHaveGone: boolean;
}

/**
 * Deletion of what the customer entrusted (第22条6項): after the days of grace, unless on legal hold, step by step through every
 * store; then a search of all of them, the proof, and last what the search needed. Silence: the grace period runs out by
 * itself; a hold stays until two people lift it; what the search finds stays a task until people say that it was looked at.
 */
export async function deletion(input: messages.DeletionInput): Promise<void> {
  const { contractId: subjectId, sandbox } = input;
  const lane = new Lane();
  const context: Context = {
    input,
    snapshot: { status: 'waiting', dueMs: null, step: null, taskId: null },
    inbox: new Inbox({}),
    lane,
    desk: new Desk({ subjectType: 'contract', subjectId, sandbox }, lane),
    holdMayHaveGone: false,
  };
  setHandler(messages.deletionSnapshot, () => ({ ...context.snapshot, nowMs: Date.now() }));
  setHandler(messages.holdChanged, () => {
    context.holdMayHaveGone = true;
  });
  context.inbox.accept(messages.deletionUpdates);

  const opened = await port.openDeletion(stepInput(context));
  if (opened === null) return finish(context);
  const dueMs = jstInstant(opened.dueOn);
  context.snapshot.dueMs = dueMs;
  const beginsMs = Math.max(dueMs, input.notBeforeMs ?? dueMs);
  while (beginsMs > Date.now()) await condition(() => false, beginsMs - Date.now());
  // After a restore a deletion may be on record as done that has not begun here (db/queries/deletion/repeat.ts).
  if ((await begin(context)) === 'done') return finish(context);
  const kept = await untilClean(context);
  await proveAndForget(context, kept);
  context.snapshot.status = 'done';
  context.snapshot.step = null;
  if (input.sandbox) await records.recordClock({ contractId: input.contractId, businessMs: Date.now() });
  await finish(context);
}

const stepInput = ({ input }: Context) => ({ contractId: input.contractId, businessMs: Date.now() });

/** Begins as soon as no hold stops it; looks again when one was lifted, and every day. */
async function begin(context: Context): Promise<DeletionStatus> {
  let told: StaffTask | null = null;
  for (;;) {
    context.holdMayHaveGone = false;
    const { status, offBoardingOpen } = await port.beginDeletion(stepInput(context));
    context.snapshot.status = status;
    if (status !== 'waiting' && status !== 'held') break;
    if (offBoardingOpen) told ??= await problemTask(context, 'telephonyOpen');
    await nudgingUntil(context, () => context.holdMayHaveGone, Date.now() + DAY_MS);
  }
  if (told !== null) await context.desk.close(told, 'done');
  return context.snapshot.status;
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
  const { contractId } = context.input;
  context.snapshot.step = 'proof';
  const { documentId } = await insist(context, () => port.issueProof({ ...stepInput(context), kept }));
  context.snapshot.step = 'mail';
  let proofMail: ProofMail = 'unreachable';
  if (await port.proofReachable({ contractId })) {
    const mailed = await deliver(
      context.desk,
      {
        key: `deletion-proof/${contractId}`,
        kind: 'deletionProof',
        subjectType: 'contract',
        subjectId: contractId,
        documentId,
        businessMs: Date.now(),
      },
      false,
    );
    if ('task' in mailed) remindedAnyway(context, mailed.task);
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
    await nudgingUntil(context, () => over, null);
    return await running;
  } finally {
    await context.desk.close(task, 'done');
  }
}

/** Waits until something holds or an instant has come, and reminds of what is open meanwhile. */
async function nudgingUntil({ desk }: Context, holds: () => boolean, untilMs: number | null): Promise<void> {
  while (!holds()) {
    const wakeMs = earliest(desk.wakesAt(), untilMs);
    if (wakeMs === null) await condition(holds);
    else if (!(await condition(holds, Math.max(1, wakeMs - Date.now())))) {
      if (untilMs !== null && untilMs <= Date.now()) return;
      await desk.nudge();
    }
  }
}

async function waitForPeople(context: Context, leftovers: Leftover[]): Promise<void> {
  const { snapshot, desk } = context;
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
  await stage(context, {
    during: () => snapshot.status === 'problem',
    task: () => null,
    answers: {
      retry: async ({ taskId, actor, commandId }) => {
        if (taskId !== task.id)
          return refuse('stale', 'この確認は終わっています。画面を読み込み直してください。');
        await desk.close(task, 'done');
        await move('deleting', actorId(actor), commandId);
        snapshot.status = 'deleting';
        snapshot.taskId = null;
        return { ok: true };
      },
    },
    otherwise: '',
    silence: 'staysOpen',
  });
}

async function problemTask(
  context: Context,
  cause: 'leftovers' | 'telephonyOpen' | 'stuck',
  about = '',
): Promise<StaffTask> {
  const task = await context.desk.open({ kind: 'deletionProblem', involved: [], cause, about });
  return cause === 'leftovers' ? task : remindedAnyway(context, task);
}

/** Runs of before every task was reminded of leave those alone that they do not wait for. */
function remindedAnyway({ desk }: Context, task: StaffTask): StaffTask {
  if (!everyTaskReminds()) desk.forget(task);
  return task;
}
