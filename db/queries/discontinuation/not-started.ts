import { and, eq, lt } from 'drizzle-orm';
import type { Executor } from '../../client.ts';
import { discontinuations } from '../../schema/index.ts';
import { neverHadTask } from '../task/never.ts';
import type { DiscontinuationRow } from './find.ts';

/** Proposals older than `before` that nobody was asked to review: Temporal was away when they were stored. */
export async function discontinuationsNotStarted(db: Executor, before: Date): Promise<DiscontinuationRow[]> {
  return db
    .select()
    .from(discontinuations)
    .where(
      and(
        eq(discontinuations.status, 'review'),
        lt(discontinuations.createdAt, before),
        neverHadTask(db, 'discontinuation', discontinuations.id),
      ),
    );
}
