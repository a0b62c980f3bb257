import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import { grouped } from '../../../domain/base/grouped.ts';
import { documentNumber, numberRange, rangeKey } from '../../../domain/billing/document-numbers.ts';
import { type CivilDate, jstDate } from '../../../domain/calendar/civil-date.ts';
import type { Database, Executor, Transaction } from '../../client.ts';
import { billingRuns, contracts, customers, papers } from '../../schema/index.ts';
import { type ArchivedDocument, archiveDocument } from '../archive/add.ts';
import { recordAudits } from '../audit/record.ts';
import { nextNumbers } from '../counter/next.ts';
import { askForCopies } from '../partner/papers.ts';
import { movePaymentsToCorrections } from '../payment/replace.ts';
import type { PaperRow } from './standing.ts';

/**
 * Issues the next drafts of an approved run (第6条2項): each gets the next number of its range in the transaction that stores it as
 * issued, so that a range has no gap and no number twice whoever dies in between. Gives how many it issued.
 */
export async function issuePapers(
  db: Database,
  input: { runId: string; limit: number; businessAt: Date },
): Promise<{ issued: number }> {
  const { runId, limit, businessAt } = input;
  return db.transaction(async (tx) => {
    const [run] = await tx.select().from(billingRuns).where(eq(billingRuns.id, runId)).for('update');
    if (run === undefined || run.status !== 'issuing') return { issued: 0 };
    const drafts = await tx
      .select({ paper: papers })
      .from(papers)
      .innerJoin(contracts, eq(contracts.id, papers.contractId))
      .where(and(eq(papers.runId, runId), eq(papers.status, 'draft')))
      .orderBy(...[asc(contracts.contractNumber), asc(papers.type), asc(papers.recipient), asc(papers.about)])
      .limit(limit);
    const numbered = await numberPapers(
      tx,
      drafts.map(({ paper }) => paper),
    );
    await tx.execute(sql`
      update ${papers} set status = 'issued', issued_at = ${businessAt.toISOString()}, series = n.series, year = n.year,
        position = n.position, number = n.number
      from jsonb_to_recordset(${JSON.stringify(numbered)}::jsonb)
        as n(id uuid, series text, year integer, position integer, number text)
      where ${papers}.id = n.id`);
    await recordAudits(
      tx,
      drafts.map(({ paper }, index) => ({
        ...{ actor: run.approvedBy ?? 'system', action: 'paper.issued', subjectType: 'contract' },
        subjectId: paper.contractId,
        after: { paperId: paper.id, number: numbered[index]?.number, totalYen: paper.totalYen },
        businessAt,
      })),
    );
    await askForCopies(
      tx,
      drafts.map(({ paper }) => paper),
      businessAt,
    );
    await movePaymentsToCorrections(
      tx,
      drafts.map(({ paper }) => paper),
      jstDate(businessAt.getTime()),
    );
    return { issued: drafts.length };
  });
}

/** Another paper that one names on its face. */
export interface NamedPaper {
  number: string;
  issuedOn: CivilDate;
}

const numberAndDay = (id: AnyPgColumn) =>
  sql<NamedPaper | null>`(select json_build_object('number', n.number, 'issuedOn', n.issued_on) from ${papers} n where n.id = ${id})`;

/** The next numbers of the papers' ranges, in the order given. */
async function numberPapers(
  tx: Transaction,
  drafts: readonly Pick<PaperRow, 'id' | 'type' | 'issuedOn' | 'sandbox'>[],
): Promise<(Pick<PaperRow, 'id'> & { series: string; year: number; position: number; number: string })[]> {
  const keyed = drafts.map(({ id, type, issuedOn, sandbox }) => {
    const range = numberRange(type, issuedOn, sandbox);
    return { id, range, key: rangeKey(range) };
  });
  const next = new Map<string, number>();
  for (const [key, some] of [...grouped(keyed, ({ key }) => key)].sort(([a], [b]) => (a < b ? -1 : 1))) {
    next.set(key, await nextNumbers(tx, key, some.length));
  }
  return keyed.map(({ id, range, key }) => {
    const position = next.get(key) ?? 0;
    next.set(key, position + 1);
    const { series, year } = range;
    return { id, series, year, position, number: documentNumber(range, position) };
  });
}

const toPaper = {
  paper: papers,
  corrects: numberAndDay(papers.correctsId),
  returns: numberAndDay(papers.ofId),
  contractNumber: contracts.contractNumber,
  customer: customers,
};

export type IssuedPaper = Awaited<ReturnType<typeof papersToDraw>>[number];

/** Issued papers of a run whose PDF is yet to be drawn, by number. */
export function papersToDraw(db: Executor, { runId, limit }: { runId: string; limit: number }) {
  return db
    .select(toPaper)
    .from(papers)
    .innerJoin(contracts, eq(contracts.id, papers.contractId))
    .innerJoin(customers, eq(customers.id, contracts.customerId))
    .where(and(eq(papers.runId, runId), eq(papers.status, 'issued'), isNull(papers.drawnAt)))
    .orderBy(asc(papers.series), asc(papers.position))
    .limit(limit);
}

/** Puts the files of a paper into the archive and notes that it is drawn, in one transaction. A repeat changes nothing. */
export async function archivePaper(
  db: Database,
  input: { paperId: string; files: readonly ArchivedDocument[] },
): Promise<void> {
  await db.transaction(async (tx) => {
    for (const file of input.files) await archiveDocument(tx, file);
    await tx
      .update(papers)
      .set({ drawnAt: sql`coalesce(${papers.drawnAt}, now())` })
      .where(eq(papers.id, input.paperId));
  });
}

/** An issued paper, or null. */
export async function findIssuedPaper(db: Executor, paperId: string) {
  const [row] = await db
    .select()
    .from(papers)
    .where(and(eq(papers.id, paperId), inArray(papers.status, ['issued'])));
  return row ?? null;
}
