import { and, desc, eq, gte } from 'drizzle-orm';
import type { Executor } from '../../client.ts';
import { statisticsEditions } from '../../schema/index.ts';

export type StatisticsEdition = typeof statisticsEditions.$inferSelect;

/** The newest statistics that were made with the present k or a larger one; null when there are none. */
export async function readStatistics(
  db: Executor,
  { sandbox, minGroup }: { sandbox: boolean; minGroup: number },
): Promise<StatisticsEdition | null> {
  const [row] = await db
    .select()
    .from(statisticsEditions)
    .where(and(eq(statisticsEditions.sandbox, sandbox), gte(statisticsEditions.minGroup, minGroup)))
    .orderBy(desc(statisticsEditions.month))
    .limit(1);
  return row ?? null;
}
