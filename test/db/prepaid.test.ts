import { randomUUID } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { draftContracts, planContracts } from '../../db/queries/billing/draft.ts';
import { ordersOf, orderTopUp } from '../../db/queries/billing/top-ups.ts';
import { revenueLines } from '../../db/queries/month-close/documents.ts';
import { monthSums } from '../../db/queries/month-close/facts.ts';
import { postAllocations } from '../../db/queries/payment/post.ts';
import { openPapers } from '../../db/queries/payment/receivable.ts';
import { forfeitPrepaid } from '../../db/queries/prepaid/forfeit.ts';
import { readLedger } from '../../db/queries/prepaid/ledger.ts';
import { lowBalances } from '../../db/queries/prepaid/low.ts';
import { settleTopUps } from '../../db/queries/prepaid/top-up.ts';
import { decideUncovered, uncoveredOpen, uncoveredToInvoice } from '../../db/queries/prepaid/uncovered.ts';
import { bookUsage } from '../../db/queries/prepaid/usage.ts';
import { findOpenTask } from '../../db/queries/task/find.ts';
import { billingRuns, contracts, papers, usageEvents } from '../../db/schema/index.ts';
import { insertContractRows } from '../../dev/contract-rows.ts';
import { DEFAULT_BILLING_POLICY as policy } from '../../domain/billing/billing-policy.ts';
import { civilDate, monthKey } from '../../domain/calendar/civil-date.ts';
import { plantedRun } from '../support/issued-papers.ts';
import { openTestDatabase } from '../support/workers.ts';

const DAY = civilDate('2026-05-10');
const businessAt = new Date('2026-05-10T03:00:00Z');

let pool: ReturnType<typeof openTestDatabase>;
beforeAll(() => {
  pool = openTestDatabase();
});
afterAll(async () => pool.close());

/** A contract that prepays. */
async function prepaying(balanceYen = 0): Promise<string> {
  const [contractId = ''] = await insertContractRows(pool.db, 1, { prefix: randomUUID().slice(0, 8) });
  await pool.db
    .update(contracts)
    .set({ communicationPayment: 'prepaid', prepaidBalanceYen: balanceYen })
    .where(eq(contracts.id, contractId));
  return contractId;
}

/** An order with its issued bill, as a run of a day leaves it. */
async function billed(contractId: string, amountYen: number): Promise<string> {
  const order = await pool.db.transaction((tx) =>
    orderTopUp(tx, {
      contractId,
      orderKey: randomUUID(),
      amountYen,
      orderedOn: DAY,
      orderedBy: randomUUID(),
    }),
  );
  const runId = randomUUID();
  const runOn = civilDate(
    `20${String(30 + Math.floor(Math.random() * 60))}-0${1 + Math.floor(Math.random() * 9)}-${10 + Math.floor(Math.random() * 18)}`,
  );
  await pool.db
    .insert(billingRuns)
    .values({ id: runId, runOn, sandbox: true, cause: 'daily', startedBy: 'system', status: 'issued' });
  const [paper] = await pool.db
    .insert(papers)
    .values({
      ...{ runId, contractId, type: 'topUp', status: 'issued', about: `topUp/${order?.id}` },
      ...{ recipient: 'customer', payer: 'customer', deliveredBy: 'operator', issuedOn: DAY, dueOn: DAY },
      ...{ periodFrom: DAY, periodTo: DAY, lines: [], netYen: amountYen, taxYen: 0, totalYen: amountYen },
      ...{ taxRounding: 'floor', sandbox: true, number: randomUUID() },
    })
    .returning();
  return paper?.id ?? '';
}

const use = (contractId: string, usedOn: string, quantity: string) =>
  pool.db.insert(usageEvents).values({
    ...{ contractId, sourceId: randomUUID(), occurredAt: new Date(`${usedOn}T03:00:00Z`) },
    ...{ usedOn: civilDate(usedOn), category: 'sms', quantity, receivedOn: civilDate(usedOn) },
  });
