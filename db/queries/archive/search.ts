import { and, asc, desc, eq, gte, inArray, like, lte, type SQL, sql } from 'drizzle-orm';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import type { Executor } from '../../client.ts';
import { type DocumentKind, documentCorrections, documents } from '../../schema/index.ts';
import { foldCounterparty } from './fold.ts';

export type DocumentRow = typeof documents.$inferSelect;
export type CorrectionRow = typeof documentCorrections.$inferSelect;

/** All that is given must hold. Dates and amounts are ranges with both ends included, each end may be left open. */
export interface ArchiveSearch {
  sandbox: boolean;
  kind?: DocumentKind;
  from?: CivilDate;
  to?: CivilDate;
  amountFromYen?: number;
  amountToYen?: number;
  /** A part of the name. */
  counterparty?: string;
}

/** Where a page ended: the row before the next page. */
export interface ArchiveCursor {
  documentOn: CivilDate;
  id: string;
}

/**
 * Documents by date of transaction, amount and counterparty, any of them together (電子帳簿保存法施行規則第2条6項5号),
 * newest first; `next` is null on the last page.
 */
export async function searchDocuments(
  db: Executor,
  search: ArchiveSearch,
  page: { size: number; after?: ArchiveCursor },
): Promise<{ rows: DocumentRow[]; next: ArchiveCursor | null }> {
  const { size, after } = page;
  const beyond =
    after === undefined
      ? undefined
      : sql`(${documents.documentOn}, ${documents.id}) < (${after.documentOn}::date, ${after.id}::uuid)`;
  const rows = await db
    .select()
    .from(documents)
    .where(and(...conditions(search), beyond))
    .orderBy(desc(documents.documentOn), desc(documents.id))
    .limit(size + 1);
  const shown = rows.slice(0, size);
  const last = shown.at(-1);
  return {
    rows: shown,
    next: rows.length > size && last !== undefined ? { documentOn: last.documentOn, id: last.id } : null,
  };
}

/** Every document of the search with its corrections, oldest first, read page by page. */
export async function* eachDocument(
  db: Executor,
  search: ArchiveSearch,
): AsyncGenerator<DocumentRow & { corrections: CorrectionRow[] }> {
  let after: ArchiveCursor | undefined;
  for (;;) {
    const beyond: SQL | undefined =
      after &&
      sql`(${documents.documentOn}, ${documents.id}) > (${after.documentOn}::date, ${after.id}::uuid)`;
    const rows: DocumentRow[] = await db
      .select()
      .from(documents)
      .where(and(...conditions(search), beyond))
      .orderBy(asc(documents.documentOn), asc(documents.id))
      .limit(EXPORT_PAGE);
    const corrections = await correctionsOf(db, rows);
    for (const row of rows) {
      yield { ...row, corrections: corrections.filter(({ documentId }) => documentId === row.id) };
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < EXPORT_PAGE) return;
    after = { documentOn: last.documentOn, id: last.id };
  }
}

const EXPORT_PAGE = 500;

/** Corrections of these documents, in the order in which they were made. */
export async function correctionsOf(
  db: Executor,
  rows: readonly Pick<DocumentRow, 'id'>[],
): Promise<CorrectionRow[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  return db
    .select()
    .from(documentCorrections)
    .where(inArray(documentCorrections.documentId, ids))
    .orderBy(asc(documentCorrections.correctedAt), asc(documentCorrections.id));
}

function conditions(search: ArchiveSearch): (SQL | undefined)[] {
  const { sandbox, kind, from, to, amountFromYen, amountToYen, counterparty } = search;
  const name = foldCounterparty(counterparty ?? '');
  return [
    eq(documents.sandbox, sandbox),
    kind && eq(documents.kind, kind),
    from === undefined ? undefined : gte(documents.documentOn, from),
    to === undefined ? undefined : lte(documents.documentOn, to),
    amountFromYen === undefined ? undefined : gte(documents.amountYen, amountFromYen),
    amountToYen === undefined ? undefined : lte(documents.amountYen, amountToYen),
    name === '' ? undefined : like(documents.counterpartyFolded, `%${name}%`),
  ];
}
