import { and, eq, gt, isNull, ne } from 'drizzle-orm';
import type { Transaction } from '../../client.ts';
import { sessions } from '../../schema/index.ts';

/** Ends every session of a person at once, but for one, in the transaction of what makes them end. Gives how many there were. */
export async function endAllSessions(
  tx: Transaction,
  staffId: string,
  now: Date,
  keepTokenHash = '',
): Promise<number> {
  const ended = await tx
    .update(sessions)
    .set({ revokedAt: now })
    .where(
      and(
        eq(sessions.staffId, staffId),
        isNull(sessions.revokedAt),
        gt(sessions.expiresAt, now),
        ne(sessions.tokenHash, keepTokenHash),
      ),
    )
    .returning({ tokenHash: sessions.tokenHash });
  return ended.length;
}