const bookDay = (contractId: string) => bookUsage(pool.db, { contractId, through: DAY, policy, businessAt });
const entries = async (contractId: string) =>
  (await readLedger(pool.db, contractId)).map(({ kind, amountYen }) => `${kind} ${amountYen}`);
const balanceOf = async (contractId: string) =>
  (await pool.db.select().from(contracts).where(eq(contracts.id, contractId)))[0]?.prepaidBalanceYen;

/** Posts a payment on a bill; negative: what was paid is taken back. */
async function post(paperId: string, amountYen: number, reverses: string | null = null): Promise<string> {
  const id = randomUUID();
  const row = { id, paperId, amountYen, on: DAY, reverses, madeBy: 'system' };
  await pool.db.transaction((tx) => postAllocations(tx, [row], 'test'));
  return id;
}

test('a top-up is credited when the last yen of its bill is paid, once however often and by how many at once it is told', async () => {
  const contractId = await prepaying();
  const paperId = await billed(contractId, 50_000);
  await post(paperId, 49_999);
  expect(await balanceOf(contractId)).toBe(0);
  await post(paperId, 1);
  const told = { paperId, on: DAY, madeBy: 'system' };
  const tell = () => pool.db.transaction((tx) => settleTopUps(tx, [told]));
  await Promise.all([tell(), tell(), tell()]);
  expect(await balanceOf(contractId)).toBe(50_000);
  expect(await entries(contractId)).toEqual(['topUp 50000']);
});

test('a payment that is taken back takes the top-up back, and one that is made anew credits it anew', async () => {
  const contractId = await prepaying();
  const paperId = await billed(contractId, 50_000);
  const first = await post(paperId, 50_000);
  await post(paperId, -50_000, first);
  expect(await balanceOf(contractId)).toBe(0);
  const second = await post(paperId, 50_000);
  await post(paperId, -50_000, second);
  await post(paperId, 50_000);
  expect(await entries(contractId)).toEqual([
    ...['topUp 50000', 'reversal -50000', 'topUp 50000', 'reversal -50000', 'topUp 50000'],
  ]);
});

test('a top-up that is used stays in the ledger when its payment is taken back, and is credited no second time', async () => {
  const contractId = await prepaying();
  const paperId = await billed(contractId, 100);
  const paid = await post(paperId, 100);
  await use(contractId, '2026-05-01', '5');
  expect(await bookDay(contractId)).toBeNull();
  const before = await entries(contractId);
  await post(paperId, -100, paid);
  await post(paperId, 100);
  expect(await entries(contractId)).toEqual(before);
});

test('an order is taken once for its form; the same form with another amount is refused', async () => {
  const contractId = await prepaying();
  const order = (amountYen: number, orderKey: string) =>
    pool.db.transaction((tx) =>
      orderTopUp(tx, { contractId, orderKey, amountYen, orderedOn: DAY, orderedBy: randomUUID() }),
    );
  const key = randomUUID();
  const [first, again] = await Promise.all([order(1_000, key), order(1_000, key)]);
  expect(first?.id).toBe(again?.id);
  expect(await order(2_000, key)).toBeNull();
  expect(await ordersOf(pool.db, contractId)).toHaveLength(1);
});

