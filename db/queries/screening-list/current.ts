import { and, eq } from 'drizzle-orm';
import type { ListEntry } from '../../../domain/screening/index.ts';
import type { Executor } from '../../client.ts';
import { type ListName, screeningEntries, screeningLists } from '../../schema/index.ts';

export interface ListVersion {
  list: ListName;
  version: number;
}

/** The current version of each list that has one. */
export async function currentLists(db: Executor): Promise<ListVersion[]> {
  return db
    .select({ list: screeningLists.list, version: screeningLists.version })
    .from(screeningLists)
    .where(eq(screeningLists.current, true))
    .orderBy(screeningLists.list);
}

/** An entry with the list version in which it last changed. */
export interface VersionedEntry extends ListEntry {
  entryVersion: number;
}

/** All entries of a list version. */
export async function loadEntries(db: Executor, { list, version }: ListVersion): Promise<VersionedEntry[]> {
  const rows = await db
    .select()
    .from(screeningEntries)
    .where(and(eq(screeningEntries.list, list), eq(screeningEntries.version, version)));
  return rows.map(
    ({ entryId, kind, name, kana, aliases, birthDate, address, phone, corporateNumber, entryVersion }) => ({
      id: entryId,
      kind,
      name,
      entryVersion,
      ...(kana === '' ? {} : { kana }),
      ...(aliases === '' ? {} : { aliases: aliases.split('\n') }),
      ...(birthDate === '' ? {} : { birthDate }),
      ...(address === '' ? {} : { address }),
      ...(phone === '' ? {} : { phone }),
      ...(corporateNumber === '' ? {} : { corporateNumber }),
    }),
  );
}
