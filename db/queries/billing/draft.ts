import { and, asc, desc, eq, gt, gte, inArray, isNull, lt, lte, or } from 'drizzle-orm';
import { InvalidValueError } from '../../../domain/base/invalid-value.ts';
import type { BillingPolicy } from '../../../domain/billing/billing-policy.ts';
import { billedBy, type PlannedDocument, periodOfLines } from '../../../domain/billing/documents.ts';
import {
  differencesToLast,
  draftFindings,
  type InvoiceRegistration,
} from '../../../domain/billing/draft-checks.ts';
import type { BillingLine } from '../../../domain/billing/lines.ts';
import { planRun, type RunPlan } from '../../../domain/billing/run.ts';
import { addMonths, type CivilDate, firstOfMonth } from '../../../domain/calendar/civil-date.ts';
import type { Database, Executor } from '../../client.ts';
import { type BillingProblem, billingRuns, contracts, papers } from '../../schema/index.ts';
import { type BillingFacts, readBillingFacts } from './facts.ts';

/** Usage that comes later than this after a contract's end is not billed any more. */
const MONTHS_AFTER_END = 12;

export type PaperRow = typeof papers.$inferSelect;

/** One page of contracts that a run of a day looks at, by id: concluded by then, and not over for a year. */
export async function contractsToBill(
  db: Executor,
  query: { runOn: CivilDate; sandbox: boolean; after: string | null; limit: number },
): Promise<string[]> {
  const { runOn, sandbox, after, limit } = query;
  const rows = await db
    .select({ id: contracts.id })
    .from(contracts)
    .where(
      and(
        eq(contracts.sandbox, sandbox),
        lte(contracts.concludedOn, runOn),
        or(isNull(contracts.endsOn), gte(contracts.endsOn, addMonths(runOn, -MONTHS_AFTER_END))),
        after === null ? undefined : gt(contracts.id, after),
      ),
    )
    .orderBy(asc(contracts.id))
    .limit(limit);
  return rows.map(({ id }) => id);
}

/** Lines that were billed of a contract so far, of drafts that wait for their release too. */
export async function billedLines(db: Executor, contractId: string): Promise<BillingLine[]> {
  const rows = await db.select({ lines: papers.lines }).from(papers).where(eq(papers.contractId, contractId));
  return rows.flatMap(({ lines }) => lines);
}

/** What a run of a day would make of a contract as things stand; or in words why it cannot. */
export async function planContract(
  db: Executor,
  input: { contractId: string; runOn: CivilDate; policy: BillingPolicy },
): Promise<{ facts: BillingFacts; plan: RunPlan } | { problem: string }> {
  const { contractId, runOn, policy } = input;
  const facts = await readBillingFacts(db, { contractId, today: runOn });
  const billed = billedBy([], await billedLines(db, contractId));
  const { contract, lists } = facts;
  try {
    return { facts, plan: planRun({ contract, lists, billed, runOn, policy }).value };
  } catch (error) {
    if (!(error instanceof InvalidValueError)) throw error;
    return { problem: error.message };
  }
}

export interface DraftInput {
  runId: string;
  contractId: string;
  runOn: CivilDate;
  policy: BillingPolicy;
  operator: InvoiceRegistration | null;
}

/**
 * Stores the drafts of a contract in one transaction, once for a run: a contract that has any is left as it is. Gives the
 * problem where the rules cannot work with what is there. Nothing is stored for a run that drafts no more.
 */
export async function draftContract(db: Database, input: DraftInput): Promise<BillingProblem | null> {
  const { runId, contractId, runOn, operator } = input;
  return db.transaction(async (tx) => {
    const [run] = await tx.select().from(billingRuns).where(eq(billingRuns.id, runId)).for('share');
    const drafted = await tx.$count(papers, and(eq(papers.runId, runId), eq(papers.contractId, contractId)));
    if (run === undefined || run.status !== 'drafting' || drafted > 0) return null;
    const planned = await planContract(tx, input);
    if ('problem' in planned) return { contractId, message: planned.problem };
    const { facts, plan } = planned;
    const common = { runId, contractId, sandbox: run.sandbox, taxRounding: input.policy.taxRounding };
    const rows: (typeof papers.$inferInsert)[] = [];
    for (const draft of plan.documents) {
      const last = await lastMonths(tx, contractId, draft, runOn);
      const found = draftFindings({ draft, last, operator, partner: null });
      rows.push({
        ...common,
        ...rowOf(draft),
        status: 'draft',
        findings: facts.partnerNamed ? [...found, { kind: 'partnerNamed' }] : found,
        differences: differencesToLast(draft, last),
      });
    }
    const [line] = plan.withoutDocument;
    if (line !== undefined) {
      const period = periodOfLines(plan.withoutDocument);
      rows.push({
        ...{ ...common, status: 'nothing', type: 'invoice', issuedOn: runOn, dueOn: null },
        ...{ recipient: 'nobody', payer: 'nobody', deliveredBy: 'nobody' },
        ...{ periodFrom: period.from, periodTo: period.to, lines: plan.withoutDocument },
        ...{ netYen: 0, taxYen: 0, totalYen: 0 },
      });
    }
    if (rows.length > 0) await tx.insert(papers).values(rows).onConflictDoNothing();
    return null;
  });
}

/** The document that the contract was issued last month by the same kind, or null. */
async function lastMonths(
  db: Executor,
  contractId: string,
  { type }: PlannedDocument,
  runOn: CivilDate,
): Promise<PlannedDocument | null> {
  const thisMonth = firstOfMonth(runOn);
  const [row] = await db
    .select()
    .from(papers)
    .where(
      and(
        ...[eq(papers.contractId, contractId), eq(papers.type, type)],
        inArray(papers.status, ['draft', 'issued']),
        ...[gte(papers.issuedOn, addMonths(thisMonth, -1)), lt(papers.issuedOn, thisMonth)],
      ),
    )
    .orderBy(desc(papers.issuedOn), desc(papers.createdAt))
    .limit(1);
  return row === undefined ? null : documentOfRow(row);
}

function rowOf({ period, corrects: _, of: __, ...document }: PlannedDocument) {
  return { ...document, periodFrom: period.from, periodTo: period.to };
}

/** The document that a row holds. */
function documentOfRow(row: PaperRow): PlannedDocument {
  const { type, recipient, payer, deliveredBy, lines, netYen, taxYen, totalYen } = row;
  return {
    ...{ type, recipient, payer, deliveredBy, lines, netYen, taxYen, totalYen },
    issuedOn: row.issuedOn,
    dueOn: row.dueOn,
    period: { from: row.periodFrom, to: row.periodTo },
    ...{ corrects: null, of: null },
  };
}
