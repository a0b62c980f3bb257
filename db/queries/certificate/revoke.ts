import { and, eq, ne } from 'drizzle-orm';
import type { Database } from '../../client.ts';
import { certificates } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';

/** Takes a certificate back: the verification page says so from now on. False when it was already, or is not there. */
export async function revokeCertificate(
  db: Database,
  input: { certificateId: string; actor: string; reasonCode: string; businessAt: Date },
): Promise<boolean> {
  const { certificateId, actor, reasonCode, businessAt } = input;
  return db.transaction(async (tx) => {
    const [before] = await tx
      .select()
      .from(certificates)
      .where(and(eq(certificates.id, certificateId), ne(certificates.status, 'revoked')))
      .for('update');
    if (before === undefined) return false;
    await tx.update(certificates).set({ status: 'revoked' }).where(eq(certificates.id, certificateId));
    await recordAudit(tx, {
      actor,
      action: 'certificate.revoked',
      subjectType: 'contract',
      subjectId: before.contractId,
      before: { status: before.status },
      after: { certificateId, revision: before.revision, status: 'revoked' },
      reasonCode,
      businessAt,
    });
    return true;
  });
}
