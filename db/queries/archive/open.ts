import { eq } from 'drizzle-orm';
import type { Database, Executor } from '../../client.ts';
import { documents } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';
import type { DocumentRow } from './search.ts';

/** What the archive says about a document, or null. */
export async function findDocument(db: Executor, documentId: string): Promise<DocumentRow | null> {
  const [row] = await db.select().from(documents).where(eq(documents.id, documentId));
  return row ?? null;
}

/** The documents of a number: a paper and its data. */
export function documentsByNumber(db: Executor, number: string): Promise<DocumentRow[]> {
  return db.select().from(documents).where(eq(documents.number, number));
}

/** A document of the archive for a member of staff; the look is recorded (第12条2項). Null when it is not there. */
export async function openDocument(
  db: Database,
  input: { documentId: string; actor: string },
): Promise<DocumentRow | null> {
  return db.transaction(async (tx) => {
    const row = await findDocument(tx, input.documentId);
    if (row === null) return null;
    await recordAudit(tx, {
      actor: input.actor,
      action: 'document.opened',
      subjectType: 'document',
      subjectId: row.id,
    });
    return row;
  });
}
