import { and, eq } from 'drizzle-orm';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import type { StoredDocument } from '../../../storage/file-storage.ts';
import type { Database, Executor } from '../../client.ts';
import { deletions, documents } from '../../schema/index.ts';
import { archiveDocument } from '../archive/add.ts';
import { recordAudit } from '../audit/record.ts';

/** The archived proof of a contract's deletion, by its document id; null when there is none. */
export async function findProof(db: Executor, contractId: string): Promise<string | null> {
  const [row] = await db
    .select({ id: documents.id })
    .from(documents)
    .where(
      and(
        eq(documents.kind, 'deletionProof'),
        eq(documents.subjectType, 'contract'),
        eq(documents.subjectId, contractId),
      ),
    );
  return row?.id ?? null;
}

/** Archives an issued proof, once for each contract, and notes it in the deletion's record. */
export async function storeProof(
  db: Database,
  proof: {
    contractId: string;
    number: string;
    issuedOn: CivilDate;
    counterparty: string;
    document: StoredDocument;
    sandbox: boolean;
    businessAt: Date;
  },
): Promise<string> {
  const { contractId, number, issuedOn, counterparty, document, sandbox, businessAt } = proof;
  return db.transaction(async (tx) => {
    await tx.select().from(deletions).where(eq(deletions.contractId, contractId)).for('update');
    const existing = await findProof(tx, contractId);
    if (existing !== null) return existing;
    await archiveDocument(tx, {
      kind: 'deletionProof',
      number,
      subjectType: 'contract',
      subjectId: contractId,
      documentOn: issuedOn,
      amountYen: null,
      counterparty,
      storageKey: document.key,
      sha256: document.sha256,
      bytes: document.bytes,
      sandbox,
    });
    const documentId = await findProof(tx, contractId);
    if (documentId === null) throw new Error('the proof was not archived');
    await tx
      .update(deletions)
      .set({ proofDocumentId: documentId, verifiedAt: businessAt })
      .where(eq(deletions.contractId, contractId));
    await recordAudit(tx, {
      actor: 'system',
      action: 'deletion.proven',
      subjectType: 'contract',
      subjectId: contractId,
      after: { documentId, sha256: document.sha256 },
      businessAt,
    });
    return documentId;
  });
}
