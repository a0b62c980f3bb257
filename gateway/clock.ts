import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import { type Answer, refuse } from '../domain/base/answers.ts';
import { contractSnapshot, contractUpdates, contractWorkflowId } from '../workflows/contract/messages.ts';
import { deletionWorkflowId } from '../workflows/deletion/messages.ts';
import { offBoardingId } from '../workflows/off-boarding/messages.ts';
import { askWorkflow } from './ask.ts';
import type { Outbox } from './outbox.ts';

/** How often we look how far the clock is, at most: most moves are over at once. */
const POLL_MS = 100;
const pauseAfter = (polls: number): number => Math.min(POLL_MS, 5 * 2 ** polls);
/** A clock that stands still for so long waits for something that time cannot bring: a decision, a mail server. */
const STUCK_MS = 60_000;

export interface ClockProgress {
  /** The contract's time now. */
  nowMs: number;
  targetMs: number;
}

/**
 * The contract has a timer at the target. Should it fire a moment before the server's skipping ends, the server (1.32) runs on to the
 * next timer, months later, when real time passes the target while the contract is at work: so skipping ends this much before.
 */
const SHORT_BY_MS = 250;

/**
 * Starts the test clock of a sandbox contract towards an instant, on the server's own time skipping. Refused for live
 * contracts by the workflow itself. The contract's snapshot tells how far it is.
 */
export async function startClock(
  outbox: Outbox,
  input: { contractId: string; targetMs: number; actorId: string },
): Promise<Answer<{ nowMs: number }>> {
  const { client } = outbox;
  const workflowId = contractWorkflowId(input.contractId);
  const { targetMs } = input;
  const aim = (to: number | null) =>
    outbox.update(workflowId, contractUpdates.clock, {
      commandId: randomUUID(),
      actor: { kind: 'staff', id: input.actorId },
      targetMs: to,
    });
  const aimed = await aim(targetMs);
  if (!aimed.ok) return aimed;
  const started = await startSkipping(client, {
    ...{ workflowId, targetMs, id: randomUUID() },
    shortByMs: SHORT_BY_MS,
  });
  // A server without time skipping: the contract must not wait for a target that only real time would reach.
  if (!started.ok) await aim(null);
  return started;
}

/** Starts the test clock and waits until it is there: every timer on the way fires, with its documents and mails. */
export async function advanceClock(
  outbox: Outbox,
  input: { contractId: string; targetMs: number; actorId: string },
  report: (progress: ClockProgress) => void = () => undefined,
): Promise<Answer<{ nowMs: number }>> {
  const { client } = outbox;
  const started = await startClock(outbox, input);
  if (!started.ok) return started;
  const workflowId = contractWorkflowId(input.contractId);
  const clock = { ...started, workflowId, targetMs: input.targetMs };
  const arrived = await waitForClock(client, clock, report);
  if (arrived.ok) await settled(client, workflowId);
  return arrived;
}

/**
 * Moves the clock of what comes after the end of a sandbox contract (第10条3項, 第22条6項): first the off-boarding, then the deletion
 * that it leaves behind. Work that waits for people goes on waiting; refused when nothing runs any more.
 */
export async function advanceAfterEnd(
  client: Client,
  { contractId, targetMs }: { contractId: string; targetMs: number },
  report: (progress: ClockProgress) => void = () => undefined,
): Promise<Answer<{ nowMs: number }>> {
  let reached: Answer<{ nowMs: number }> = refuse(
    'wrongState',
    'この契約は、終了後の手続きとデータの削除まで終わっています。進める時計はありません。',
  );
  for (const workflowId of afterEnd(contractId)) {
    if (await isOver(client, workflowId)) continue;
    const started = await startSkipping(client, { workflowId, targetMs, id: randomUUID() });
    reached = started.ok ? await waitForClock(client, { ...started, workflowId, targetMs }, report) : started;
  }
  return reached;
}

const afterEnd = (contractId: string) => [offBoardingId(contractId), deletionWorkflowId(contractId)];

/** The clock of a contract, or of the last thing that runs after its end. */
export async function contractNow(client: Client, contractId: string, ended: boolean): Promise<number> {
  const running = ended
    ? await Promise.all(
        afterEnd(contractId).map(async (id) => ((await isOver(client, id)) ? 0 : virtualNow(client, id))),
      )
    : [];
  return Math.max(...running) > 0 ? Math.max(...running) : virtualNow(client, contractWorkflowId(contractId));
}

/** The clock is there; a moment later the contract has seen it too. A contract that is over answers no more. */
async function settled(client: Client, workflowId: string): Promise<void> {
  for (let polls = 0; polls < 50; polls++) {
    if (await isOver(client, workflowId)) return;
    const snapshot = await askWorkflow(client, workflowId, contractSnapshot);
    if (snapshot !== null && snapshot.clockTargetMs === null) return;
    await delay(pauseAfter(polls));
  }
}

