import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dunnings, mails } from '../../db/schema/index.ts';
import { dunningDriver } from '../support/dunning.ts';
import { leaveOverdue } from '../support/leftovers.ts';
import { applicants } from '../support/people.ts';
import { type RunningWorkers, startWorkers } from '../support/workers.ts';

let workers: RunningWorkers;
let dunning: ReturnType<typeof dunningDriver>;
beforeAll(async () => {
  workers = await startWorkers();
  await leaveOverdue(workers.composed.db);
  dunning = dunningDriver(workers.composed.db, workers.client);
});
afterAll(() => workers.stop());

const conclude = () => applicants(workers.composed.db, workers.client).conclude();

test('an overdue invoice is reminded of by mail, and its payment ends the workflow at once (第10条2項④)', async () => {
  const paperId = await dunning.overduePaper(await conclude(), 10);
  await dunning.open();
  const mail = await dunning.mailed(paperId, 'reminder1');
  expect(mail.kind).toBe('paymentReminder1');
  // Opened again by the next day's sweep it stays one case with one mail.
  await dunning.open();
  await dunning.pay(paperId, 39_599);
  const [running] = await workers.composed.db.select().from(dunnings).where(eq(dunnings.id, paperId));
  expect(running?.status).toBe('running');
  await dunning.pay(paperId, 1);
  expect(await dunning.result(paperId)).toBe('paid');
  expect(await dunning.steps(paperId)).toEqual(['reminder1']);
  const sent = (await workers.composed.db.select().from(mails)).filter(({ key }) =>
    key.startsWith(`dunning/${paperId}/`),
  );
  expect(sent).toHaveLength(1);
});

test('one that was paid before its workflow began is reminded of by nobody', async () => {
  const paperId = await dunning.overduePaper(await conclude(), 40);
  const { db } = workers.composed;
  await dunning.pay(paperId);
  await dunning.open();
  expect(await db.select().from(dunnings).where(eq(dunnings.id, paperId))).toEqual([]);
});
