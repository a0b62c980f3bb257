import { and, inArray, lt } from 'drizzle-orm';
import type { Executor } from '../../client.ts';
import { suspensions } from '../../schema/index.ts';
import { neverHadTask } from '../task/never.ts';
import type { SuspensionRow } from './find.ts';

/**
 * Suspensions older than `before` whose process may never have started, because Temporal was away when they were stored:
 * nobody was asked and nothing has begun. Regular maintenance that waits for its day is among them.
 */
export async function suspensionsNotStarted(db: Executor, before: Date): Promise<SuspensionRow[]> {
  return db
    .select()
    .from(suspensions)
    .where(
      and(
        inArray(suspensions.status, ['approval', 'planned']),
        lt(suspensions.createdAt, before),
        neverHadTask(db, 'suspension', suspensions.id),
      ),
    );
}
