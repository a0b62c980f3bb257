import { sql } from 'drizzle-orm';
import type { Database } from '../../client.ts';

/** Set apart from other users of advisory locks. */
const NAMESPACE = 7_160_503;

/**
 * Runs `work` while nobody else anywhere works on the same mail; null when somebody does. The lock is held by a database
 * connection of its own, so it ends with the process that holds it, however that ends.
 */
export async function withMailLock<T>(
  db: Database,
  key: string,
  work: () => Promise<T>,
): Promise<{ result: T } | null> {
  return db.transaction(async (tx) => {
    const [lock] = await tx.execute<{ taken: boolean }>(
      sql`select pg_try_advisory_xact_lock(${NAMESPACE}, hashtext(${key})) as taken`,
    );
    return lock?.taken === true ? { result: await work() } : null;
  });
}
