import type { Database } from '../../client.ts';
import { recordAudit } from '../audit/record.ts';

/** Notes that a person took a file of refunds with accounts of customers. */
export async function recordDownload(
  db: Database,
  input: { discontinuationId: string; batch: number; file: 'list' | 'transfer'; staffId: string },
): Promise<void> {
  const { discontinuationId, batch, file, staffId } = input;
  await recordAudit(db, {
    actor: staffId,
    action: 'refunds.downloaded',
    subjectType: 'discontinuation',
    subjectId: discontinuationId,
    after: { batch, file },
  });
}
