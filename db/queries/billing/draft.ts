import { and, asc, desc, eq, gte, inArray, isNull, lt, lte, or, sql } from 'drizzle-orm';
import { InvalidValueError } from '../../../domain/base/invalid-value.ts';
import type { BillingPolicy } from '../../../domain/billing/billing-policy.ts';
import {
  askedYen,
  billedBy,
  type PlannedDocument,
  periodOfLines,
} from '../../../domain/billing/documents.ts';
import {
  type DraftFinding,
  differencesToLast,
  draftFindings,
  type InvoiceRegistration,
} from '../../../domain/billing/draft-checks.ts';
import { sentTo } from '../../../domain/billing/handover.ts';
import { planRun, type RunPlan } from '../../../domain/billing/run.ts';
import { planUsageStatements } from '../../../domain/billing/usage-statement.ts';
import { addMonths, type CivilDate, firstOfMonth } from '../../../domain/calendar/civil-date.ts';
import type { Database, Executor, Transaction } from '../../client.ts';
import { type BillingProblem, billingRuns, contracts, papers } from '../../schema/index.ts';
import { billingContactsOf } from '../contact/billing.ts';
import { type ContractPage, contractPage } from '../contract/page.ts';
import { bookedUseOf } from '../prepaid/booked-use.ts';
import { type BillingFacts, readBillingFactsOf } from './facts.ts';
import { billedLinesOf, documentOfRow } from './standing.ts';

/** Usage that comes later than this after a contract's end is not billed any more. */
const MONTHS_AFTER_END = 12;

type NewPaper = typeof papers.$inferInsert;

/** One page of contracts that a run of a day looks at, by id: concluded by then, and not over for a year. */
export function contractsToBill(db: Executor, query: ContractPage & { runOn: CivilDate }): Promise<string[]> {
  const { runOn } = query;
  const notLongOver = or(
    isNull(contracts.endsOn),
    gte(contracts.endsOn, addMonths(runOn, -MONTHS_AFTER_END)),
  );
  return contractPage(db, query, and(lte(contracts.concludedOn, runOn), notLongOver));
}

export type Planned = { facts: BillingFacts; plan: RunPlan } | { problem: string };

/** What a run of a day would make of each contract as things stand; or in words why it cannot. */
export async function planContracts(
  db: Executor,
  input: { contractIds: readonly string[]; runOn: CivilDate; policy: BillingPolicy },
): Promise<ReadonlyMap<string, Planned>> {
  const { contractIds, runOn, policy } = input;
  const [found, lines, uses] = await Promise.all([
    readBillingFactsOf(db, { contractIds, today: runOn }),
    billedLinesOf(db, contractIds),
    bookedUseOf(db, { contractIds, before: firstOfMonth(runOn) }),
  ]);
  const planned = new Map<string, Planned>();
  for (const [contractId, facts] of found) {
    const own = lines.get(contractId) ?? [];
    const billed = billedBy([], own);
    const { contract, lists } = facts;
    try {
      const plan = planRun({ contract, lists, billed, runOn, policy }).value;
      const statements = planUsageStatements(contract, uses.get(contractId) ?? [], own, runOn, policy);
      planned.set(contractId, {
        facts,
        plan: { ...plan, documents: [...plan.documents, ...statements] },
      });
    } catch (error) {
      if (!(error instanceof InvalidValueError)) throw error;
      planned.set(contractId, { problem: error.message });
    }
  }
  return planned;
}

export interface DraftInput {
  runId: string;
  contractIds: readonly string[];
  runOn: CivilDate;
  policy: BillingPolicy;
  operator: InvoiceRegistration | null;
  /** Registrations of partners that invoice in their own name (媒介者交付), by id. */
  partners?: ReadonlyMap<string, InvoiceRegistration | null>;
}

/** The contracts of a page of which a run has made nothing yet, while it drafts: the run's row is held until the drafts are stored. */
export async function contractsLeft(
  tx: Transaction,
  { runId, contractIds }: DraftInput,
): Promise<{ sandbox: boolean; contractIds: string[] } | null> {
  // Whoever moves a contract to another payer waits for its drafts, and sees them.
  await tx
    .select({ id: contracts.id })
    .from(contracts)
    .where(inArray(contracts.id, [...contractIds]))
    .orderBy(asc(contracts.id))
    .for('key share');
  const [run] = await tx.select().from(billingRuns).where(eq(billingRuns.id, runId)).for('update');
  if (run === undefined || run.status !== 'drafting') return null;
  const drafted = await tx
    .selectDistinct({ contractId: papers.contractId })
    .from(papers)
    .where(and(eq(papers.runId, runId), inArray(papers.contractId, [...contractIds])));
  const done = new Set(drafted.map(({ contractId }) => contractId));
  return { sandbox: run.sandbox, contractIds: contractIds.filter((id) => !done.has(id)) };
}

