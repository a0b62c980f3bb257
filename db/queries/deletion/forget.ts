import { eq } from 'drizzle-orm';
import type { ProofMail } from '../../../domain/deletion.ts';
import type { Database } from '../../client.ts';
import { deletionNeedles, deletions } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';
import { addStep } from './record.ts';

/** Ends a deletion: what was kept for the search and the proof's address go in the transaction that says it is done. */
export async function forgetDeletion(
  db: Database,
  input: { contractId: string; proofMail: ProofMail; businessAt: Date },
): Promise<void> {
  const { contractId, proofMail, businessAt } = input;
  await db.transaction(async (tx) => {
    const [row] = await tx.select().from(deletions).where(eq(deletions.contractId, contractId)).for('update');
    if (row === undefined || row.status === 'done') return;
    await tx.delete(deletionNeedles).where(eq(deletionNeedles.contractId, contractId));
    await addStep(tx, { contractId, step: 'forget', removed: {}, businessAt });
    await tx
      .update(deletions)
      .set({ status: 'done', proofMail, leftovers: [], doneAt: businessAt })
      .where(eq(deletions.contractId, contractId));
    await recordAudit(tx, {
      actor: 'system',
      action: 'deletion.done',
      subjectType: 'contract',
      subjectId: contractId,
      clause: '第22条6項',
      before: { status: row.status },
      after: { status: 'done', proofMail },
      businessAt,
    });
  });
}
