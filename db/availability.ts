import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import type { Database } from './client.ts';

/**
 * What Postgres and its driver say when there is no connection to be had for now: too many, starting or stopping, out of reach.
 * A pool that we closed ourselves is none of these.
 */
const UNAVAILABLE = new Set([
  ...['53300', '53400', '57P01', '57P02', '57P03', '08000', '08001', '08003', '08004', '08006'],
  ...[
    'ECONNREFUSED',
    'ECONNRESET',
    'ETIMEDOUT',
    'ENOTFOUND',
    'EPIPE',
    'CONNECT_TIMEOUT',
    'CONNECTION_CLOSED',
  ],
]);
const RETRY_MS = 200;

/** Whether an error, or what caused it, is that there was no connection to the database. */
export function isUnavailable(error: unknown): boolean {
  for (let each = error, depth = 0; each instanceof Error && depth < 5; each = each.cause, depth += 1) {
    if ('code' in each && typeof each.code === 'string' && UNAVAILABLE.has(each.code)) return true;
  }
  return false;
}

/**
 * Waits until the database answers, however many are waiting for the pool, and false when it has not by then. Throws what is
 * no lack of connections.
 */
export async function waitForDatabase(db: Database, milliseconds: number): Promise<boolean> {
  const endsAt = performance.now() + milliseconds;
  for (;;) {
    const leftMs = endsAt - performance.now();
    if (leftMs <= 0) return false;
    const answer = await Promise.race([
      db.execute(sql`select 1`).then(
        () => 'ready' as const,
        (error: unknown) => {
          if (isUnavailable(error)) return 'away' as const;
          throw error;
        },
      ),
      delay(leftMs, 'late' as const, { ref: false }),
    ]);
    if (answer !== 'away') return answer === 'ready';
    await delay(Math.min(RETRY_MS, leftMs), null, { ref: false });
  }
}
