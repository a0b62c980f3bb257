import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, expect, test } from 'vitest';
import { issuePapers } from '../../db/queries/billing/issue.ts';
import { lookAtDunning } from '../../db/queries/dunning/look.ts';
import { documentsOfMonth } from '../../db/queries/month-close/documents.ts';
import { monthSums } from '../../db/queries/month-close/facts.ts';
import { ageingFacts } from '../../db/queries/payment/ageing.ts';
import { lockPayments } from '../../db/queries/payment/lock.ts';
import { creditOf, postAllocations } from '../../db/queries/payment/post.ts';
import { openPapers } from '../../db/queries/payment/receivable.ts';
import { billingRuns, dunnings, papers } from '../../db/schema/index.ts';
import { ageing } from '../../domain/billing/ageing.ts';
import { civilDate, jstInstant, monthKey } from '../../domain/calendar/civil-date.ts';
import { type PlantedPaper, plantedRun, plantPapers, rowOfPaper } from '../support/issued-papers.ts';
import { openTestDatabase } from '../support/workers.ts';

const { db, close } = openTestDatabase();
afterAll(close);

/** Months in which no other test has papers. */
const [ISSUED, DUE, CORRECTED] = ['2031-05-10', '2031-05-30', '2031-07-01'].map(civilDate);
const NOW = new Date(`${CORRECTED}T12:00:00+09:00`);

async function invoice(totalYen: number, paidYen: number): Promise<PlantedPaper> {
  if (ISSUED === undefined || DUE === undefined) throw new Error('no days');
  const prefix = `COR${randomUUID().slice(0, 8).toUpperCase()}`;
  const [paper] = await plantPapers(db, prefix, [
    { kana: 'カブシキガイシャウメ', totalYen, issuedOn: ISSUED, dueOn: DUE },
  ]);
  if (paper === undefined) throw new Error('no paper was planted');
  const { paperId, contractId } = paper;
  await db.insert(dunnings).values({ id: paperId, contractId, sandbox: true });
  await db.transaction(async (tx) => {
    await lockPayments(tx, 'posts');
    if (paidYen === 0) return;
    await postAllocations(tx, [{ paperId, amountYen: paidYen, on: DUE, madeBy: 'test' }], randomUUID());
  });
  return paper;
}

/** Issues a paper of another sum in its place, as a run does; its id. */
async function correct(old: PlantedPaper, totalYen: number): Promise<string> {
  if (CORRECTED === undefined) throw new Error('no day');
  const runId = await plantedRun(db);
  const paperId = randomUUID();
  const anew = { ...old, paperId, totalYen, issuedOn: CORRECTED, dueOn: CORRECTED };
  await db.insert(papers).values({
    ...{ ...rowOfPaper(runId, anew), status: 'draft', number: null, issuedAt: null, drawnAt: null },
    ...{ about: old.paperId, correctsId: old.paperId, deliveredBy: 'operator' },
  });
  await db.update(billingRuns).set({ status: 'issuing' }).where(eq(billingRuns.id, runId));
  expect(await issuePapers(db, { runId, limit: 10, businessAt: NOW })).toEqual({ issued: 1 });
  return paperId;
}

const open = async (paper: PlantedPaper) =>
  (await openPapers(db, { sandbox: true, payers: [paper.customerId] })).map(({ paperId, openYen }) => ({
    paperId,
    openYen,
  }));
const credit = (paper: PlantedPaper) => creditOf(db, { payer: paper.customerId, sandbox: true });

test('what was paid of a corrected invoice goes over to the new one; the rest of it is open', async () => {
  const old = await invoice(39_600, 20_000);
  const paperId = await correct(old, 30_000);
  expect(await open(old)).toEqual([{ paperId, openYen: 10_000 }]);
  expect(await credit(old)).toBe(0);
});

test('what was paid beyond the new sum is the payer’s credit', async () => {
  const old = await invoice(39_600, 39_600);
  await correct(old, 30_000);
  expect(await open(old)).toEqual([]);
  expect(await credit(old)).toBe(9_600);
});

test('one that is replaced is owed, dunned and counted no more, paid or not', async () => {
  const months = [monthKey('2031-05'), monthKey('2031-07')] as const;
  const sums = () => Promise.all(months.map((month) => monthSums(db, { month, sandbox: true })));
  const before = await sums();
  const old = await invoice(39_600, 0);
  const paperId = await correct(old, 30_000);
  expect(await open(old)).toEqual([{ paperId, openYen: 30_000 }]);
  const asOf = (day: string) =>
    ageingFacts(db, { asOf: civilDate(day), sandbox: true, payer: old.customerId }).then(
      (facts) => ageing(facts).value.totalYen,
    );
  expect(await asOf('2031-06-30')).toBe(39_600);
  expect(await asOf('2031-07-01')).toBe(30_000);
  const nowMs = jstInstant(civilDate('2031-07-02'));
  expect(await lookAtDunning(db, { paperId: old.paperId, nowMs })).toEqual({
    status: 'replaced',
    step: null,
  });

  const after = await sums();
  const grown = (key: 'totalYen' | 'receivableYen') =>
    after.map((month, index) => month[key] - (before[index]?.[key] ?? 0));
  expect(grown('totalYen')).toEqual([39_600, 30_000 - 39_600]);
  expect(grown('receivableYen')).toEqual([39_600, 30_000]);
  const exported = await documentsOfMonth(db, { month: months[1], sandbox: true });
  expect(exported.map(({ replaced }) => replaced?.number)).toContain(old.number);
});
