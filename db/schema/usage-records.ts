import { date, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { at } from './columns.ts';
import { contracts } from './contracts.ts';

/**
 * Usage of a contract as the telephony provider counted it, by category and GMT day (第6条6項). Read again, a row shows
 * the last count. Holds amounts only, no calls and no numbers.
 */
export const usageRecords = pgTable(
  'usage_records',
  {
    contractId: uuid('contract_id')
      .notNull()
      .references(() => contracts.id),
    category: text('category').notNull(),
    /** The provider's day: from 09:00 JST of this date to 09:00 of the next. */
    usageOn: date('usage_on', { mode: 'string' }).notNull(),
    /** `YYYY-MM`: the JST month in which that day begins. */
    month: text('month').notNull(),
    count: text('count').notNull(),
    countUnit: text('count_unit').notNull(),
    usage: text('usage').notNull(),
    usageUnit: text('usage_unit').notNull(),
    /** Decimal text in `priceUnit`: what the operator pays. */
    price: text('price').notNull(),
    priceUnit: text('price_unit').notNull(),
    readAt: at('read_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.contractId, t.usageOn, t.category] })],
);
