import { and, eq, isNull } from 'drizzle-orm';
import type { MonthClose } from '../../../domain/billing/revenue.ts';
import type { Executor } from '../../client.ts';
import { monthCloses } from '../../schema/index.ts';

/** The closes that stand. */
export function standingCloses(db: Executor, sandbox: boolean): Promise<MonthClose[]> {
  return db
    .select({ month: monthCloses.month, on: monthCloses.on })
    .from(monthCloses)
    .where(and(eq(monthCloses.sandbox, sandbox), isNull(monthCloses.reopenedAt)));
}
