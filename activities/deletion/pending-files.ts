import type { Database } from '../../db/client.ts';
import { referencedFiles } from '../../db/queries/deletion/files.ts';
import { type DeletionObjects, pendingObjects } from '../../db/queries/deletion/record.ts';
import type { DocumentStorage } from '../../storage/file-storage.ts';

/**
 * Removes the stored files that only deleted rows of a contract named, and tells how many are gone; the caller settles the
 * notes. Another customer's identical file stays; one that a row names again while it goes is put back.
 */
export async function erasePendingFiles(
  { db, storage }: { db: Database; storage: DocumentStorage },
  contractId: string,
): Promise<{ removed: number; settled: DeletionObjects }> {
  const names = await pendingObjects(db, contractId, 'file');
  let removed = 0;
  for (const name of names) {
    const shared = async () => (await referencedFiles(db, [name])).size > 0;
    if (await shared()) continue;
    const bytes = await storage.get(name).catch(() => null);
    await storage.remove(name);
    if (bytes !== null && (await shared())) await storage.put(bytes);
    else removed += 1;
  }
  return { removed, settled: { kind: 'file', names } };
}
