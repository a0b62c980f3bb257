import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, expect, test } from 'vitest';
import { loadConfig } from '../../config.ts';
import { openDatabase, type Transaction } from '../../db/client.ts';
import { type BusinessFigures, readBusinessFigures } from '../../db/queries/metrics/read.ts';
import {
  applications,
  contractPeriods,
  contracts,
  deletions,
  mails,
  notices,
  tasks,
} from '../../db/schema/index.ts';
import { addDays, type CivilDate, jstDate } from '../../domain/calendar/civil-date.ts';
import { stackEnv } from '../support/stacks.ts';
import { storedContract } from '../support/stored-contract.ts';

const { db, close } = openDatabase(loadConfig(stackEnv()), 2);
afterAll(close);

const now = new Date();
const today = jstDate(now.getTime());
const soon = addDays(today, 30);
const ago = (days: number) => new Date(now.getTime() - days * 86_400_000);

/** What a change adds to the figures, in a transaction that is rolled back. */
async function added(
  change: (tx: Transaction) => Promise<void>,
): Promise<[before: BusinessFigures, after: BusinessFigures]> {
  const rollback = new Error('rolled back');
  let figures: [BusinessFigures, BusinessFigures] | undefined;
  await db
    .transaction(async (tx) => {
      const before = await readBusinessFigures(tx, { now, today, soon });
      await change(tx);
      figures = [before, await readBusinessFigures(tx, { now, today, soon })];
      throw rollback;
    })
    .catch((error: unknown) => {
      if (error !== rollback) throw error;
    });
  if (figures === undefined) throw new Error('nothing was read');
  return figures;
}

const task = (dueAt: Date, sandbox = false) => ({
  id: randomUUID(),
  kind: 'review' as const,
  subjectType: 'application' as const,
  subjectId: randomUUID(),
  role: 'reviewer',
  dueAt,
  sandbox,
});

test('tasks count as overdue past their time, sandbox ones never', async () => {
  const [before, after] = await added(async (tx) => {
    await tx.insert(tasks).values([task(ago(1)), task(ago(-1)), task(ago(1), true)]);
  });
  expect(after.tasksOpen.reviewer).toBe((before.tasksOpen.reviewer ?? 0) + 2);
  expect(after.tasksOverdue.reviewer).toBe((before.tasksOverdue.reviewer ?? 0) + 1);
});

test('an application waits in the class of its age until somebody concludes it', async () => {
  const { applicationId } = await storedContract({ db });
  const state = (status: 'review' | 'concluded', days: number) =>
    added(async (tx) => {
      await tx
        .update(applications)
        .set({ status, sandbox: false, receivedAt: ago(days) })
        .where(eq(applications.id, applicationId));
    });
  const [before, old] = await state('review', 8);
  expect(old.applicationsWaiting.over7d).toBe(before.applicationsWaiting.over7d + 1);
  const [, middle] = await state('review', 2);
  expect(middle.applicationsWaiting.under3d).toBe(before.applicationsWaiting.under3d + 1);
  const [, done] = await state('concluded', 8);
  expect(done.applicationsWaiting.over7d).toBe(before.applicationsWaiting.over7d);
});

test('a renewal is due in its last 30 days, and late the day after its period', async () => {
  const { contractId } = await storedContract({ db });
  const until = (days: number, endsOn: CivilDate | null = null) =>
    added(async (tx) => {
      await tx
        .update(contracts)
        .set({ sandbox: false, kind: 'annual', endsOn })
        .where(eq(contracts.id, contractId));
      await tx.delete(contractPeriods).where(eq(contractPeriods.contractId, contractId));
      await tx
        .insert(contractPeriods)
        .values({ contractId, index: 0, from: addDays(today, -300), to: addDays(today, days) });
    });
  const [before, due] = await until(30);
  expect(due.renewalsDue).toBe(before.renewalsDue + 1);
  expect((await until(31))[1].renewalsDue).toBe(before.renewalsDue);
  const [, late] = await until(-1);
  expect(late.renewalsLate).toBe(before.renewalsLate + 1);
  expect((await until(-1, today))[1].renewalsLate).toBe(before.renewalsLate);
});

test('mail counts while it waits or did not arrive, with the age of the oldest that waits', async () => {
  const mail = (status: 'deferred' | 'bounced' | 'accepted', days: number) => ({
    key: `test/${randomUUID()}`,
    kind: 'applicationReceived' as const,
    subjectType: 'application' as const,
    subjectId: randomUUID(),
    recipient: '',
    messageId: `<${randomUUID()}@hasso.example>`,
    subjectLine: '',
    status,
    businessAt: now,
    sandbox: false,
    createdAt: ago(days),
  });
  const [before, after] = await added(async (tx) => {
    await tx.insert(mails).values([mail('deferred', 400), mail('bounced', 500), mail('accepted', 600)]);
  });
  expect(after.mails.deferred).toBe(before.mails.deferred + 1);
  expect(after.mails.bounced).toBe(before.mails.bounced + 1);
  expect(Math.round(after.oldestWaitingMailSeconds)).toBe(400 * 86_400);
});

test('a deletion is overdue after its day, unless a hold stops it', async () => {
  const { contractId } = await storedContract({ db });
  const state = (status: 'waiting' | 'held' | 'done', days: number) =>
    added(async (tx) => {
      await tx.insert(deletions).values({
        contractId,
        status,
        endedOn: addDays(today, -40),
        dueOn: addDays(today, -days),
        sandbox: false,
      });
    });
  const [before, late] = await state('waiting', 1);
  expect(late.deletionsOverdue).toBe(before.deletionsOverdue + 1);
  for (const [status, days] of [
    ['waiting', 0],
    ['held', 1],
    ['done', 1],
  ] as const) {
    expect((await state(status, days))[1].deletionsOverdue).toBe(before.deletionsOverdue);
  }
});

test('a notice is late when it is still being sent a day after it began', async () => {
  const notice = (sendingFrom: Date, finishedAt: Date | null) => ({
    creationKey: randomUUID(),
    title: '',
    noticeClass: 'contractual' as const,
    causeType: 'manual' as const,
    subjectLine: '',
    body: '',
    audience: 'all' as const,
    sandbox: false,
    byMail: true,
    postOnWeb: false,
    createdBy: 'test',
    sendingFrom,
    finishedAt,
  });
  const [before, after] = await added(async (tx) => {
    await tx.insert(notices).values([notice(ago(2), null), notice(ago(2), now), notice(ago(0.5), null)]);
  });
  expect(after.noticesLate).toBe(before.noticesLate + 1);
});
