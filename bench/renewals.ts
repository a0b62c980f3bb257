/**
 * `npm run bench -- renewals`: annual contracts whose renewals are due at one instant, drained by the background worker
 * (period and audit entry, certificate as PDF, mail by SMTP), against bare workflows with a timer and as many
 * activities that do nothing, on the same server, in alternating rounds.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { contractWorkflowId } from '../workflows/contract/messages.ts';
import { BARE_QUEUE } from './support/bare.ts';
import type { bareRenewal } from './support/bare-workflows.ts';
import {
  asleepBefore,
  firstDayFor,
  mailsAccepted,
  startContracts,
  storeContracts,
} from './support/contracts.ts';
import {
  type BenchResult,
  eachOf,
  median,
  note,
  numberOption,
  percentile,
  rounded,
} from './support/measure.ts';
import { processTimes } from './support/processes.ts';
import { type Bench, runBench } from './support/stack.ts';

const CONTRACTS = numberOption('contracts', 100);
const ROUNDS = numberOption('rounds', 5);
const DRAIN_LIMIT_MS = 60_000 + CONTRACTS * 500;

interface Drain {
  seconds: number;
  /** From the instant of renewal until the mail server took the mail, for each contract. */
  latenciesMs: number[];
  /** CPU milliseconds for each renewal, by process. */
  cpuMs: Record<string, number>;
}

/** Time that a herd gets to fall asleep before it is due: twice what the last one took. */
let preparationMs = 15_000 + CONTRACTS * 150;

/**
 * Starts workflows that wake at one instant, and returns that instant when it has come and all of them slept until
 * then. On a busy machine that may take a second attempt, with other workflows.
 */
async function startHerd(bench: Bench, start: (dueMs: number) => Promise<string[]>): Promise<number> {
  for (let attempt = 1; attempt <= 4; attempt++) {
    const beganMs = Date.now();
    const dueMs = beganMs + preparationMs;
    const workflowIds = await start(dueMs);
    if (await asleepBefore(bench.client, workflowIds, dueMs - 500)) {
      preparationMs = (Date.now() - beganMs) * 2 + 4_000;
      await delay(dueMs - Date.now());
      return dueMs;
    }
    note('the workflows did not fall asleep in time: again, with more time');
    preparationMs *= 2;
    await eachOf(workflowIds, 32, async (workflowId) => {
      await bench.client.workflow
        .getHandle(workflowId)
        .terminate()
        .catch(() => undefined);
    });
  }
  throw new Error('the workflows never fell asleep in time: try fewer with --contracts');
}

async function oursRound(bench: Bench): Promise<Drain> {
  const { db, client } = bench;
  const terms = { kind: 'annual' as const, firstDay: firstDayFor('annual', 'aYearAgo', Date.now()) };
  const dueMs = await startHerd(bench, async (due) => {
    const ids = await storeContracts(db, CONTRACTS, terms);
    await startContracts(client, ids, terms, due);
    return ids.map(contractWorkflowId);
  });
  const cpu = cpuMeter(bench);
  for (const untilMs = Date.now() + DRAIN_LIMIT_MS; Date.now() < untilMs; await delay(250)) {
    const accepted = await mailsAccepted(db, 'certificateIssued', dueMs);
    if (accepted.length < CONTRACTS) continue;
    const latenciesMs = accepted.map((ms) => ms - dueMs);
    return { seconds: Math.max(...latenciesMs) / 1000, latenciesMs, cpuMs: cpu() };
  }
  throw new Error('the renewals were not drained in time');
}

async function bareRound(bench: Bench): Promise<Drain> {
  const { client, bare } = bench;
  const { doneCount: before } = await bare.progress();
  const dueMs = await startHerd(bench, async (wakeMs) => {
    const ids = Array.from({ length: CONTRACTS }, () => `bare/${randomUUID()}`);
    await eachOf(ids, 32, async (workflowId) => {
      await client.workflow.start<typeof bareRenewal>('bareRenewal', {
        workflowId,
        taskQueue: BARE_QUEUE,
        args: [{ wakeMs }],
      });
    });
    return ids;
  });
  const cpu = cpuMeter(bench);
  for (const untilMs = Date.now() + DRAIN_LIMIT_MS; Date.now() < untilMs; await delay(250)) {
    const { doneCount, lastDoneMs } = await bare.progress();
    if (doneCount - before >= CONTRACTS) {
      return { seconds: (lastDoneMs - dueMs) / 1000, latenciesMs: [], cpuMs: cpu() };
    }
  }
  throw new Error('the bare renewals were not drained in time');
}

/** Call it twice: the second call tells the CPU milliseconds per contract between them. */
function cpuMeter({ stack, bare }: Bench): () => Record<string, number> {
  const pids = { ...stack.pids(), bare: bare.pid };
  const before = processTimes(pids);
  return () =>
    Object.fromEntries(
      Object.entries(processTimes(pids)).map(([name, { cpuSeconds }]) => [
        name,
        ((cpuSeconds - (before[name]?.cpuSeconds ?? 0)) * 1000) / CONTRACTS,
      ]),
    );
}

function medianCpu(drains: readonly Drain[]): Record<string, number> {
  const names = Object.keys(drains[0]?.cpuMs ?? {});
  return Object.fromEntries(
    names.map((name) => [name, rounded(median(drains.map(({ cpuMs }) => cpuMs[name] ?? 0)), 1)]),
  );
}

await runBench('renewals', ['background'], async (bench): Promise<BenchResult> => {
  const ours: Drain[] = [];
  const bare: Drain[] = [];
  // The first round warms both sides up and does not count.
  for (let round = 0; round <= ROUNDS; round++) {
    const mine = await oursRound(bench);
    const theirs = await bareRound(bench);
    note(`round ${round}: ours ${mine.seconds} s, bare ${theirs.seconds} s`);
    if (round === 0) continue;
    ours.push(mine);
    bare.push(theirs);
  }
  const seconds = (drains: readonly Drain[]) => median(drains.map((drain) => drain.seconds));
  const latenciesMs = ours.flatMap((drain) => drain.latenciesMs);
  return {
    name: 'renewals',
    ratio: rounded(seconds(bare) / seconds(ours)),
    ours: rounded(seconds(ours)),
    bare: rounded(seconds(bare)),
    unit: 's',
    runs: ROUNDS,
    contracts: CONTRACTS,
    renewalsPerSecond: rounded(CONTRACTS / seconds(ours), 1),
    mailP50Ms: Math.round(percentile(latenciesMs, 0.5)),
    mailP95Ms: Math.round(percentile(latenciesMs, 0.95)),
    cpuMsPerRenewal: { ours: medianCpu(ours), bare: medianCpu(bare) },
  };
});
