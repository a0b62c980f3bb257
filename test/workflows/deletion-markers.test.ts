import { dirname, join } from 'node:path';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { recordClock } from '../../db/queries/contract/record-clock.ts';
import { applications, retentionDues } from '../../db/schema/index.ts';
import { civilDate } from '../../domain/calendar/civil-date.ts';
import { sweepNow } from '../../gateway/retention.ts';
import { contractDriver } from '../support/contract-life.ts';
import { endings } from '../support/ended-contract.ts';
import { type Found, planter, scanDatabase, scanFolder, scanner, scanStorage } from '../support/markers.ts';
import { type OwnStack, startOwnStack } from '../support/own-stack.ts';
import { plantedWeb } from '../support/planted-web.ts';
import { type RunningWorkers, startWorkers } from '../support/workers.ts';

const DAY_MS = 86_400_000;
const plant = planter();
const logged: string[] = [];
let stack: OwnStack;
let workers: RunningWorkers;
beforeAll(async () => {
  Runtime.install({
    logger: new DefaultLogger('DEBUG', (entry) => logged.push(JSON.stringify(entry, errorText))),
  });
  stack = await startOwnStack();
  workers = await startWorkers(stack.env, failingFirst);
});
afterAll(async () => {
  await workers.stop();
  await stack.stop();
});

const errorText = (_: string, value: unknown) =>
  value instanceof Error
    ? `${value.message} ${value.stack}`
    : typeof value === 'bigint'
      ? String(value)
      : value;

/** Every activity fails at its first call, with an error that quotes everything that was typed in so far. */
function failingFirst<T extends object>(activities: T): T {
  const failed = new Set<string>();
  const wrapped = Object.entries(activities).map(([name, activity]) => [
    name,
    async (...args: unknown[]) => {
      if (!failed.has(name) && plant.planted.size > 0) {
        failed.add(name);
        throw new Error(`${name} cannot handle ${[...plant.planted.values()].join(', ')}`, {
          cause: new TypeError([...plant.planted.values()].join(' / ')),
        });
      }
      return (activity as (...given: unknown[]) => Promise<unknown>)(...args);
    },
  ]);
  return Object.fromEntries(wrapped) as T;
}

/** Everything that the system keeps, looked through raw. */
async function everywhere(): Promise<Found[]> {
  const { env } = stack;
  const scan = scanner(plant.planted);
  const stateDir = dirname(env.LOG_DIR ?? '');
  return [
    ...(await scanDatabase(workers.composed.db, env.DATABASE_OWNER_URL ?? '', scan)),
    ...(await scanStorage(workers.config.DOCUMENTS_DIR, scan)),
    ...(await scanFolder(workers.config.OUTBOX_DIR ?? '', scan)),
    ...(await scanFolder(join(stateDir, 'temporal'), scan)),
    ...(await scanFolder(env.LOG_DIR ?? '', scan)),
    ...scan('worker log', logged.join('\n')),
  ];
}

const placesOf = (found: Found[]) => [...new Set(found.map(({ place }) => place))].toSorted();

test('of everything that was typed in, only what the data map keeps is left after the deletion, and nothing after its last day', async () => {
  const web = plantedWeb(workers, plant);
  const { db } = web;
  const contractIds = [await web.concludedOnPaper(), await web.concludedOnline()];
  const life = endings(db, workers.client);
  for (const contractId of contractIds) {
    await contractDriver(db, workers.client, contractId).mailed('certificateIssued');
    await web.live(contractId);
  }
  const refusedId = await web.refusedOnline();
  expect(plant.planted.size).toBeGreaterThanOrEqual(40);
  const before = await everywhere();
  const fieldsFound = new Set(before.map(({ field }) => field));
  // A corrected text and the name of a request's file are not kept at all.
  const notKept = /before its correction|^(change|cancellation) file name/;
  const missing = [...plant.planted.keys()].filter((field) => !fieldsFound.has(field));
  expect(missing.filter((field) => !notKept.test(field))).toEqual([]);
  expect(placesOf(before).filter((place) => /worker log|temporal|\.db|\.log$/.test(place))).toEqual([]);

  for (const contractId of contractIds) {
    const driver = contractDriver(db, workers.client, contractId);
    const { endsOn } = (await driver.contract()) ?? {};
    await driver.to(`${endsOn?.slice(0, 8)}28T00:00:00+09:00`);
    await driver.to(new Date(Date.parse(`${endsOn}T00:00:00+09:00`) + DAY_MS).toISOString());
    await driver.over();
    await life.start(contractId);
    await life.toDay(contractId, 33);
    await life.over(contractId);
    expect(await life.row(contractId)).toMatchObject({ status: 'done', proofMail: 'sent' });
  }

  await db
    .update(applications)
    .set({ updatedAt: new Date(Date.now() - 92 * DAY_MS) })
    .where(eq(applications.id, refusedId));
  await sweepNow(workers.client);

  const archived = await db.query.documents.findMany();
  const keptFiles = archived.map(({ storageKey }) => storageKey);
  const evidence = /^(findings|contract_findings|screening_checks|screening_decisions)\./;
  const kept = (place: string) =>
    evidence.test(place) ||
    keptFiles.includes(place) ||
    ['documents.counterparty', 'documents.counterparty_folded', 'raw documents'].includes(place);
  const after = await everywhere();
  expect(placesOf(after).filter((place) => !kept(place))).toEqual([]);
  const stillThere = new Set(after.map(({ field }) => field));
  expect(stillThere).toContain('paper companyName');
  expect(stillThere).toContain('online companyName');

  for (const contractId of contractIds) await recordClock(db, contractId, 20 * 366 * DAY_MS);
  await db
    .update(retentionDues)
    .set({ dueOn: civilDate('2026-01-01') })
    .where(eq(retentionDues.applicationId, refusedId));
  await sweepNow(workers.client);
  expect(placesOf(await everywhere())).toEqual([]);
}, 240_000);
