import { ownObjects } from '../../db/queries/deletion/erase.ts';
import { referencedFiles } from '../../db/queries/deletion/files.ts';
import { applicationSubject } from '../../db/queries/deletion/subject.ts';
import { eraseOutboxMails } from '../deletion/outbox.ts';
import type { RetentionPorts } from './index.ts';

/**
 * Removes what of an application lies outside the database around the transaction that removes its rows: executions and caught
 * mails before, while the rows still name them; stored files after, when no row names them. Files that a kill leaves are
 * found by the sweep as files without a row.
 */
export async function eraseAround(
  { db, storage, executions, outboxDir }: RetentionPorts,
  applicationId: string,
  eraseRows: () => Promise<boolean>,
): Promise<boolean> {
  const subject = applicationSubject(applicationId);
  const { files, outboxMails } = await ownObjects(db, subject);
  for (const execution of await executions.closed(subject)) await executions.remove(execution);
  await eraseOutboxMails(outboxDir, outboxMails);
  if (!(await eraseRows())) return false;
  const shared = await referencedFiles(db, files);
  for (const key of files) if (!shared.has(key)) await storage.remove(key);
  return true;
}
