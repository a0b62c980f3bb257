import { asc, eq, sql } from 'drizzle-orm';
import { addDecimals, decimal, decimalText } from '../../../domain/base/decimal.ts';
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

/** Usage of one category in a month, summed exactly. */
export interface MonthlyUsage {
  month: string;
  category: string;
  usage: string;
  usageUnit: string;
  price: string;
  priceUnit: string;
}

/** Usage of a contract by month and category. */
export async function readMonthlyUsage(db: Executor, contractId: string): Promise<MonthlyUsage[]> {
  const months = new Map<string, MonthlyUsage>();
  for (const { month, category, usage, usageUnit, price, priceUnit } of await readUsage(db, contractId)) {
    const key = `${month} ${category} ${usageUnit} ${priceUnit}`;
    const sum = months.get(key) ?? { month, category, usage: '0', usageUnit, price: '0', priceUnit };
    months.set(key, { ...sum, usage: added(sum.usage, usage), price: added(sum.price, price) });
  }
  return [...months.values()].toSorted((a, b) =>
    a.month === b.month ? (a.category < b.category ? -1 : 1) : a.month < b.month ? -1 : 1,
  );
}

const added = (a: string, b: string) => decimalText(addDecimals(decimal(a), decimal(b)));
