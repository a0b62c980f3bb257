import { and, asc, eq, gte, lte, sql } from 'drizzle-orm';
import { lastOfMonth, type MonthKey, monthStart } from '../../../domain/calendar/civil-date.ts';
import type { Executor } from '../../client.ts';
import { usageEvents } from '../../schema/index.ts';

/** What a contract used of each category in a month of Japan: number of calls or messages, and their quantity as decimal text. */
export async function usageOfMonth(
  db: Executor,
  { contractId, month }: { contractId: string; month: MonthKey },
): Promise<{ category: string; events: number; quantity: string }[]> {
  const first = monthStart(month);
  const { category, quantity, usedOn } = usageEvents;
  return db
    .select({
      category,
      events: sql<number>`count(*)::int`,
      quantity: sql<string>`trim_scale(sum(${quantity}::numeric))::text`,
    })
    .from(usageEvents)
    .where(and(eq(usageEvents.contractId, contractId), gte(usedOn, first), lte(usedOn, lastOfMonth(first))))
    .groupBy(category)
    .orderBy(asc(category));
}
