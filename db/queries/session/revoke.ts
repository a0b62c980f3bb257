import { and, eq, isNull } from 'drizzle-orm';
import type { Database } from '../../client.ts';
import { sessions } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';

/** Ends a session at once. Unknown and ended ones stay as they are. */
export async function revokeSession(db: Database, tokenHash: string, now: Date): Promise<void> {
  await db.transaction(async (tx) => {
    const [ended] = await tx
      .update(sessions)
      .set({ revokedAt: now })
      .where(and(eq(sessions.tokenHash, tokenHash), isNull(sessions.revokedAt)))
      .returning({ staffId: sessions.staffId });
    if (ended === undefined) return;
    const { staffId } = ended;
    await recordAudit(tx, {
      actor: staffId,
      action: 'staff.signedOut',
      subjectType: 'staff',
      subjectId: staffId,
    });
  });
}
