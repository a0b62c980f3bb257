/**
 * `npm run bench -- contracts [--contracts N]`: what sleeping contracts cost (memory of the worker, rows and bytes in
 * Temporal's store) and what a year of them costs, at N and at 10 N contracts of each kind. The year passes on the
 * server's time skipping: reminder and renewal with their mails and the certificate for an annual contract, nothing at
 * all for a monthly one, whose periods the calendar knows. Here `ours` is the cost per contract at 10 N and `bare` the
 * one at N: a ratio of 1 means that the cost grows in proportion.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import type { ContractKind } from '../domain/period/periods.ts';
import { contractWorkflowId } from '../workflows/contract/messages.ts';
import {
  ASLEEP,
  ASLEEP_WITH_TIMER,
  asleepBefore,
  firstDayFor,
  mailsAccepted,
  startContracts,
  storeContracts,
} from './support/contracts.ts';
import { type BenchResult, eachOf, note, numberOption, rounded } from './support/measure.ts';
import { processTimes } from './support/processes.ts';
import { type Bench, runBench } from './support/stack.ts';
import { temporalStoreSize } from './support/temporal-store.ts';

const CONTRACTS = numberOption('contracts', 50);
/** Reminder and renewal of a period that began this month lie within. */
const YEAR_SECONDS = 370 * 86_400;
/** How many contracts are looked at event by event; all of them do the same. */
const SAMPLE = 10;
const EVENTS = {
  workflowTasks: 'workflowTaskCompletedEventAttributes',
  activities: 'activityTaskScheduledEventAttributes',
  localActivities: 'markerRecordedEventAttributes',
  timers: 'timerStartedEventAttributes',
} as const;

type EventCounts = Record<keyof typeof EVENTS, number>;

/** Contracts of a kind, asleep in their first period. */
async function fallAsleep({ db, client }: Bench, kind: ContractKind, count: number): Promise<string[]> {
  const terms = { kind, firstDay: firstDayFor(kind, 'thisMonth', Date.now()) };
  const ids = await storeContracts(db, count, terms);
  await startContracts(client, ids, terms);
  const events = kind === 'annual' ? ASLEEP_WITH_TIMER : ASLEEP;
  const untilMs = Date.now() + 60_000 + count * 500;
  if (!(await asleepBefore(client, ids.map(contractWorkflowId), untilMs, events))) {
    throw new Error('the contracts did not fall asleep');
  }
  return ids;
}

/** What the worker and Temporal's store hold now. */
function held({ stack, stateDir }: Bench) {
  const pids = { worker: stack.pids()['worker-background'] ?? 0 };
  return { workerBytes: processTimes(pids).worker?.rssBytes ?? 0, store: temporalStoreSize(stateDir) };
}

function perThousand(before: ReturnType<typeof held>, after: ReturnType<typeof held>, count: number) {
  const each = (from: number, to: number, unit: number) => rounded(((to - from) / count) * (1000 / unit), 1);
  const { store } = after;
  return {
    workerMegabytes: each(before.workerBytes, after.workerBytes, 1_000_000),
    temporalRows: store && before.store && each(before.store.rows, store.rows, 1),
    temporalMegabytes: store && before.store && each(before.store.bytes, store.bytes, 1_000_000),
  };
}

/** Lets a year pass for annual contracts, all at once; milliseconds for each until the last certificate was mailed. */
async function passYear({ client, db }: Bench, ids: readonly string[]): Promise<number> {
  const beganMs = Date.now();
  await eachOf(ids, 16, async (id) => {
    await client.workflowService.updateWorkflowExecutionOptions({
      namespace: client.options.namespace,
      workflowExecution: { workflowId: contractWorkflowId(id) },
      workflowExecutionOptions: {
        timeSkippingConfig: {
          enabled: true,
          fastForwardConfig: { id: randomUUID(), duration: { seconds: YEAR_SECONDS as never } },
        },
      },
      updateMask: { paths: ['time_skipping_config'] },
    });
  });
  for (const untilMs = Date.now() + 60_000 + ids.length * 1_000; Date.now() < untilMs; await delay(250)) {
    const accepted = await mailsAccepted(db, 'certificateIssued', beganMs);
    if (accepted.length >= ids.length) return (Math.max(...accepted) - beganMs) / ids.length;
  }
  throw new Error('the year was not over in time');
}

