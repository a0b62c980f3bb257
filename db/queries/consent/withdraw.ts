import { and, eq, isNull } from 'drizzle-orm';
import type { Database } from '../../client.ts';
import { supportConsents } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';

/** Ends a consent at once; false when it is unknown or was ended before. */
export async function withdrawConsent(
  db: Database,
  input: { contractId: string; consentId: string; staffId: string; at: Date },
): Promise<boolean> {
  const { contractId, consentId, staffId, at } = input;
  return db.transaction(async (tx) => {
    const ended = await tx
      .update(supportConsents)
      .set({ withdrawnAt: at, withdrawnBy: staffId })
      .where(
        and(
          eq(supportConsents.id, consentId),
          eq(supportConsents.contractId, contractId),
          isNull(supportConsents.withdrawnAt),
        ),
      )
      .returning({ id: supportConsents.id });
    if (ended.length === 0) return false;
    await recordAudit(tx, {
      actor: staffId,
      action: 'consent.withdrawn',
      subjectType: 'contract',
      subjectId: contractId,
      after: { consentId },
    });
    return true;
  });
}
