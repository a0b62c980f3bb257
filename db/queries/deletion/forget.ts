import { eq } from 'drizzle-orm';
import type { ProofMail } from '../../../domain/data/deletion.ts';
import type { Database } from '../../client.ts';
import { destroyKey } from '../../personal/destroy-key.ts';
import { deletionNeedles, deletions } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';
import { addStep } from './record.ts';
import { deletionSubject, keyOwners } from './subject.ts';

/** Ends a deletion: the keys of what was deleted, which makes backups unreadable too, what was kept for the search and the proof's address go in the transaction that says it is done. */
export async function forgetDeletion(
  db: Database,
  input: { contractId: string; proofMail: ProofMail; businessAt: Date },
): Promise<void> {
  const { contractId, proofMail, businessAt } = input;
  await db.transaction(async (tx) => {
    const [row] = await tx.select().from(deletions).where(eq(deletions.contractId, contractId)).for('update');
    if (row === undefined || row.status === 'done') return;
    const subject = await deletionSubject(tx, contractId);
    if (subject === null) throw new Error(`contract ${contractId} does not exist`);
    const searches = await tx
      .delete(deletionNeedles)
      .where(eq(deletionNeedles.contractId, contractId))
      .returning({ keyId: deletionNeedles.keyId });
    let keys = 0;
    for (const owner of [...keyOwners(subject), ...searches.map(({ keyId }) => keyId)]) {
      if (await destroyKey(tx, owner, new Date())) keys += 1;
    }
    await addStep(tx, { contractId, step: 'keys', removed: { personal_keys: keys }, businessAt });
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
      before: { status: row.status },
      after: { status: 'done', proofMail },
      businessAt,
    });
  });
}
