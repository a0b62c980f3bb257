import type { Database } from '../../client.ts';
import { recordAudit } from '../audit/record.ts';

/** Stands for an account that there is not: what was typed may be a password, and is noted nowhere. */
const NOBODY = 'unknown';

/**
 * Notes that somebody failed to sign in, or was held back before the password was looked at.
 * @param from who it was as limits count, a digest: the same for the same address
 */
export async function recordRefusedSignIn(
  db: Database,
  refused: {
    action: 'staff.signInFailed' | 'staff.signInHeldBack';
    staffId: string | null;
    from: string;
    attempt: number;
  },
): Promise<void> {
  const { action, staffId, from, attempt } = refused;
  await recordAudit(db, {
    actor: NOBODY,
    action,
    subjectType: 'staff',
    subjectId: staffId ?? NOBODY,
    after: { from, attempt },
  });
}
