import { eq } from 'drizzle-orm';
import type { Database } from '../../client.ts';
import { documents } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';
import type { DocumentRow } from './search.ts';

/** A document of the archive for a member of staff; the look is recorded (第12条2項). Null when it is not there. */
export async function openDocument(
  db: Database,
  input: { documentId: string; actor: string },
): Promise<DocumentRow | null> {
  return db.transaction(async (tx) => {
    const [row] = await tx.select().from(documents).where(eq(documents.id, input.documentId));
    if (row === undefined) return null;
    await recordAudit(tx, {
      actor: input.actor,
      action: 'document.opened',
      subjectType: 'document',
      subjectId: row.id,
      clause: '第12条2項',
    });
    return row;
  });
}
