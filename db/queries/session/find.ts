import { and, eq, gt, isNull } from 'drizzle-orm';
import type { StaffRole } from '../../../domain/desk/roles.ts';
import type { Executor } from '../../client.ts';
import { sessions, staff } from '../../schema/index.ts';

export interface SessionStaff {
  id: string;
  name: string;
  roles: StaffRole[];
  sample: boolean;
}

/** Writing the last visit at most this often keeps a busy console from updating one row on every request. */
const TOUCH_AFTER_MS = 60_000;

/** The session of a token if it is neither over, idle for too long, revoked, nor its account closed; marks the visit. */
export async function findSession(
  db: Executor,
  input: { tokenHash: string; now: Date; idleMs: number },
): Promise<{ staff: SessionStaff; csrfToken: string } | null> {
  const { tokenHash, now, idleMs } = input;
  const [row] = await db
    .select({
      id: staff.id,
      name: staff.name,
      roles: staff.roles,
      sample: staff.sample,
      csrfToken: sessions.csrfToken,
      lastSeenAt: sessions.lastSeenAt,
    })
    .from(sessions)
    .innerJoin(staff, eq(staff.id, sessions.staffId))
    .where(
      and(
        eq(sessions.tokenHash, tokenHash),
        isNull(sessions.revokedAt),
        gt(sessions.expiresAt, now),
        gt(sessions.lastSeenAt, new Date(now.getTime() - idleMs)),
        eq(staff.active, true),
      ),
    );
  if (row === undefined) return null;
  if (now.getTime() - row.lastSeenAt.getTime() > TOUCH_AFTER_MS) {
    await db.update(sessions).set({ lastSeenAt: now }).where(eq(sessions.tokenHash, tokenHash));
  }
  const { csrfToken, lastSeenAt: _, roles, ...person } = row;
  return { staff: { ...person, roles: roles as StaffRole[] }, csrfToken };
}
