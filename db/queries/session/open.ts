import { and, eq, sql } from 'drizzle-orm';
import type { Database } from '../../client.ts';
import { sessions, staff } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';

/**
 * Records a signed-in browser. False where the account was closed, or got another password, since this one was looked at: a change
 * that ends sessions leaves none behind that was just about to begin.
 */
export async function openSession(
  db: Database,
  input: {
    tokenHash: string;
    staffId: string;
    /** The hash that the password was found right by; whatever the account has where none was asked for. */
    passwordHash: string | null;
    csrfToken: string;
    cameFrom?: string;
    mustEnrol?: boolean;
    now: Date;
    expiresAt: Date;
  },
): Promise<boolean> {
  const { now, passwordHash, ...row } = input;
  return db.transaction(async (tx) => {
    const unchanged = and(
      eq(staff.id, input.staffId),
      eq(staff.active, true),
      sql`${staff.passwordHash} is not distinct from ${passwordHash}`,
    );
    const [account] = await tx.select({ id: staff.id }).from(staff).where(unchanged).for('share');
    if (account === undefined) return false;
    await tx.insert(sessions).values({ ...row, createdAt: now, lastSeenAt: now });
    await recordAudit(tx, {
      actor: input.staffId,
      action: 'staff.signedIn',
      subjectType: 'staff',
      subjectId: input.staffId,
    });
    return true;
  });
}
