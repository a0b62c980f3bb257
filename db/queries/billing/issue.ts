import { and, asc, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm';
import { documentNumber, numberRange } from '../../../domain/billing/document-numbers.ts';
import type { Database, Executor } from '../../client.ts';
import { billingRuns, contacts, contracts, customers, papers } from '../../schema/index.ts';
import { type ArchivedDocument, archiveDocument } from '../archive/add.ts';
import { recordAudit } from '../audit/record.ts';
import { nextNumber } from '../counter/next.ts';

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
      .orderBy(asc(contracts.contractNumber), asc(papers.type), asc(papers.recipient))
      .limit(limit);
    for (const { paper } of drafts) {
      const range = numberRange(paper.type, paper.issuedOn, paper.sandbox);
      const { series, year, sandbox } = range;
      const position = await nextNumber(tx, `${sandbox ? 'sandbox/' : ''}${series}/${year}`);
      const number = documentNumber(range, position);
      await tx
        .update(papers)
        .set({ status: 'issued', series, year, position, number, issuedAt: businessAt })
        .where(eq(papers.id, paper.id));
      await recordAudit(tx, {
        actor: run.approvedBy ?? 'system',
        action: 'paper.issued',
        subjectType: 'contract',
        subjectId: paper.contractId,
        after: { paperId: paper.id, number, totalYen: paper.totalYen },
        businessAt,
      });
    }
    return { issued: drafts.length };
  });
}

const toPaper = {
  paper: papers,
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

/** The next drawn papers of a run after a number's place whose contract has a contact to write to. */
export async function papersToMail(
  db: Executor,
  query: { runId: string; after: number; limit: number },
): Promise<{ paperId: string; contractId: string; position: number }[]> {
  const rows = await db
    .select({ paperId: papers.id, contractId: papers.contractId, position: papers.position })
    .from(papers)
    .innerJoin(contacts, eq(contacts.contractId, papers.contractId))
    .where(
      and(
        ...[eq(papers.runId, query.runId), isNotNull(papers.drawnAt)],
        sql`${papers.position} > ${query.after}`,
      ),
    )
    .orderBy(asc(papers.position))
    .limit(query.limit);
  return rows.flatMap(({ position, ...row }) => (position === null ? [] : [{ ...row, position }]));
}

/** An issued paper, or null. */
export async function findIssuedPaper(db: Executor, paperId: string) {
  const [row] = await db
    .select()
    .from(papers)
    .where(and(eq(papers.id, paperId), inArray(papers.status, ['issued'])));
  return row ?? null;
}