/** Events of all runs of a contract. */
async function eventsOf(client: Client, id: string): Promise<EventCounts> {
  const counts: EventCounts = { workflowTasks: 0, activities: 0, localActivities: 0, timers: 0 };
  let runId: string | null | undefined = (await client.workflow.getHandle(contractWorkflowId(id)).describe())
    .runId;
  while (runId) {
    const { events } = await client.workflow.getHandle(contractWorkflowId(id), runId).fetchHistory();
    for (const [name, field] of Object.entries(EVENTS) as [
      keyof EventCounts,
      keyof NonNullable<typeof events>[0],
    ][]) {
      counts[name] += events?.filter((event) => event[field] != null).length ?? 0;
    }
    runId = events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId;
  }
  return counts;
}

/** Events per contract, when those that have just been woken have come to rest again. */
async function eventsEach({ client }: Bench, ids: readonly string[]): Promise<EventCounts> {
  const names = Object.keys(EVENTS) as (keyof EventCounts)[];
  const sample = ids.slice(0, SAMPLE);
  const read = async (): Promise<EventCounts> => {
    const sum: EventCounts = { workflowTasks: 0, activities: 0, localActivities: 0, timers: 0 };
    await eachOf(sample, 4, async (id) => {
      const counts = await eventsOf(client, id);
      for (const name of names) sum[name] += counts[name];
    });
    return sum;
  };
  for (let before = await read(); ; ) {
    await delay(2_000);
    const counts = await read();
    if (names.every((name) => counts[name] === before[name])) {
      return Object.fromEntries(names.map((name) => [name, counts[name] / sample.length])) as EventCounts;
    }
    before = counts;
  }
}

function difference(after: EventCounts, before: EventCounts): EventCounts {
  const names = Object.keys(EVENTS) as (keyof EventCounts)[];
  return Object.fromEntries(names.map((name) => [name, rounded(after[name] - before[name])])) as EventCounts;
}

interface Asleep {
  monthly: string[];
  annual: string[];
  sleepingPerThousand: ReturnType<typeof perThousand>;
}

/** So many contracts of each kind, and what they take up. */
async function asleep(bench: Bench, count: number): Promise<Asleep> {
  note(`${count} monthly and ${count} annual contracts fall asleep`);
  const before = held(bench);
  const monthly = await fallAsleep(bench, 'monthly', count);
  const annual = await fallAsleep(bench, 'annual', count);
  return { monthly, annual, sleepingPerThousand: perThousand(before, held(bench), 2 * count) };
}

/** The year of these contracts. */
async function year(bench: Bench, { monthly, annual }: Asleep) {
  const before = { monthly: await eventsEach(bench, monthly), annual: await eventsEach(bench, annual) };
  const msPerContract = await passYear(bench, annual);
  note(`a year of ${annual.length} annual contracts: ${rounded(msPerContract, 1)} ms for each`);
  return {
    contracts: annual.length,
    msPerContract: rounded(msPerContract, 1),
    drainSeconds: rounded((msPerContract * annual.length) / 1000, 1),
    eachAnnual: difference(await eventsEach(bench, annual), before.annual),
    // Without a timer nothing but a command can wake a monthly contract: its year costs nothing.
    eachMonthly: {
      ...difference(await eventsEach(bench, monthly), before.monthly),
      timersSet: before.monthly.timers,
    },
  };
}

await runBench('contracts', ['background'], async (bench): Promise<BenchResult> => {
  // The first ones warm the worker up: what it holds is measured before it has drawn documents.
  const warmUp = await asleep(bench, Math.min(20, CONTRACTS));
  const many = await asleep(bench, 10 * CONTRACTS);
  await year(bench, warmUp);
  const before = await year(bench, await asleep(bench, CONTRACTS));
  const manyYear = await year(bench, many);
  // Once more behind: a machine that slows down meanwhile slows down one of them too.
  const after = await year(bench, await asleep(bench, CONTRACTS));
  const fewMs = (before.msPerContract + after.msPerContract) / 2;
  return {
    name: 'contracts',
    ratio: rounded(fewMs / manyYear.msPerContract),
    ours: manyYear.msPerContract,
    bare: rounded(fewMs, 1),
    unit: 'ms per annual contract and year',
    runs: 2,
    sleepingPerThousand: many.sleepingPerThousand,
    few: after,
    many: manyYear,
  };
});
