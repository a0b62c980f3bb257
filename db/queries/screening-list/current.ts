import { and, eq } from 'drizzle-orm';
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

/** An entry as the screening engine takes it; an empty column is an absent field. */
export interface LoadedEntry {
  id: string;
  kind: 'company' | 'person';
  name: string;
  kana?: string;
  aliases?: string[];
  birthDate?: string;
  address?: string;
  phone?: string;
  corporateNumber?: string;
}

/** An entry with the list version in which it last changed. */
export interface VersionedEntry extends LoadedEntry {
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
