import { and, count, desc, eq, gte, ilike, inArray, lt, or, type SQL, sql } from 'drizzle-orm';
import { addMonths, type CivilDate } from '../../../domain/calendar/civil-date.ts';
import type { Executor } from '../../client.ts';
import { contracts, customers, documents, papers } from '../../schema/index.ts';
import type { PaperStatus } from '../../schema/papers.ts';
import { foldCounterparty } from '../archive/fold.ts';
import { customerName } from '../customer/shown-name.ts';

const numberOf = (which: SQL) =>
  sql<string | null>`(select n.number from ${papers} n where ${which} limit 1)`;

const shown = {
  paper: papers,
  customerName,
  customerId: contracts.customerId,
  /** The paper that it replaces, the one of which money goes back, and the one that replaces it. */
  corrects: numberOf(sql`n.id = ${papers.correctsId}`),
  returns: numberOf(sql`n.id = ${papers.ofId}`),
  replacedBy: numberOf(sql`n.corrects_id = ${papers.id} and n.status = 'issued'`),
  /** In the archive; null before it is drawn. */
  documentId: sql<
    string | null
  >`(select ${documents.id} from ${documents} where ${documents.kind} in ('invoice', 'statement') and ${documents.number} = ${papers.number})`,
};

/** Papers as pages show them, still to be put in order. */
export function shownPapers(db: Executor, where: SQL | undefined) {
  return db
    .select(shown)
    .from(papers)
    .innerJoin(contracts, eq(contracts.id, papers.contractId))
    .innerJoin(customers, eq(customers.id, contracts.customerId))
    .where(where);
}

export type ShownPaper = Awaited<ReturnType<typeof shownPapers>>[number];

/** Papers of a run, those with findings first, then by amount. */
export async function papersOfRun(db: Executor, query: { runId: string; limit: number; offset: number }) {
  const { runId, limit, offset } = query;
  const where = and(eq(papers.runId, runId), inArray(papers.status, ['draft', 'issued']));
  const rows = await shownPapers(db, where)
    .orderBy(sql`jsonb_array_length(${papers.findings}) desc`, desc(papers.totalYen), papers.id)
    .limit(limit)
    .offset(offset);
  return { rows, count: await db.$count(papers, where) };
}

/** How many drafts of a run have something that people should look at. */
export function conspicuousDrafts(db: Executor, runId: string): Promise<number> {
  return db.$count(papers, and(eq(papers.runId, runId), sql`jsonb_array_length(${papers.findings}) > 0`));
}

/** Issued invoices by number or customer, and month of issue; the newest first. */
export async function searchInvoices(
  db: Executor,
  query: { text: string; month: string | null; limit: number; offset: number },
) {
  const { text, month, limit, offset } = query;
  const from = month === null ? null : (`${month}-01` as CivilDate);
  const byNumber = ilike(papers.number, `%${text.replace(/[\\%_]/g, '\\$&')}%`);
  const byName = sql`${papers.number} in (select ${documents.number} from ${documents} where ${documents.kind} in ('invoice', 'statement') and ${documents.counterpartyFolded} like ${`%${foldCounterparty(text).replace(/[\\%_]/g, '\\$&')}%`})`;
  const where = and(
    eq(papers.status, 'issued'),
    text === '' ? undefined : or(byNumber, byName),
    from === null ? undefined : and(gte(papers.issuedOn, from), lt(papers.issuedOn, addMonths(from, 1))),
  );
  const rows = await shownPapers(db, where)
    .orderBy(desc(papers.issuedOn), desc(papers.number))
    .limit(limit)
    .offset(offset);
  return { rows, count: await db.$count(papers, where) };
}

/** What a contract was billed so far, the newest first; drafts too. */
export function papersOfContract(db: Executor, contractId: string): Promise<ShownPaper[]> {
  const where = and(eq(papers.contractId, contractId), inArray(papers.status, ['draft', 'issued']));
  return shownPapers(db, where).orderBy(desc(papers.issuedOn), desc(papers.number));
}

/** Papers of a run by status. */
export async function paperCounts(
  db: Executor,
  runId: string,
): Promise<Partial<Record<PaperStatus, number>>> {
  const rows = await db
    .select({ status: papers.status, papers: count() })
    .from(papers)
    .where(eq(papers.runId, runId))
    .groupBy(papers.status);
  return Object.fromEntries(rows.map((row) => [row.status, row.papers]));
}
