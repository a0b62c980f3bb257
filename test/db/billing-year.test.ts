import { randomUUID } from 'node:crypto';
import { eq, inArray } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { draftDay } from '../../db/queries/billing/daily.ts';
import { draftContracts } from '../../db/queries/billing/draft.ts';
import { issuePapers } from '../../db/queries/billing/issue.ts';
import { billingRuns, contracts, papers, usageEvents } from '../../db/schema/index.ts';
import { insertContractRows } from '../../dev/contract-rows.ts';
import { decimal } from '../../domain/base/decimal.ts';
import { DEFAULT_BILLING_POLICY as policy } from '../../domain/billing/billing-policy.ts';
import { addDays, addMonths, type CivilDate, civilDate } from '../../domain/calendar/civil-date.ts';
import { generateContracts, type OracleContract, oraclePapers } from '../support/billing-oracle.ts';
import { openTestDatabase } from '../support/workers.ts';

const CONTRACTS = 60;
const SEED = 20_261_130;
const FIRST = civilDate('2026-04-10');
const MONTHS = 13;

let pool: ReturnType<typeof openTestDatabase>;
beforeAll(() => {
  pool = openTestDatabase();
});
afterAll(async () => pool.close());

/** The generated contracts as rows; their ids in the same order. */
async function store(generated: readonly OracleContract[]): Promise<string[]> {
  const ids = await insertContractRows(pool.db, generated.length, { prefix: randomUUID().slice(0, 8) });
  for (const [index, { kind, plan, options, licences, usage }] of generated.entries()) {
    const contractId = ids[index] ?? '';
    await pool.db
      .update(contracts)
      .set({ kind, planCode: plan, options, licences })
      .where(eq(contracts.id, contractId));
    if (usage.length === 0) continue;
    await pool.db.insert(usageEvents).values(
      usage.map(({ on, receivedOn, category, hundredths }) => ({
        ...{ contractId, sourceId: randomUUID(), occurredAt: new Date(`${on}T12:00:00+09:00`), category },
        ...{ usedOn: civilDate(on), receivedOn: civilDate(receivedOn) },
        quantity: (hundredths / 100).toFixed(2),
      })),
    );
  }
  return ids;
}

/** A run of a day, released: its row bears a day of its own, so that it meets no other test's run. */
async function run(
  cause: 'monthly' | 'daily',
  runOn: CivilDate,
  contractIds: readonly string[],
): Promise<void> {
  const runId = randomUUID();
  const own = addDays(civilDate('2100-01-01'), Math.floor(Math.random() * 300_000));
  await pool.db
    .insert(billingRuns)
    .values({ id: runId, runOn: own, sandbox: true, cause, startedBy: 'system', status: 'drafting' });
  const draft = cause === 'daily' ? draftDay : draftContracts;
  const input = { runId, contractIds, runOn, policy, operator: null };
  expect(await draft(pool.db, input)).toEqual([]);
  // A second draft of the same run makes nothing twice.
  expect(await draft(pool.db, input)).toEqual([]);
  await pool.db.update(billingRuns).set({ status: 'issuing' }).where(eq(billingRuns.id, runId));
  while ((await issuePapers(pool.db, { runId, limit: 25, businessAt: new Date() })).issued === 25);
  await pool.db.update(billingRuns).set({ status: 'issued' }).where(eq(billingRuns.id, runId));
}

async function papersOf(ids: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await pool.db
    .select()
    .from(papers)
    .where(inArray(papers.contractId, [...ids]));
  const texts = new Map<string, string[]>(ids.map((id) => [id, []]));
  for (const { contractId, status, issuedOn, dueOn, lines, netYen, taxYen, totalYen } of rows) {
    expect(status).not.toBe('draft');
    if (status !== 'issued') continue;
    const said = lines
      .map(({ item, from, to, quantity }) => {
        const { units, scale } = decimal(quantity);
        return `${item}/${from}..${to}/${units * 10n ** BigInt(2 - scale)}`;
      })
      .sort();
    texts.get(contractId)?.push(`${issuedOn} ${dueOn} ${netYen}+${taxYen}=${totalYen} ${said.join(' ')}`);
  }
  return new Map([...texts].map(([id, some]) => [id, some.sort()]));
}

test('a year of runs agrees to the yen, on every paper, with another implementation of the rules', async () => {
  const generated = generateContracts(CONTRACTS, SEED);
  const ids = await store(generated);
  const ends = generated.flatMap(({ terminatedOn }) => terminatedOn ?? []);
  const days = [
    ...Array.from({ length: MONTHS }, (_, n) => ({ cause: 'monthly' as const, on: addMonths(FIRST, n) })),
    ...[...new Set(ends)].map((on) => ({ cause: 'daily' as const, on: civilDate(on) })),
    // An end is known to the run of its day.
  ].sort((a, b) => (a.on === b.on ? (a.cause === 'daily' ? -1 : 1) : a.on < b.on ? -1 : 1));
  for (const { cause, on } of days) {
    const ending = ids.filter((_, index) => generated[index]?.terminatedOn === on);
    if (ending.length > 0) {
      await pool.db
        .update(contracts)
        .set({ status: 'terminated', endsOn: on })
        .where(inArray(contracts.id, ending));
    }
    await run(cause, on, cause === 'daily' ? ending : ids);
  }
  const made = await papersOf(ids);
  const months = { firstMonth: '2026-04', months: MONTHS, runDay: '10' };
  for (const [index, contract] of generated.entries()) {
    const message = `contract ${index}: ${JSON.stringify(contract)}`;
    expect(made.get(ids[index] ?? ''), message).toEqual(oraclePapers(contract, months));
  }
}, 300_000);