test('usage is booked once a day, a late event alone, and what the balance lacks waits for a person', async () => {
  const contractId = await prepaying(100);
  // 8.8 yen each: 10 are 88 yen, with tax 96.8.
  await use(contractId, '2026-05-01', '10');
  await Promise.all([bookDay(contractId), bookDay(contractId)]);
  expect(await entries(contractId)).toEqual(['opening 100', 'usage -96']);
  await use(contractId, '2026-05-01', '10');
  await bookDay(contractId);
  await bookDay(contractId);
  expect(await balanceOf(contractId)).toBe(0);
  const [open] = await uncoveredOpen(pool.db, contractId);
  expect(open).toMatchObject({ month: '2026-05-01', yen: 92 });
  const asked = () => findOpenTask(pool.db, { subjectId: contractId, kind: 'prepaidUncovered' });
  expect(await asked()).toMatchObject({ role: 'billing', subjectType: 'contract' });

  const decide = (shownYen: number) =>
    pool.db.transaction((tx) =>
      decideUncovered(tx, {
        ...{ contractId, month: civilDate('2026-05-01'), decision: 'invoice', shownYen },
        ...{ staffId: randomUUID(), today: DAY },
      }),
    );
  expect(await decide(91)).toEqual({ changedYen: 92 });
  const decided = await Promise.all([decide(92), decide(92)]);
  expect(decided).toContainEqual({ yen: 92 });
  expect(decided).toContainEqual({ changedYen: 0 });
  expect(await asked()).toBeNull();
  expect(await uncoveredOpen(pool.db, contractId)).toEqual([]);
  expect(await uncoveredToInvoice(pool.db, { contractId, through: DAY })).toEqual([
    { month: '2026-05-01', yen: 92 },
  ]);
});

test('at the end usage is booked before the rest is forfeited; what comes later is uncovered', async () => {
  const contractId = await prepaying(1_000);
  await use(contractId, '2026-05-02', '10');
  await bookDay(contractId);
  const end = { contractId, endedOn: DAY, businessAt };
  expect(await forfeitPrepaid(pool.db, end)).toBe(904);
  await use(contractId, '2026-05-03', '10');
  await bookDay(contractId);
  expect(await entries(contractId)).toEqual(['opening 1000', 'usage -96', 'forfeiture -904']);
  expect(await uncoveredOpen(pool.db, contractId)).toMatchObject([{ yen: 96 }]);
});

test.each([
  ['forfeited', 1_000],
  ['at 0', 0],
])(
  'a bill that is paid after the balance has ended (%s) is not credited: billing is asked to pay back',
  async (_, yen) => {
    const contractId = await prepaying(yen);
    const paperId = await billed(contractId, 50_000);
    await forfeitPrepaid(pool.db, { contractId, endedOn: DAY, businessAt });
    await pool.db
      .update(contracts)
      .set({ status: 'ended', endsOn: civilDate('2026-04-30') })
      .where(eq(contracts.id, contractId));
    const before = await entries(contractId);
    const paid = await post(paperId, 50_000);
    expect(await entries(contractId)).toEqual(before);
    const asked = { subjectId: contractId, kind: 'topUpAfterEnd' } as const;
    expect(await findOpenTask(pool.db, asked)).toMatchObject({ role: 'billing' });
    await post(paperId, -50_000, paid);
    expect(await entries(contractId)).toEqual(before);
  },
);

test('a category without a price stops its contract alone, in words, and nothing of it is booked', async () => {
  const contractId = await prepaying(1_000);
  await use(contractId, '2026-05-02', '10');
  await pool.db.insert(usageEvents).values({
    ...{ contractId, sourceId: randomUUID(), occurredAt: businessAt, usedOn: civilDate('2026-05-03') },
    ...{ category: 'fax', quantity: '1', receivedOn: DAY },
  });
  expect(await bookDay(contractId)).toMatchObject({
    contractId,
    message: expect.stringContaining('通信「fax」'),
  });
  expect(await balanceOf(contractId)).toBe(1_000);
});

test('a low balance is told of contracts below the line that were ever charged', async () => {
  const [low, enough] = [await prepaying(), await prepaying()];
  for (const [contractId, yen] of [
    [low, 4_999],
    [enough, 5_000],
  ] as const) {
    const paperId = await billed(contractId, yen);
    await post(paperId, yen);
  }
  const found = (await lowBalances(pool.db, { sandbox: true, belowYen: 5_000, limit: 10_000 })).map(
    ({ contractId }) => contractId,
  );
  expect(found).toContain(low);
  expect(found).not.toContain(enough);
  expect(await lowBalances(pool.db, { sandbox: true, belowYen: 0, limit: 10 })).toEqual([]);
});

