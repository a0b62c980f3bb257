import { createHash } from 'node:crypto';
import type { Database } from '../db/client.ts';
import { stageList } from '../db/queries/screening-list/stage.ts';
import { takeImport } from '../db/queries/screening-list/take.ts';
import type { ListName } from '../db/schema/index.ts';
import type { ListEntry } from '../domain/screening/index.ts';

/** Takes entries that are at hand as the new, current version of a list. Returns its number. */
export async function importList(
  db: Database,
  input: { list: ListName; entries: ListEntry[]; importedBy: string },
): Promise<number> {
  const { list, entries, importedBy } = input;
  const rows = entries.map(({ id, aliases, kana, birthDate, address, phone, corporateNumber, ...entry }) => ({
    ...entry,
    entryId: id,
    kana: kana ?? '',
    aliases: (aliases ?? []).join('\n'),
    birthDate: birthDate ?? '',
    address: address ?? '',
    phone: phone ?? '',
    corporateNumber: corporateNumber ?? '',
  }));
  const sha256 = createHash('sha256').update(JSON.stringify(rows)).digest('hex');
  const staged = await stageList(db, {
    list,
    fileName: '',
    sha256,
    encoding: '',
    rows,
    bad: [],
    refused: [],
    warnings: [],
    columns: [],
    importedBy,
  });
  const taken = await takeImport(db, { importId: staged.id, takenBy: importedBy });
  if (!taken.ok) throw new Error(`the list was not taken (${taken.why})`);
  return taken.version;
}
