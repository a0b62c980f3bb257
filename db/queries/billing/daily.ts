import { and, eq, exists, gt, gte, isNotNull, isNull, lt, lte, not, or, type SQL, sql } from 'drizzle-orm';
import { InvalidValueError } from '../../../domain/base/invalid-value.ts';
import { planDay } from '../../../domain/billing/day.ts';
import { differencesToLast } from '../../../domain/billing/draft-checks.ts';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import type { Database, Executor, Transaction } from '../../client.ts';
import {
  type BillingProblem,
  contracts,
  discontinuationContracts,
  discontinuations,
  papers,
  topUpOrders,
} from '../../schema/index.ts';
import { type ContractPage, contractPage } from '../contract/page.ts';
import { uncoveredToInvoice, uncoveredWaits } from '../prepaid/uncovered.ts';
import { contractsLeft, type DraftInput, findingsOf, storeDrafts } from './draft.ts';
import { type BillingFacts, readBillingFactsOf } from './facts.ts';
import { isStanding, standingPapers } from './standing.ts';
import { ordersWithoutBill } from './top-ups.ts';

/** One page of contracts that get papers outside the month's bills, as known on a day, by id. */
export function contractsOfDay(db: Executor, query: ContractPage & { runOn: CivilDate }): Promise<string[]> {
  const { runOn } = query;
  const waits = [
    beyondTheEnd(db, runOn),
    refundWaits(db, runOn),
    orderWaits(db, runOn),
    uncoveredWaits(runOn),
  ];
  return contractPage(db, query, or(...waits));
}

/** An invoice stands with lines that begin after the known end (第10条3項); a termination is known on its day, not before. */
function beyondTheEnd(db: Executor, runOn: CivilDate): SQL | undefined {
  const line = sql`jsonb_array_elements(${papers.lines}) as line`;
  return and(
    isNotNull(contracts.endsOn),
    or(not(eq(contracts.status, 'terminated')), lte(contracts.endsOn, runOn)),
    exists(
      db
        .select({ id: papers.id })
        .from(papers)
        .where(
          and(
            ...[eq(papers.contractId, contracts.id), eq(papers.status, 'issued'), isStanding(db)],
            sql`${papers.type} in ('invoice', 'statement') and ${papers.periodTo} > ${contracts.endsOn}`,
            sql`exists (select 1 from ${line} where line->>'from' > ${contracts.endsOn}::text)`,
          ),
        ),
    ),
  );
}

/** The final figures of a discontinuation give money back that was invoiced, and no paper says so yet (第16条). */
function refundWaits(db: Executor, runOn: CivilDate): SQL | undefined {
  return exists(
    db
      .select({ id: discontinuations.id })
      .from(discontinuationContracts)
      .innerJoin(discontinuations, eq(discontinuations.id, discontinuationContracts.discontinuationId))
      .where(
        and(
          eq(discontinuationContracts.contractId, contracts.id),
          eq(discontinuationContracts.version, discontinuations.version),
          eq(discontinuationContracts.basis, 'papers'),
          gt(discontinuationContracts.feeYen, 0),
          lt(discontinuations.lastDay, runOn),
          not(
            exists(
              db
                .select({ id: papers.id })
                .from(papers)
                .where(and(eq(papers.contractId, contracts.id), isNotNull(papers.ofId))),
            ),
          ),
        ),
      ),
  );
}

/** A top-up was ordered and is not billed (第6条5項). */
function orderWaits(db: Executor, runOn: CivilDate): SQL | undefined {
  return exists(
    db
      .select({ id: topUpOrders.id })
      .from(topUpOrders)
      .leftJoin(papers, eq(papers.about, sql`'topUp/' || ${topUpOrders.id}::text`))
      .where(
        and(
          ...[eq(topUpOrders.contractId, contracts.id), isNull(papers.id)],
          ...[lte(topUpOrders.orderedOn, runOn), gte(topUpOrders.orderedOn, contracts.concludedOn)],
          or(isNull(contracts.endsOn), lte(topUpOrders.orderedOn, contracts.endsOn)),
        ),
      ),
  );
}

/**
 * Stores what the contracts of a page get outside the month's bills, in one transaction, once for a run. Gives the problems where
 * the rules cannot work with what is there.
 */
export async function draftDay(db: Database, input: DraftInput): Promise<BillingProblem[]> {
  const { runId, runOn } = input;
  return db.transaction(async (tx) => {
    const left = await contractsLeft(tx, input);
    if (left === null) return [];
    const { contractIds, sandbox } = left;
    const found = await readBillingFactsOf(tx, { contractIds, today: runOn });
    const problems: BillingProblem[] = [];
    for (const [contractId, facts] of found) {
      try {
        const rows = await rowsOfDay(tx, { ...input, contractId, facts });
        await storeDrafts(
          tx,
          runId,
          rows.map((row) => ({ ...row, runId, contractId, sandbox })),
        );
      } catch (error) {
        if (!(error instanceof InvalidValueError)) throw error;
        problems.push({ contractId, message: error.message });
      }
    }
    return problems;
  });
}

async function rowsOfDay(tx: Transaction, input: DraftInput & { contractId: string; facts: BillingFacts }) {
  const { contractId, facts, runOn, policy } = input;
  const { standing, withoutDocument } = await standingPapers(tx, contractId);
  const asked = { contractId, through: runOn };
  const plan = planDay({
    ...{ contract: facts.contract, lists: facts.lists, withoutDocument, day: runOn, policy },
    standing: standing.map(({ document }) => document),
    orders: await ordersWithoutBill(tx, asked),
    uncovered: await uncoveredToInvoice(tx, asked),
  });
  const rows = [];
  for (const { about, document } of plan) {
    const { period, corrects, of, taxIncluded, ...draft } = document;
    const named = standing.find((each) => each.document.number === (corrects ?? of)?.number);
    const last = corrects === null ? null : (named?.document ?? null);
    const checked = { ...input, draft: document, last, partnerNamed: facts.partnerNamed };
    rows.push({
      ...{ ...draft, about, status: 'draft' as const },
      ...{ periodFrom: period.from, periodTo: period.to, taxRounding: policy.taxRounding },
      taxIncluded: taxIncluded ?? false,
      correctsId: corrects === null ? null : (named?.row.id ?? null),
      ofId: of === null ? null : (named?.row.id ?? null),
      findings: await findingsOf(tx, checked),
      differences: last === null ? [] : differencesToLast(document, last),
    });
  }
  return rows;
}

/** Whether anything waits for a run of a day. */
export async function dayWaits(
  db: Executor,
  query: { runOn: CivilDate; sandbox: boolean },
): Promise<boolean> {
  return (await contractsOfDay(db, { ...query, after: null, limit: 1 })).length > 0;
}