/** Moves the clock of any execution to an instant; it needs a timer to run to. */
export async function skipTo(
  client: Client,
  skip: { workflowId: string; targetMs: number; id: string },
): Promise<Answer<{ nowMs: number }>> {
  const started = await startSkipping(client, skip);
  return started.ok ? waitForClock(client, { ...started, ...skip }, () => undefined) : started;
}

async function startSkipping(
  client: Client,
  skip: { workflowId: string; targetMs: number; id: string; shortByMs?: number },
): Promise<Answer<{ nowMs: number }>> {
  const { workflowId, targetMs, id, shortByMs = 0 } = skip;
  const nowMs = await virtualNow(client, workflowId);
  // What comes after an end may have gone on by itself: the clock of the contract that started it was on its way.
  if (nowMs >= targetMs - shortByMs) return { ok: true, nowMs };
  try {
    await fastForward(client, workflowId, id, targetMs - shortByMs - nowMs);
    return { ok: true, nowMs };
  } catch (error) {
    if (!isUnsupported(error)) throw error;
    return refuse(
      'notAllowed',
      'この Temporal サーバーは時間の早送りに対応していないため、テスト時計は使えません。',
    );
  }
}

/** Waits for a clock; a workflow that ends on the way answers with the time that it reached. */
async function waitForClock(
  client: Client,
  clock: { workflowId: string; targetMs: number; nowMs: number },
  report: (progress: ClockProgress) => void,
): Promise<Answer<{ nowMs: number }>> {
  const { workflowId, targetMs } = clock;
  let { nowMs } = clock;
  let movedAt = Date.now();
  for (let polls = 0; nowMs < targetMs; polls += 1) {
    await delay(pauseAfter(polls));
    const seen = await look(client, workflowId);
    if (seen === null) break;
    if (seen.nowMs - nowMs > 2 * POLL_MS) movedAt = Date.now();
    nowMs = seen.nowMs;
    report({ nowMs, targetMs });
    if (seen.over) break;
    if (Date.now() - movedAt > STUCK_MS) {
      return refuse('wrongState', '時計が途中で止まりました。担当者の対応を待つ処理がないかご確認ください。');
    }
  }
  return { ok: true, nowMs };
}

function fastForward(client: Client, workflowId: string, id: string, milliseconds: number): Promise<unknown> {
  return client.workflowService.updateWorkflowExecutionOptions({
    namespace: client.options.namespace,
    workflowExecution: { workflowId },
    workflowExecutionOptions: {
      timeSkippingConfig: { enabled: true, fastForwardConfig: { id, duration: durationOf(milliseconds) } },
    },
    updateMask: { paths: ['time_skipping_config'] },
  } as never);
}

function durationOf(milliseconds: number): { seconds: number; nanos: number } {
  const seconds = Math.floor(milliseconds / 1000);
  return { seconds, nanos: (milliseconds - seconds * 1000) * 1_000_000 };
}

/** The clock of an execution in milliseconds: the real one until time was skipped for it. */
export async function virtualNow(client: Client, workflowId: string): Promise<number> {
  const description = await client.workflowService.describeWorkflowExecution({
    namespace: client.options.namespace,
    execution: { workflowId },
  });
  return clockIn(description);
}

function clockIn({ workflowExtendedInfo }: { workflowExtendedInfo?: object | null }): number {
  const info = workflowExtendedInfo as { timeSkippingInfo?: { currentTime?: Timestamp } | null } | null;
  const time = info?.timeSkippingInfo?.currentTime;
  return time?.seconds == null
    ? Date.now()
    : Number(time.seconds) * 1000 + Math.floor((time.nanos ?? 0) / 1_000_000);
}

interface Timestamp {
  seconds?: { toString(): string } | number | null;
  nanos?: number | null;
}

async function isOver(client: Client, workflowId: string): Promise<boolean> {
  return (await look(client, workflowId))?.over ?? true;
}

/** The clock of an execution, and whether it is over; null when the server knows it no more. */
async function look(client: Client, workflowId: string): Promise<{ nowMs: number; over: boolean } | null> {
  try {
    const { status, raw } = await client.workflow.getHandle(workflowId).describe();
    const over = status.name !== 'RUNNING' && status.name !== 'CONTINUED_AS_NEW';
    return { nowMs: clockIn(raw), over };
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null;
    throw error;
  }
}

function isUnsupported(error: unknown): boolean {
  const { details, code } = error as { details?: string; code?: number };
  return code === 12 || (details ?? '').toLowerCase().includes('time skipping');
}
