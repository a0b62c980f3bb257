import { randomUUID } from 'node:crypto';
import { and, eq, inArray, isNotNull } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { billedLines } from '../../db/queries/billing/standing.ts';
import { contracts, documents, mails, papers, topUpOrders } from '../../db/schema/index.ts';
import { insertContractRows } from '../../dev/contract-rows.ts';
import { addDays, civilDate } from '../../domain/calendar/civil-date.ts';
import { billingDriver } from '../support/billing.ts';
import { type OwnStack, startOwnStack } from '../support/own-stack.ts';
import { type RunningWorkers, startWorkers } from '../support/workers.ts';

/** The planted contracts run from 2026-04-01: this run bills their second year. */
const MONTHLY = civilDate('2027-03-10');
const TERMINATED = civilDate('2027-03-20');

let stack: OwnStack;
let workers: RunningWorkers;
let rows: string[];
beforeAll(async () => {
  stack = await startOwnStack();
  workers = await startWorkers(stack.env);
  rows = await insertContractRows(workers.composed.db, 4, { prefix: 'DAY' });
});
afterAll(async () => {
  await workers.stop();
  await stack.stop();
});

const db = () => workers.composed.db;
const driver = (cause: 'monthly' | 'daily') => billingDriver(db(), workers.client, cause);
const papersOf = (contractId: string) => db().select().from(papers).where(eq(papers.contractId, contractId));

test('an end that becomes known after the invoice replaces it by one without the year that never begins: two people, a new number, PDF, mail; once', async () => {
  const [first = '', second = ''] = rows;
  const monthly = driver('monthly');
  await monthly.begin(MONTHLY);
  await monthly.release(MONTHLY);
  await monthly.inStatus(MONTHLY, 'issued');
  const before = (await papersOf(first)).filter(({ status }) => status === 'issued');
  const old = before.find(({ issuedOn }) => issuedOn === MONTHLY);

  await db()
    .update(contracts)
    .set({ status: 'terminated', endsOn: TERMINATED })
    .where(eq(contracts.id, first));
  const daily = driver('daily');
  await daily.begin(addDays(TERMINATED, -1));
  expect(await daily.inStatus(addDays(TERMINATED, -1), 'issued')).toMatchObject({ papers: 0 });

  const twice = await Promise.all([daily.begin(TERMINATED), daily.begin(TERMINATED)]);
  expect(twice.filter(({ ok }) => ok)).toHaveLength(1);
  const run = await daily.inStatus(TERMINATED, 'review');
  const [draft, ...more] = await daily.papers(run.id);
  expect(more).toEqual([]);
  expect(draft).toMatchObject({ contractId: first, type: 'invoice', status: 'draft', issuedOn: TERMINATED });
  // The year that had begun stays, the one that never begins goes.
  expect(draft).toMatchObject({ correctsId: old?.id, totalYen: 396_000, lines: [{ from: '2026-04-01' }] });
  expect(old?.lines.map(({ from }) => from)).toEqual(['2026-04-01', '2027-04-01']);
  // What the draft takes back is billed no more, not even while it waits.
  expect((await billedLines(db(), first)).some(({ from }) => from > TERMINATED)).toBe(false);
  const reviewer = randomUUID();
  expect(await daily.decide(TERMINATED, 'billingReview', 'agree', reviewer)).toEqual({ ok: true });
  expect(await daily.decide(TERMINATED, 'billingApproval', 'agree', reviewer)).toMatchObject({
    code: 'samePerson',
  });
  const releases = await Promise.all([
    daily.decide(TERMINATED, 'billingApproval', 'agree'),
    daily.decide(TERMINATED, 'billingApproval', 'agree'),
  ]);
  expect(releases.filter(({ ok }) => ok)).toHaveLength(1);
  await daily.inStatus(TERMINATED, 'issued');

  const [corrected] = await daily.papers(run.id);
  expect(corrected?.number).toMatch(/^TEST-INV-2027-\d{6}$/);
  expect(corrected?.position).toBeGreaterThan(old?.position ?? 0);
  expect(corrected?.drawnAt).not.toBeNull();
  expect((await papersOf(first)).find(({ id }) => id === old?.id)).toEqual(old);
  const filed = await db()
    .select()
    .from(documents)
    .where(eq(documents.number, corrected?.number ?? ''));
  expect(filed).toHaveLength(1);
  const sent = await db()
    .select()
    .from(mails)
    .where(eq(mails.key, `invoice/${corrected?.id}`));
  expect(sent).toMatchObject([{ status: 'accepted', subjectId: first }]);

  // Nothing is corrected twice, and the other contracts' invoices stand.
  const day = addDays(TERMINATED, 1);
  await daily.begin(day);
  expect(await daily.inStatus(day, 'issued')).toMatchObject({ papers: 0 });
  expect((await papersOf(second)).every(({ correctsId }) => correctsId === null)).toBe(true);
  const replaced = await db()
    .select()
    .from(papers)
    .where(and(inArray(papers.contractId, rows), isNotNull(papers.correctsId)));
  expect(replaced).toHaveLength(1);
}, 300_000);

test('a correction that people discard leaves the old invoice as it stands, and comes again with the next day', async () => {
  const [, second = ''] = rows;
  const [day, next] = [civilDate('2027-03-25'), civilDate('2027-03-26')];
  const daily = driver('daily');
  await db().update(contracts).set({ status: 'terminated', endsOn: day }).where(eq(contracts.id, second));
  await daily.begin(day);
  await daily.decide(day, 'billingReview', 'discard');
  await daily.inStatus(day, 'discarded');
  expect((await billedLines(db(), second)).some(({ from }) => from > day)).toBe(true);
  await daily.begin(next);
  const run = await daily.inStatus(next, 'review');
  expect((await daily.papers(run.id)).map(({ contractId, issuedOn }) => [contractId, issuedOn])).toEqual([
    [second, next],
  ]);
  await daily.decide(next, 'billingReview', 'discard');
}, 300_000);

test('two orders of a day are two bills of their own series, with the day of the order however late the run', async () => {
  const [, , third = ''] = rows;
  const [ordered, day] = [civilDate('2027-03-27'), civilDate('2027-03-29')];
  const order = { contractId: third, orderedOn: ordered, orderedBy: randomUUID() };
  await db()
    .insert(topUpOrders)
    .values([
      { ...order, orderKey: 'one', amountYen: 50_000 },
      { ...order, orderKey: 'two', amountYen: 30_000 },
    ]);
  const daily = driver('daily');
  await daily.begin(day);
  const run = await daily.inStatus(day, 'review');
  await daily.release(day);
  await daily.inStatus(day, 'issued');
  const bills = (await daily.papers(run.id)).filter(({ contractId }) => contractId === third);
  expect(bills.map(({ number, issuedOn }) => [number, issuedOn])).toEqual([
    ['TEST-TOP-2027-000001', ordered],
    ['TEST-TOP-2027-000002', ordered],
  ]);
  expect(bills.map(({ totalYen }) => totalYen).toSorted((a, b) => a - b)).toEqual([30_000, 50_000]);
  const sent = await db()
    .select()
    .from(mails)
    .where(
      inArray(
        mails.key,
        bills.map(({ id }) => `invoice/${id}`),
      ),
    );
  expect(sent.map(({ status }) => status)).toEqual(['accepted', 'accepted']);
  await daily.begin(addDays(day, 1));
  expect(await daily.inStatus(addDays(day, 1), 'issued')).toMatchObject({ papers: 0 });
}, 300_000);
