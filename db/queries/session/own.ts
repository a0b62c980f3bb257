import { and, desc, eq } from 'drizzle-orm';
import type { Database, Executor } from '../../client.ts';
import { sessions } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';
import { type Idle, isAlive } from './alive.ts';
import { endAllSessions } from './end-all.ts';

/** A person's sessions that are under way, the last used first. */
export async function ownSessions(db: Executor, staffId: string, idle: Idle) {
  return db
    .select({
      tokenHash: sessions.tokenHash,
      cameFrom: sessions.cameFrom,
      createdAt: sessions.createdAt,
      lastSeenAt: sessions.lastSeenAt,
    })
    .from(sessions)
    .where(and(eq(sessions.staffId, staffId), isAlive(idle)))
    .orderBy(desc(sessions.lastSeenAt));
}

/** A person ends their own sessions but the one that they ask by. Gives how many ended. */
export async function endOtherSessions(
  db: Database,
  { staffId, tokenHash, now }: { staffId: string; tokenHash: string; now: Date },
): Promise<number> {
  return db.transaction(async (tx) => {
    const endedSessions = await endAllSessions(tx, staffId, now, tokenHash);
    await recordAudit(tx, {
      actor: staffId,
      action: 'staff.sessionsEnded',
      ...{ subjectType: 'staff', subjectId: staffId, after: { endedSessions } },
    });
    return endedSessions;
  });
}

/** Whose session a form or browser had, over or not: by the token of its forms, or the digest of its cookie. */
export async function formerSession(
  db: Executor,
  by: { csrfToken: string } | { tokenHash: string },
): Promise<string | null> {
  const where =
    'csrfToken' in by ? eq(sessions.csrfToken, by.csrfToken) : eq(sessions.tokenHash, by.tokenHash);
  const [row] = await db.select({ staffId: sessions.staffId }).from(sessions).where(where).limit(1);
  return row?.staffId ?? null;
}
