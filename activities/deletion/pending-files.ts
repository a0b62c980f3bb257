import type { Database } from '../../db/client.ts';
import { referencedFiles } from '../../db/queries/deletion/files.ts';
import { objectDone, pendingObjects } from '../../db/queries/deletion/record.ts';
import type { DocumentStorage } from '../../storage/file-storage.ts';

/**
 * Removes the stored files that only deleted rows of a contract named, and tells how many. Another customer's identical file
 * stays; one that a row names again while it goes is put back.
 */
export async function erasePendingFiles(
  { db, storage }: { db: Database; storage: DocumentStorage },
  contractId: string,
): Promise<number> {
  let removed = 0;
  for (const name of await pendingObjects(db, contractId, 'file')) {
    const shared = async () => (await referencedFiles(db, [name])).size > 0;
    if (!(await shared()) && (await storage.has(name))) {
      const bytes = await storage.get(name).catch(() => null);
      await storage.remove(name);
      if (bytes !== null && (await shared())) await storage.put(bytes);
      else removed += 1;
    }
    await objectDone(db, { contractId, kind: 'file', name });
  }
  return removed;
}