/** Stores drafts, and with them what the run's row says of its papers. */
export async function storeDrafts(tx: Transaction, runId: string, rows: readonly NewPaper[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.insert(papers).values([...rows]);
  const shown = rows.filter(({ status }) => status === 'draft');
  const totalYen = shown.reduce((sum, paper) => sum + askedYen(paper), 0);
  await tx
    .update(billingRuns)
    .set({
      papers: sql`${billingRuns.papers} + ${shown.length}`,
      totalYen: sql`${billingRuns.totalYen} + ${totalYen}`,
    })
    .where(eq(billingRuns.id, runId));
}

/**
 * Stores the drafts of a page of contracts in one transaction, once for a run: a contract that has any is left as it is. Gives the
 * problems where the rules cannot work with what is there. Nothing is stored for a run that drafts no more.
 */
export async function draftContracts(db: Database, input: DraftInput): Promise<BillingProblem[]> {
  const { runId, runOn, policy } = input;
  return db.transaction(async (tx) => {
    const left = await contractsLeft(tx, input);
    if (left === null) return [];
    const { contractIds, sandbox } = left;
    const [planned, lasts] = await Promise.all([
      planContracts(tx, { contractIds, runOn, policy }),
      lastMonths(tx, contractIds, runOn),
    ]);
    const problems: BillingProblem[] = [];
    const rows: NewPaper[] = [];
    for (const [contractId, found] of planned) {
      if ('problem' in found) {
        problems.push({ contractId, message: found.problem });
        continue;
      }
      const common = { runId, contractId, sandbox, taxRounding: policy.taxRounding };
      const { documents, withoutDocument } = found.plan;
      for (const draft of documents) {
        const last = lasts.get(`${contractId} ${draft.type}`) ?? null;
        const checked = { ...input, draft, last, partnerNamed: found.facts.partnerNamed };
        rows.push({
          ...{ ...common, ...rowOf(draft), status: 'draft' },
          findings: await findingsOf(tx, checked),
          differences: differencesToLast(draft, last),
        });
      }
      const [line] = withoutDocument;
      if (line === undefined) continue;
      const period = periodOfLines(withoutDocument);
      rows.push({
        ...{ ...common, status: 'nothing', type: 'invoice', issuedOn: runOn, dueOn: null },
        ...{ recipient: 'nobody', payer: 'nobody', deliveredBy: 'nobody' },
        ...{ periodFrom: period.from, periodTo: period.to, lines: withoutDocument },
        ...{ netYen: 0, taxYen: 0, totalYen: 0 },
      });
    }
    await storeDrafts(tx, runId, rows);
    return problems;
  });
}

/** What people should look at before they release a draft, a partner that nobody can write to among it. */
export async function findingsOf(
  db: Executor,
  input: Pick<DraftInput, 'operator' | 'partners'> & {
    draft: PlannedDocument;
    last: PlannedDocument | null;
    partnerNamed: boolean;
  },
): Promise<DraftFinding[]> {
  const { draft, last, operator, partnerNamed } = input;
  const partner = input.partners?.get(draft.recipient) ?? null;
  const partnerId = sentTo(draft);
  const reachable = partnerId === 'customer' || (await billingContactsOf(db, { partnerId })).length > 0;
  return [
    ...draftFindings({ draft, last, operator, partner }),
    ...(reachable ? [] : [{ kind: 'contactMissing' as const, partnerId }]),
    ...(partnerNamed ? [{ kind: 'partnerNamed' as const }] : []),
  ];
}

/** The documents that contracts were issued last month, the last of each kind, by contract and kind. */
async function lastMonths(
  db: Executor,
  contractIds: readonly string[],
  runOn: CivilDate,
): Promise<ReadonlyMap<string, PlannedDocument>> {
  if (contractIds.length === 0) return new Map();
  const thisMonth = firstOfMonth(runOn);
  const rows = await db
    .selectDistinctOn([papers.contractId, papers.type])
    .from(papers)
    .where(
      and(
        ...[inArray(papers.contractId, [...contractIds]), inArray(papers.status, ['draft', 'issued'])],
        ...[gte(papers.issuedOn, addMonths(thisMonth, -1)), lt(papers.issuedOn, thisMonth)],
      ),
    )
    .orderBy(papers.contractId, papers.type, desc(papers.issuedOn), desc(papers.createdAt));
  return new Map(rows.map((row) => [`${row.contractId} ${row.type}`, documentOfRow(row)]));
}

function rowOf({ period, corrects: _, of: __, taxIncluded, ...document }: PlannedDocument) {
  // One for each month: a run may make several of a contract.
  const about = document.type === 'usageStatement' ? `usage/${period.from}` : '';
  return {
    ...document,
    about,
    taxIncluded: taxIncluded ?? false,
    periodFrom: period.from,
    periodTo: period.to,
  };
}
