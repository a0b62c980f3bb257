/**
 * `npm run bench -- updates`: how long a member of staff waits for the answer to a decision (decideReview through the
 * gateway: status, audit entry and tasks in Postgres), against an update of a bare workflow that answers at once, in
 * turns on the same server; first with nothing else to do, then while renewals are being drained.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { applicationGateway } from '../gateway/application.ts';
import { createOutbox } from '../gateway/outbox.ts';
import { BARE_QUEUE } from './support/bare.ts';
import { bareDecision, type bareDecisions, bareEnd } from './support/bare-workflows.ts';
import {
  firstDayFor,
  mailsAccepted,
  startContracts,
  storeApplication,
  storeContracts,
} from './support/contracts.ts';
import { type BenchResult, eachOf, note, numberOption, percentile, rounded } from './support/measure.ts';
import { type Bench, runBench } from './support/stack.ts';

const DECISIONS = numberOption('decisions', 100);
const HERD = numberOption('contracts', 500);
/** Every connection of the worker's pool has to have seen every statement. */
const WARM_UP = 30;
const BARE_ID = 'bare-decisions';
/** A pause between decisions: people do not click as fast as a machine. */
const PAUSE_MS = 20;

interface Latencies {
  ours: number[];
  bare: number[];
}

interface OpenReview {
  applicationId: string;
  taskId: string;
}

/** Applications that wait for their reviewer. */
async function openReviews({ db, client }: Bench, count: number): Promise<OpenReview[]> {
  const gateway = applicationGateway(createOutbox(db, client));
  const open: OpenReview[] = [];
  await eachOf(Array.from({ length: count }), 8, async () => {
    const applicationId = await storeApplication(db, 'annual');
    await gateway.submit(async () => ({ applicationId, sandbox: true }));
    for (const untilMs = Date.now() + 60_000; Date.now() < untilMs; await delay(100)) {
      const taskId = (await gateway.snapshot(applicationId))?.taskId;
      if (taskId == null) continue;
      open.push({ applicationId, taskId });
      return;
    }
    throw new Error('an application did not come to its review in time');
  });
  return open;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const beganMs = performance.now();
  await work();
  return performance.now() - beganMs;
}

/** Decisions of staff and bare updates in turns, one at a time, until the reviews are used up or `enough` says so. */
async function decide(bench: Bench, reviews: OpenReview[], enough: () => boolean): Promise<Latencies> {
  const gateway = applicationGateway(createOutbox(bench.db, bench.client));
  const bare = bench.client.workflow.getHandle<typeof bareDecisions>(BARE_ID);
  const latencies: Latencies = { ours: [], bare: [] };
  while (!enough()) {
    const review = reviews.pop();
    if (review === undefined) break;
    const ours = async () => {
      const answer = await gateway.decideReview(review.applicationId, {
        commandId: randomUUID(),
        actor: { kind: 'staff', id: randomUUID() },
        decisionId: randomUUID(),
        taskId: review.taskId,
        verdict: 'recommendAccept',
      });
      if (!answer.ok) throw new Error(`a decision was refused: ${answer.message}`);
    };
    const theirs = async () => {
      const commandId = randomUUID();
      await bare.executeUpdate(bareDecision, { updateId: commandId, args: [{ commandId }] });
    };
    latencies.ours.push(await timed(ours));
    await delay(PAUSE_MS);
    latencies.bare.push(await timed(theirs));
    await delay(PAUSE_MS);
  }
  return latencies;
}

/** Starts a herd of renewals that are due at once, and decides while it is drained. */
async function decideDuringHerd(
  bench: Bench,
  reviews: OpenReview[],
): Promise<Latencies & { drained: number }> {
  const { db, client } = bench;
  const terms = { kind: 'annual' as const, firstDay: firstDayFor('annual', 'aYearAgo', Date.now()) };
  const ids = await storeContracts(db, HERD, terms);
  const dueMs = Date.now() + 20_000 + HERD * 60;
  await startContracts(client, ids, terms, dueMs);
  await delay(Math.max(0, dueMs + 500 - Date.now()));
  const drained = async () => (await mailsAccepted(db, 'certificateIssued', dueMs)).length;
  let count = 0;
  const watch = setInterval(() => {
    drained().then(
      (now) => {
        count = now;
      },
      () => undefined,
    );
  }, 1_000);
  try {
    // The last tenth does not count: then the herd is over for most workers.
    const latencies = await decide(bench, reviews, () => count >= HERD * 0.9);
    return { ...latencies, drained: await drained() };
  } finally {
    clearInterval(watch);
  }
}

await runBench('updates', ['interactive', 'background'], async (bench): Promise<BenchResult> => {
  const bare = await bench.client.workflow.start<typeof bareDecisions>('bareDecisions', {
    workflowId: BARE_ID,
    taskQueue: BARE_QUEUE,
    args: [],
  });
  note(`preparing ${2 * DECISIONS + WARM_UP} applications`);
  const reviews = await openReviews(bench, 2 * DECISIONS + WARM_UP);
  await decide(bench, reviews.splice(0, WARM_UP), () => false);
  const idle = await decide(bench, reviews.splice(0, DECISIONS), () => false);
  note(`idle: ours ${ms(idle.ours, 0.5)} ms, bare ${ms(idle.bare, 0.5)} ms (p50); ${HERD} renewals are next`);
  const herd = await decideDuringHerd(bench, reviews);
  await bare.executeUpdate(bareEnd);
  return {
    name: 'updates',
    ratio: rounded(percentile(idle.bare, 0.5) / percentile(idle.ours, 0.5)),
    ours: ms(idle.ours, 0.5),
    bare: ms(idle.bare, 0.5),
    unit: 'ms',
    runs: idle.ours.length,
    idle: summary(idle),
    herd: { ...summary(herd), contracts: HERD, decisions: herd.ours.length, drainedMeanwhile: herd.drained },
    herdP95ToIdleP95: rounded(percentile(herd.ours, 0.95) / percentile(idle.ours, 0.95)),
    bareHerdP95ToIdleP95: rounded(percentile(herd.bare, 0.95) / percentile(idle.bare, 0.95)),
  };
});

function ms(values: readonly number[], p: number): number {
  return rounded(percentile(values, p), 1);
}

function summary({ ours, bare }: Latencies) {
  return { p50: ms(ours, 0.5), p95: ms(ours, 0.95), bareP50: ms(bare, 0.5), bareP95: ms(bare, 0.95) };
}
