import { eq } from 'drizzle-orm';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import type { Database } from '../../client.ts';
import { documentCorrections, documents } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';
import { foldCounterparty } from './fold.ts';

/** What the archive says about a document and may be wrong; the document itself is never changed. */
export interface DocumentChanges {
  documentOn?: CivilDate;
  amountYen?: number | null;
  counterparty?: string;
}

/**
 * Corrects what a document is found by. Each field that changes is kept with its value before, its value after, who, when and why
 * (電子帳簿保存法). Returns how many fields changed; null when there is no such document.
 */
export async function correctDocument(
  db: Database,
  input: { documentId: string; changes: DocumentChanges; reason: string; correctedBy: string; now: Date },
): Promise<number | null> {
  const { documentId, changes, reason, correctedBy, now } = input;
  return db.transaction(async (tx) => {
    const [before] = await tx.select().from(documents).where(eq(documents.id, documentId)).for('update');
    if (before === undefined) return null;
    const fields = (['documentOn', 'amountYen', 'counterparty'] as const).filter(
      (field) => changes[field] !== undefined && changes[field] !== before[field],
    );
    if (fields.length === 0) return 0;
    const { counterparty } = changes;
    await tx
      .update(documents)
      .set({
        ...changes,
        ...(counterparty === undefined ? {} : { counterpartyFolded: foldCounterparty(counterparty) }),
      })
      .where(eq(documents.id, documentId));
    await tx.insert(documentCorrections).values(
      fields.map((field) => ({
        documentId,
        field,
        before: textOf(before[field]),
        after: textOf(changes[field]),
        reason,
        correctedBy,
        correctedAt: now,
      })),
    );
    await recordAudit(tx, {
      actor: correctedBy,
      action: 'document.corrected',
      subjectType: 'document',
      subjectId: documentId,
      after: { fields },
    });
    return fields.length;
  });
}

const textOf = (value: string | number | null | undefined): string => (value == null ? '' : String(value));
