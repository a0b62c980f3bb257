import { and, eq, inArray, isNotNull, notExists } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { grouped } from '../../../domain/base/grouped.ts';
import type { IssuedDocument, PlannedDocument } from '../../../domain/billing/documents.ts';
import type { BillingLine } from '../../../domain/billing/lines.ts';
import type { Executor } from '../../client.ts';
import { papers } from '../../schema/index.ts';

export type PaperRow = typeof papers.$inferSelect;

const correction = alias(papers, 'correction');

/** Of a paper that no other one replaces, be it a draft that waits for its release. */
export const isStanding = (db: Executor) =>
  notExists(db.select({ id: correction.id }).from(correction).where(eq(correction.correctsId, papers.id)));

/** Lines that were billed of a contract so far, of drafts that wait for their release too; not those of replaced papers. */
export async function billedLines(db: Executor, contractId: string): Promise<BillingLine[]> {
  return (await billedLinesOf(db, [contractId])).get(contractId) ?? [];
}

/** The same of many contracts. */
export async function billedLinesOf(
  db: Executor,
  contractIds: readonly string[],
): Promise<ReadonlyMap<string, BillingLine[]>> {
  if (contractIds.length === 0) return new Map();
  const rows = await db
    .select({ contractId: papers.contractId, lines: papers.lines })
    .from(papers)
    .where(and(inArray(papers.contractId, [...contractIds]), isStanding(db)));
  const found = new Map<string, BillingLine[]>();
  for (const { contractId, lines } of rows) {
    const before = found.get(contractId);
    if (before === undefined) found.set(contractId, [...lines]);
    else before.push(...lines);
  }
  return found;
}

export interface StandingPaper {
  row: PaperRow;
  document: IssuedDocument;
}

/** Papers of a contract that were issued and stand, and the lines of runs that came to 0 yen. */
export interface StandingPapers {
  standing: StandingPaper[];
  withoutDocument: BillingLine[];
}

/** The issued papers of contracts that stand, and the lines of runs that came to 0 yen, by id. */
export async function standingPapersOf(
  db: Executor,
  contractIds: readonly string[],
): Promise<ReadonlyMap<string, StandingPapers>> {
  const ids = [...contractIds];
  if (ids.length === 0) return new Map();
  const rows = await db
    .select()
    .from(papers)
    .where(and(inArray(papers.contractId, ids), inArray(papers.status, ['issued', 'nothing'])));
  const replaced = await db
    .select({ correctsId: papers.correctsId })
    .from(papers)
    .where(and(inArray(papers.contractId, ids), isNotNull(papers.correctsId)));
  const gone = new Set(replaced.map(({ correctsId }) => correctsId));
  const of = grouped(rows, ({ contractId }) => contractId);
  return new Map(ids.map((id) => [id, standingOf(of.get(id) ?? [], gone)]));
}

/** The same of one contract. */
export async function standingPapers(db: Executor, contractId: string): Promise<StandingPapers> {
  const found = await standingPapersOf(db, [contractId]);
  return found.get(contractId) ?? { standing: [], withoutDocument: [] };
}

function standingOf(rows: readonly PaperRow[], gone: ReadonlySet<string | null>): StandingPapers {
  const nameOf = (id: string | null) => {
    const named = rows.find((row) => row.id === id);
    return named === undefined || named.number === null
      ? null
      : { number: named.number, issuedOn: named.issuedOn };
  };
  const standing = rows.flatMap((row) =>
    row.number === null || gone.has(row.id)
      ? []
      : [
          {
            row,
            document: {
              ...documentOfRow(row),
              number: row.number,
              corrects: nameOf(row.correctsId),
              of: nameOf(row.ofId),
            },
          },
        ],
  );
  const withoutDocument = rows.flatMap(({ status, lines }) => (status === 'nothing' ? lines : []));
  return { standing, withoutDocument };
}

/** The document that a row holds; which other one it names is in other rows. */
export function documentOfRow(row: PaperRow): PlannedDocument {
  const { type, recipient, payer, deliveredBy, lines, netYen, taxYen, totalYen } = row;
  return {
    ...{ type, recipient, payer, deliveredBy, lines, netYen, taxYen, totalYen },
    issuedOn: row.issuedOn,
    dueOn: row.dueOn,
    period: { from: row.periodFrom, to: row.periodTo },
    ...{ corrects: null, of: null },
  };
}
