import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contractsOfDay, draftDay } from '../../db/queries/billing/daily.ts';
import { planContracts } from '../../db/queries/billing/draft.ts';
import { createDiscontinuation } from '../../db/queries/discontinuation/create.ts';
import { type PlanRow, planRows } from '../../db/queries/discontinuation/plan.ts';
import {
  billingRuns,
  contracts,
  discontinuationContracts,
  discontinuations,
  papers,
} from '../../db/schema/index.ts';
import { addBaseData } from '../../dev/base-data.ts';
import { type BillingPolicy, DEFAULT_BILLING_POLICY } from '../../domain/billing/billing-policy.ts';
import { addDays, type CivilDate, civilDate } from '../../domain/calendar/civil-date.ts';
import { DEFAULT_CUTOFF_POLICY } from '../../domain/calendar/cutoff.ts';
import type { ContractKind } from '../../domain/period/periods.ts';
import { contractRow } from '../support/contract-row.ts';
import { plantedRun } from '../support/issued-papers.ts';
import { openTestDatabase } from '../support/workers.ts';

const { db, close } = openTestDatabase();
beforeAll(async () => addBaseData(db));
afterAll(close);

const LAST_DAY = civilDate('2027-06-20');
const ANNOUNCED = civilDate('2027-06-15');
const POLICY: BillingPolicy = { ...DEFAULT_BILLING_POLICY, taxRounding: 'ceil' };

/** A contract whose invoices of some runs were released. */
async function billed(kind: ContractKind, runs: readonly string[]): Promise<string> {
  const contractId = await contractRow(db, { contractKind: kind, planCode: 'standard', licences: 20 });
  for (const runOn of runs.map(civilDate)) {
    const planned = (await planContracts(db, { contractIds: [contractId], runOn, policy: POLICY })).get(
      contractId,
    );
    if (planned === undefined || 'problem' in planned) throw new Error('nothing was planned');
    const runId = await plantedRun(db);
    for (const { period, corrects: _, of: __, taxIncluded: ___, ...document } of planned.plan.documents) {
      await db.insert(papers).values({
        ...{ ...document, periodFrom: period.from, periodTo: period.to, runId, contractId },
        ...{ status: 'issued', number: `AGR-${randomUUID()}` },
        ...{ taxRounding: POLICY.taxRounding, issuedAt: new Date(), sandbox: true },
      });
    }
  }
  return contractId;
}

/** What the list of a discontinuation gives back, of which nobody is told in time. */
async function listed(contractId: string, today: CivilDate, id: string | null = null): Promise<PlanRow> {
  const question = {
    scope: { sandbox: true, planCode: 'standard', discontinuationId: id, ended: id !== null, today },
    terms: {
      ...{ lastDay: LAST_DAY, planCode: 'standard', forceMajeure: false },
      ...{ announcedOn: ANNOUNCED, cutoff: DEFAULT_CUTOFF_POLICY },
    },
    ...{ billing: POLICY, noticeOn: () => ANNOUNCED },
  };
  for await (const row of planRows(db, question)) if (row.contractId === contractId) return row;
  throw new Error('the contract is not in the plan');
}

/** The contract ends with the discontinuation, and its final figures are stored. */
async function ended(contractId: string): Promise<PlanRow> {
  const id = await createDiscontinuation(db, {
    ...{ commandId: randomUUID(), sandbox: true, planCode: 'standard', lastDay: LAST_DAY },
    ...{ forceMajeure: false, reason: '', enteredBy: randomUUID() },
  });
  await db
    .update(discontinuations)
    .set({ status: 'done', announcedOn: ANNOUNCED, version: 1 })
    .where(eq(discontinuations.id, id));
  await db
    .update(contracts)
    .set({ status: 'ended', endsOn: LAST_DAY, discontinuationId: id, discontinuedOn: LAST_DAY })
    .where(eq(contracts.id, contractId));
  const final = await listed(contractId, addDays(LAST_DAY, 1), id);
  const { fate, basis, paid, late, noticeOn, period, periodFeeYen, refund } = final.outcome;
  await db.insert(discontinuationContracts).values({
    ...{ discontinuationId: id, version: 1, contractId, fate, basis, paid, late, noticeOn, periodFeeYen },
    ...{ ...refund, periodFrom: period.from, periodTo: period.to, steps: final.steps },
  });
  return final;
}

/** The papers that the day after draws. */
async function drawn(contractId: string) {
  const runId = randomUUID();
  const runOn = addDays(LAST_DAY, 1);
  await db.insert(billingRuns).values({
    ...{ id: runId, runOn, sandbox: true, cause: 'daily', status: 'drafting', startedBy: 'test' },
  });
  const problems = await draftDay(db, {
    runId,
    contractIds: [contractId],
    runOn,
    policy: POLICY,
    operator: null,
  });
  expect(problems).toEqual([]);
  const rows = await db.select().from(papers).where(eq(papers.runId, runId));
  await db.delete(papers).where(eq(papers.runId, runId));
  await db.delete(billingRuns).where(eq(billingRuns.id, runId));
  return rows;
}

const waits = async (contractId: string) =>
  (
    await contractsOfDay(db, { runOn: addDays(LAST_DAY, 1), sandbox: true, after: null, limit: 100_000 })
  ).includes(contractId);

test.each([
  ['annual', ['2026-09-20']],
  ['monthly', ['2027-06-10']],
] as const)(
  'of an %s contract a list gives back what the return paper says, to the yen',
  async (kind, runs) => {
    const contractId = await billed(kind, runs);
    const before = await listed(contractId, ANNOUNCED);
    const { outcome } = await ended(contractId);
    expect(outcome).toMatchObject({ basis: 'papers', paid: true, refund: before.outcome.refund });
    expect(await waits(contractId)).toBe(true);
    const [paper, ...more] = await drawn(contractId);
    expect(more).toEqual([]);
    expect(outcome.refund.feeYen).toBeGreaterThan(0);
    expect(paper).toMatchObject({
      ...{ netYen: outcome.refund.feeYen, taxYen: outcome.refund.taxYen },
      issuedOn: addDays(LAST_DAY, 1),
    });
  },
);

test('a period that was certain but not invoiced before the announcement gives no fee back, and no paper waits', async () => {
  // The month of the last day is missing: its run will bill it to the last day alone.
  const contractId = await billed('monthly', ['2026-12-10']);
  expect((await ended(contractId)).outcome).toMatchObject({
    basis: 'papers',
    paid: false,
    refund: { feeYen: 0 },
  });
  expect(await waits(contractId)).toBe(false);
});

test('a period that was billed elsewhere is refunded by the price list, said so, and waits for no paper', async () => {
  const contractId = await billed('annual', []);
  const { outcome, steps } = await ended(contractId);
  expect(outcome).toMatchObject({ basis: 'prices', paid: true });
  expect(outcome.refund.feeYen).toBeGreaterThan(0);
  expect(steps[0]?.text).toContain('料金表');
  expect(await waits(contractId)).toBe(false);
});
