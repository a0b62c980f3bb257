import { and, eq } from 'drizzle-orm';
import type { Preferences } from '../../../domain/desk/preferences.ts';
import type { StaffRole } from '../../../domain/desk/roles.ts';
import type { Executor } from '../../client.ts';
import { sessions, staff } from '../../schema/index.ts';
import { type Idle, isAlive } from './alive.ts';

export interface SessionStaff {
  id: string;
  name: string;
  roles: StaffRole[];
  sample: boolean;
}

/** Writing the last visit at most this often keeps a busy console from updating one row on every request. */
const TOUCH_AFTER_MS = 60_000;

/**
 * The session of a token if it is neither over, idle for too long, revoked, nor its account closed. Marks the visit, unless nobody is
 * there and the page only refreshes itself.
 */
export async function findSession(
  db: Executor,
  input: Idle & { tokenHash: string; visit?: boolean },
): Promise<{
  staff: SessionStaff;
  csrfToken: string;
  preferences: Preferences;
  expiresAt: Date;
  mustEnrol: boolean;
} | null> {
  const { tokenHash, now, idleMs, visit = true } = input;
  const [row] = await db
    .select({
      id: staff.id,
      name: staff.name,
      roles: staff.roles,
      sample: staff.sample,
      preferences: staff.preferences,
      csrfToken: sessions.csrfToken,
      lastSeenAt: sessions.lastSeenAt,
      expiresAt: sessions.expiresAt,
      mustEnrol: sessions.mustEnrol,
    })
    .from(sessions)
    .innerJoin(staff, eq(staff.id, sessions.staffId))
    .where(and(eq(sessions.tokenHash, tokenHash), isAlive({ now, idleMs }), eq(staff.active, true)));
  if (row === undefined) return null;
  if (visit && now.getTime() - row.lastSeenAt.getTime() > TOUCH_AFTER_MS) {
    await db.update(sessions).set({ lastSeenAt: now }).where(eq(sessions.tokenHash, tokenHash));
  }
  const { csrfToken, preferences, expiresAt, mustEnrol, id, name, sample } = row;
  const roles = row.roles as StaffRole[];
  return { staff: { id, name, roles, sample }, csrfToken, preferences, expiresAt, mustEnrol };
}
