import { and, eq, lt, ne, sql } from 'drizzle-orm';
import type { ReadColumn } from '../../../domain/screening/list-columns.ts';
import type { ListRow } from '../../../domain/screening/screening-list.ts';
import type { Database, Executor } from '../../client.ts';
import {
  type BadRow,
  type ListName,
  listImportRows,
  listImports,
  proposals,
  screeningLists,
} from '../../schema/index.ts';

export type ListImportRow = typeof listImports.$inferSelect;

export interface StagedFile {
  list: ListName;
  fileName: string;
  sha256: string;
  encoding: string;
  rows: readonly ListRow[];
  bad: readonly BadRow[];
  /** Who the rows are about that are not taken, as far as that can be read. */
  refused: readonly { entryId: string | null; name: string | null }[];
  warnings: readonly BadRow[];
  columns: readonly ReadColumn[];
  importedBy: string;
}

const BATCH = 5_000;
/** Bad rows, and warnings, that are kept by line and reason; the rest is counted. */
const KEPT_NOTES = 1_000;

/**
 * Keeps the good rows of a list file and computes what taking it would change against the current version. Nothing of
 * the list changes yet. An entry whose row was not taken stays as it is: nobody leaves a list because a row was unreadable.
 * `onProgress` is told how many rows are written.
 */
export async function stageList(
  db: Database,
  file: StagedFile,
  onProgress: (rows: number) => void | Promise<void> = () => undefined,
): Promise<ListImportRow> {
  const { rows, bad, refused, warnings, columns, ...values } = file;
  await dropAbandoned(db, file.list);
  const [begun] = await db
    .insert(listImports)
    .values({
      ...values,
      rows: rows.length,
      badRows: bad.length,
      bad: bad.slice(0, KEPT_NOTES),
      unknownRows: refused.filter(({ entryId, name }) => entryId === null && name === null).length,
      columns: [...columns],
      warnings: warnings.slice(0, KEPT_NOTES),
      warningCount: warnings.length,
    })
    .returning({ id: listImports.id });
  if (begun === undefined) throw new Error('the import was not stored');
  for (let from = 0; from < rows.length; from += BATCH) {
    await writeBatch(db, begun.id, rows.slice(from, from + BATCH));
    await onProgress(Math.min(from + BATCH, rows.length));
  }
  return db.transaction(async (tx) => {
    const baseVersion = await currentVersion(tx, file.list);
    const keptEntries = await keepRefused(tx, begun.id, file, baseVersion ?? 0);
    const changes = await countChanges(tx, begun.id, file.list, baseVersion ?? 0);
    const [previewed] = await tx
      .update(listImports)
      .set({ ...changes, keptEntries, baseVersion, status: 'previewed' })
      .where(eq(listImports.id, begun.id))
      .returning();
    if (previewed === undefined) throw new Error('the import has gone');
    return previewed;
  });
}

/** Previews that nobody took within a day: their rows are not kept for nothing. */
async function dropAbandoned(db: Database, list: ListName): Promise<void> {
  await db.delete(listImports).where(
    and(
      eq(listImports.list, list),
      ne(listImports.status, 'taken'),
      lt(listImports.createdAt, sql`now() - interval '1 day'`),
      // One that waits for its second person is not abandoned.
      sql`not exists (select 1 from ${proposals} p where p.status = 'waiting' and p.proposed ->> 'importId' = ${listImports.id}::text)`,
    ),
  );
}

/** The number of the current version of a list, or null. */
export async function currentVersion(db: Executor, list: ListName): Promise<number | null> {
  const [row] = await db
    .select({ version: screeningLists.version })
    .from(screeningLists)
    .where(and(eq(screeningLists.list, list), eq(screeningLists.current, true)));
  return row?.version ?? null;
}

/** One parameter for a whole batch: several times faster than a parameter for each cell. */
async function writeBatch(db: Database, importId: string, rows: readonly ListRow[]): Promise<void> {
  await db.execute(sql`
    insert into ${listImportRows}
      (import_id, entry_id, kind, name, kana, aliases, birth_date, address, phone, corporate_number)
    select ${importId}::uuid, * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(
      "entryId" text, kind text, name text, kana text, aliases text, "birthDate" text, address text, phone text,
      "corporateNumber" text)`);
}

/** The columns of an entry that make it "the same" or "changed", in an entry `e` and a new row `r`. */
export const SAME_VALUES = sql.raw(
  ['kind', 'name', 'kana', 'aliases', 'birth_date', 'address', 'phone', 'corporate_number']
    .map((column) => `e.${column} = r.${column}`)
    .join(' and '),
);

/** Entries of the current version whose row was not taken, by id or else by name, go on into the new one; how many. */
async function keepRefused(
  db: Executor,
  importId: string,
  { list, refused }: StagedFile,
  version: number,
): Promise<number> {
  if (refused.length === 0) return 0;
  const kept = await db.execute(sql`
    insert into ${listImportRows}
      (import_id, entry_id, kind, name, kana, aliases, birth_date, address, phone, corporate_number)
    select distinct ${importId}::uuid, e.entry_id, e.kind, e.name, e.kana, e.aliases, e.birth_date, e.address, e.phone,
      e.corporate_number
    from screening_entries e
    join jsonb_to_recordset(${JSON.stringify(refused)}::jsonb) as t("entryId" text, name text)
      on e.entry_id = t."entryId" or (t."entryId" is null and e.name = t.name)
    where e.list = ${list} and e.version = ${version}
    on conflict do nothing
    returning entry_id`);
  return kept.length;
}

async function countChanges(db: Executor, importId: string, list: ListName, version: number) {
  const [row] = await db.execute<{ added: number; changed: number; removed: number; same: number }>(sql`
    select
      (count(*) filter (where e.entry_id is null))::int as added,
      (count(*) filter (where r.entry_id is null))::int as removed,
      (count(*) filter (where e.entry_id = r.entry_id and ${SAME_VALUES}))::int as same,
      (count(*) filter (where e.entry_id = r.entry_id and not (${SAME_VALUES})))::int as changed
    from (select * from list_import_rows where import_id = ${importId}) r
    full join (select * from screening_entries where list = ${list} and version = ${version}) e
      on e.entry_id = r.entry_id`);
  if (row === undefined) throw new Error('the changes were not counted');
  return { added: row.added, changed: row.changed, removed: row.removed, same: row.same };
}
