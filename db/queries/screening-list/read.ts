import { and, asc, desc, eq, sql } from 'drizzle-orm';
import type { Executor } from '../../client.ts';
import {
  type ListName,
  listImports,
  type RescreeningStatus,
  rescreenings,
  screeningEntries,
  screeningLists,
} from '../../schema/index.ts';
import type { ListImportRow } from './stage.ts';

export interface ListVersionRow {
  list: ListName;
  version: number;
  current: boolean;
  entries: number;
  importedBy: string;
  createdAt: Date;
  /** The last re-screening of live contracts against it; null when there was none. */
  rescreening: {
    id: string;
    status: RescreeningStatus;
    contracts: number;
    done: number;
    found: number;
  } | null;
}

/** Versions of a list, the newest first. */
export async function readListVersions(db: Executor, list: ListName): Promise<ListVersionRow[]> {
  const rows = await db
    .select()
    .from(screeningLists)
    .where(eq(screeningLists.list, list))
    .orderBy(desc(screeningLists.version));
  const runs = await db
    .select()
    .from(rescreenings)
    .where(eq(rescreenings.list, list))
    .orderBy(asc(rescreenings.createdAt));
  const lastRun = new Map(runs.map((run) => [run.version, run]));
  return rows.map((row) => {
    const run = lastRun.get(row.version);
    if (run === undefined) return { ...row, rescreening: null };
    const { id, status, contracts, done, found } = run;
    return { ...row, rescreening: { id, status, contracts, done, found } };
  });
}

/** An import with its counts and bad rows, or null. */
export async function findListImport(db: Executor, importId: string): Promise<ListImportRow | null> {
  const [row] = await db.select().from(listImports).where(eq(listImports.id, importId));
  return row ?? null;
}

export interface ListChange {
  change: 'added' | 'changed' | 'removed';
  entryId: string;
  before: string | null;
  after: string | null;
}

/** The first changes that a previewed import would make, for a person to look at: removed and changed ones first. */
export async function readListChanges(
  db: Executor,
  staged: ListImportRow,
  limit: number,
): Promise<ListChange[]> {
  const rows = await db.execute<{
    change: string;
    entry_id: string;
    before: string | null;
    after: string | null;
  }>(sql`
    select case when e.entry_id is null then 'added' when r.entry_id is null then 'removed' else 'changed' end as change,
      coalesce(e.entry_id, r.entry_id) as entry_id, e.name as before, r.name as after
    from (select * from list_import_rows where import_id = ${staged.id}) r
    full join (
      select * from screening_entries where list = ${staged.list} and version = ${staged.baseVersion ?? 0}
    ) e on e.entry_id = r.entry_id
    where e.entry_id is null or r.entry_id is null
      or (e.kind, e.name, e.kana, e.aliases, e.birth_date, e.address, e.phone, e.corporate_number)
        <> (r.kind, r.name, r.kana, r.aliases, r.birth_date, r.address, r.phone, r.corporate_number)
    order by case when r.entry_id is null then 0 when e.entry_id is not null then 1 else 2 end, 2
    limit ${limit}`);
  return rows.map(({ change, entry_id: entryId, before, after }) => ({
    change: change as ListChange['change'],
    entryId,
    before,
    after,
  }));
}

/** An entry of a list version as it was then, for the evidence beside a finding; null when there is none. */
export async function findListEntry(
  db: Executor,
  key: { list: ListName; version: number; entryId: string },
): Promise<typeof screeningEntries.$inferSelect | null> {
  const [row] = await db
    .select()
    .from(screeningEntries)
    .where(
      and(
        eq(screeningEntries.list, key.list),
        eq(screeningEntries.version, key.version),
        eq(screeningEntries.entryId, key.entryId),
      ),
    );
  return row ?? null;
}
