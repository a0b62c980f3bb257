import { eq, max } from 'drizzle-orm';
import type { Database } from '../../client.ts';
import { type ListName, screeningEntries, screeningLists } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';
import type { LoadedEntry } from './current.ts';

const BATCH = 500;

/** Takes a new version of a list and makes it the current one, all or nothing. Returns its number. */
export async function importList(
  db: Database,
  input: { list: ListName; entries: LoadedEntry[]; importedBy: string },
): Promise<number> {
  const { list, entries, importedBy } = input;
  return db.transaction(async (tx) => {
    const [last] = await tx
      .select({ version: max(screeningLists.version) })
      .from(screeningLists)
      .where(eq(screeningLists.list, list));
    const version = (last?.version ?? 0) + 1;
    await tx.update(screeningLists).set({ current: false }).where(eq(screeningLists.list, list));
    await tx
      .insert(screeningLists)
      .values({ list, version, current: true, importedBy, entries: entries.length });
    for (let from = 0; from < entries.length; from += BATCH) {
      const batch = entries.slice(from, from + BATCH).map(({ id, aliases, ...entry }) => ({
        ...entry,
        list,
        version,
        entryId: id,
        aliases: (aliases ?? []).join('\n'),
      }));
      await tx.insert(screeningEntries).values(batch);
    }
    await recordAudit(tx, {
      actor: importedBy,
      action: 'list.imported',
      subjectType: 'list',
      subjectId: list,
      clause: '第4条4項',
      after: { version, entries: entries.length },
    });
    return version;
  });
}
