import { setTimeout as delay } from 'node:timers/promises';
import { like } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { documents, mails } from '../../db/schema/index.ts';
import { insertContractRows } from '../../dev/contract-rows.ts';
import { civilDate } from '../../domain/calendar/civil-date.ts';
import { billingDriver } from '../support/billing.ts';
import { type KillableStack, startKillableStack } from '../support/own-stack.ts';

const CONTRACTS = 30;
const DAY = civilDate('2026-12-10');
/** So far into the run of the worker, each time another. */
const KILLS_MS = [2_500, 4_000, 6_000];

let stack: KillableStack;
beforeAll(async () => {
  stack = await startKillableStack();
});
afterAll(async () => stack.stop());

test('workers killed while a run drafts, numbers, draws and mails leave no gap, no double and no missing mail', async () => {
  const { db, client, killWorker } = stack;
  const billing = billingDriver(db, client);
  const ids = await insertContractRows(db, CONTRACTS, { prefix: 'KILL' });
  await billing.begin(DAY, { drafts: 7, numbers: 4, drawings: 3, mails: 5 });
  killWorker();
  await billing.release(DAY);
  for (const afterMs of KILLS_MS) {
    await delay(afterMs);
    if ((await billing.find(DAY))?.status === 'issuing') killWorker();
  }
  const run = await billing.inStatus(DAY, 'issued');
  const issued = await billing.papers(run.id);
  expect(issued.map(({ position }) => position)).toEqual(ids.map((_, index) => index + 1));
  expect(new Set(issued.map(({ contractId }) => contractId))).toEqual(new Set(ids));
  const filed = await db.select().from(documents).where(like(documents.number, 'TEST-INV-%'));
  expect(filed.map(({ number }) => number).toSorted()).toEqual(issued.map(({ number }) => number));
  const sent = await db.select().from(mails).where(like(mails.key, 'invoice/%'));
  expect(sent.map(({ status }) => status)).toEqual(ids.map(() => 'accepted'));
  expect(new Set(sent.map(({ subjectId }) => subjectId))).toEqual(new Set(ids));
}, 1_800_000);
