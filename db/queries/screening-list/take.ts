import { and, eq, max, sql } from 'drizzle-orm';
import type { Database, Transaction } from '../../client.ts';
import {
  type ListName,
  listImportRows,
  listImports,
  screeningEntries,
  screeningLists,
} from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';
import { currentVersion, SAME_VALUES } from './stage.ts';

/** `stale`: another version became current after the preview; `empty`: the file has no good row. */
export type TakeResult = { ok: true; version: number } | { ok: false; why: 'unknown' | 'stale' | 'empty' };

/**
 * Makes a previewed import the new, current version of its list, all or nothing; a repeat gives the same version. An
 * entry whose values did not change keeps its entry version, so that decisions about it go on to hold.
 */
export async function takeImport(
  db: Database,
  input: { importId: string; takenBy: string },
): Promise<TakeResult> {
  return db.transaction(async (tx) => {
    const [staged] = await tx
      .select()
      .from(listImports)
      .where(eq(listImports.id, input.importId))
      .for('update');
    if (staged === undefined || staged.status === 'reading') return { ok: false, why: 'unknown' };
    if (staged.version !== null) return { ok: true, version: staged.version };
    const { list, baseVersion } = staged;
    await lockList(tx, list);
    if ((await currentVersion(tx, list)) !== baseVersion) return { ok: false, why: 'stale' };
    if (staged.rows === 0) return { ok: false, why: 'empty' };
    const version = await nextVersion(tx, list);
    await tx.update(screeningLists).set({ current: false }).where(eq(screeningLists.list, list));
    await tx.insert(screeningLists).values({
      list,
      version,
      current: true,
      importedBy: input.takenBy,
      entries: staged.rows + staged.keptEntries,
    });
    // Right after a large import the planner takes the tables for empty and would compare each row with each entry.
    await tx.execute(sql`set local enable_nestloop = off`);
    await tx.execute(sql`
      insert into ${screeningEntries}
        (list, version, entry_id, kind, name, kana, aliases, birth_date, address, phone, corporate_number, entry_version)
      select ${list}, ${version}::int, r.entry_id, r.kind, r.name, r.kana, r.aliases, r.birth_date, r.address, r.phone,
        r.corporate_number, case when ${SAME_VALUES} then e.entry_version else ${version}::int end
      from list_import_rows r
      left join screening_entries e on e.list = ${list} and e.version = ${baseVersion ?? 0} and e.entry_id = r.entry_id
      where r.import_id = ${input.importId}`);
    await tx.delete(listImportRows).where(eq(listImportRows.importId, input.importId));
    await tx
      .update(listImports)
      .set({ status: 'taken', version, takenAt: new Date() })
      .where(eq(listImports.id, input.importId));
    const { added, changed, removed, same, badRows } = staged;
    await recordAudit(tx, {
      actor: input.takenBy,
      action: 'list.imported',
      subjectType: 'list',
      subjectId: list,
      before: { version: baseVersion },
      after: { version, entries: staged.rows + staged.keptEntries, added, changed, removed, same, badRows },
    });
    return { ok: true, version };
  });
}

/** Only one transaction at a time makes a version of a list current. */
async function lockList(tx: Transaction, list: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`screening-list/${list}`}, 0))`);
}

async function nextVersion(tx: Transaction, list: ListName): Promise<number> {
  const [last] = await tx
    .select({ version: max(screeningLists.version) })
    .from(screeningLists)
    .where(eq(screeningLists.list, list));
  return (last?.version ?? 0) + 1;
}

/** Makes an earlier version of a list the current one again. False when there is no such version. */
export async function rollBackList(
  db: Database,
  input: { list: ListName; version: number; actor: string; reason: string },
): Promise<boolean> {
  const { list, version, actor, reason } = input;
  return db.transaction(async (tx) => {
    await lockList(tx, list);
    const [target] = await tx
      .select()
      .from(screeningLists)
      .where(and(eq(screeningLists.list, list), eq(screeningLists.version, version)));
    if (target === undefined) return false;
    if (target.current) return true;
    const before = await currentVersion(tx, list);
    await tx.update(screeningLists).set({ current: false }).where(eq(screeningLists.list, list));
    await tx
      .update(screeningLists)
      .set({ current: true })
      .where(and(eq(screeningLists.list, list), eq(screeningLists.version, version)));
    await recordAudit(tx, {
      actor,
      action: 'list.rolledBack',
      subjectType: 'list',
      subjectId: list,
      before: { version: before },
      after: { version, reason },
    });
    return true;
  });
}
