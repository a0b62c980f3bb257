import { asc, eq, sql } from 'drizzle-orm';
import type { Executor } from '../../client.ts';
import { usageRecords } from '../../schema/index.ts';

export type UsageRow = typeof usageRecords.$inferSelect;

const PAGE = 500;

/** Keeps what was counted for each day and category; a later reading replaces the earlier one. */
export async function storeUsage(
  db: Executor,
  rows: readonly (typeof usageRecords.$inferInsert)[],
): Promise<void> {
  const latest = (column: string) => sql.raw(`excluded.${column}`);
  for (let start = 0; start < rows.length; start += PAGE) {
    await db
      .insert(usageRecords)
      .values(rows.slice(start, start + PAGE))
      .onConflictDoUpdate({
        target: [usageRecords.contractId, usageRecords.usageOn, usageRecords.category],
        set: {
          count: latest('count'),
          countUnit: latest('count_unit'),
          usage: latest('usage'),
          usageUnit: latest('usage_unit'),
          price: latest('price'),
          priceUnit: latest('price_unit'),
          readAt: latest('read_at'),
        },
      });
  }
}

/** Usage of a contract, day by day. */
export async function readUsage(db: Executor, contractId: string): Promise<UsageRow[]> {
  return db
    .select()
    .from(usageRecords)
    .where(eq(usageRecords.contractId, contractId))
    .orderBy(asc(usageRecords.usageOn), asc(usageRecords.category));
}