test('a run states the use of past months once; what is booked late comes with the next, alone', async () => {
  const contractId = await prepaying(10_000);
  await use(contractId, '2026-05-01', '10');
  await bookDay(contractId);
  const planned = async (day: string) => {
    const runOn = civilDate(day);
    const found = (await planContracts(pool.db, { contractIds: [contractId], runOn, policy })).get(
      contractId,
    );
    if (found === undefined || 'problem' in found) throw new Error('nothing was planned');
    return found.plan.documents.filter(({ type }) => type === 'usageStatement');
  };
  expect(await planned('2026-05-20')).toEqual([]);
  const [statement, ...more] = await planned('2026-06-10');
  expect(more).toEqual([]);
  expect(statement).toMatchObject({ totalYen: 96, dueOn: null, period: { from: '2026-05-01' } });

  const runId = await plantedRun(pool.db);
  const runOn = civilDate('2026-06-10');
  await pool.db.update(billingRuns).set({ status: 'drafting' }).where(eq(billingRuns.id, runId));
  const drafted = { runId, contractIds: [contractId], runOn, policy, operator: null };
  expect(await draftContracts(pool.db, drafted)).toEqual([]);
  await pool.db.update(billingRuns).set({ status: 'issued' }).where(eq(billingRuns.id, runId));
  const rows = await pool.db.select().from(papers).where(eq(papers.contractId, contractId));
  const stated = rows.filter(({ type }) => type === 'usageStatement');
  expect(stated).toMatchObject([{ about: 'usage/2026-05-01', totalYen: 96, taxIncluded: true }]);
  expect(await planned('2026-06-10')).toEqual([]);
  await statementInBooks(runId, contractId);

  await use(contractId, '2026-05-02', '10');
  await bookDay(contractId);
  expect(await planned('2026-07-10')).toMatchObject([{ totalYen: 96, issuedOn: '2026-07-10' }]);
  await pool.db.delete(papers).where(and(eq(papers.runId, runId), eq(papers.status, 'draft')));
});

/** Once it is issued it asks for nothing, and earns what was used without tax, in the month of the use. */
async function statementInBooks(runId: string, contractId: string): Promise<void> {
  const month = monthKey('2026-06');
  const customer = await customerOf(contractId);
  const [before, after] = await pool.db.transaction(
    async (tx) => {
      const unissued = await monthSums(tx, { month, sandbox: true });
      await tx
        .update(papers)
        .set({ status: 'issued', number: `USE-${randomUUID()}`, issuedAt: new Date(), drawnAt: new Date() })
        .where(and(eq(papers.runId, runId), eq(papers.type, 'usageStatement')));
      return [unissued, await monthSums(tx, { month, sandbox: true })];
    },
    // What other tests issue meanwhile is not seen.
    { isolationLevel: 'repeatable read' },
  );
  expect(await openPapers(pool.db, { sandbox: true, payers: [customer] })).toEqual([]);
  const lines = await revenueLines(pool.db, { month, sandbox: true });
  const ours = lines.filter(({ item, amountYen }) => item === 'prepaidUse' && amountYen === 88);
  expect(ours.length).toBeGreaterThan(0);
  // 96 yen hold 8 of tax: the tax counts, the balance pays the rest.
  const { totalYen, taxYen, netYen } = after;
  expect([totalYen - before.totalYen, taxYen - before.taxYen, netYen - before.netYen]).toEqual([0, 8, -8]);
}

async function customerOf(contractId: string): Promise<string> {
  const row = await pool.db.query.contracts.findFirst({ where: (t, { eq: is }) => is(t.id, contractId) });
  return row?.customerId ?? '';
}
