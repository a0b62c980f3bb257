import { and, gt, isNull } from 'drizzle-orm';
import { sessions } from '../../schema/index.ts';

/** How long a session lives without a visit, and as of when it is asked about. */
export interface Idle {
  now: Date;
  idleMs: number;
}

/** Neither over, nor revoked, nor idle for too long. */
export const isAlive = ({ now, idleMs }: Idle) =>
  and(
    isNull(sessions.revokedAt),
    gt(sessions.expiresAt, now),
    gt(sessions.lastSeenAt, new Date(now.getTime() - idleMs)),
  );
