import { index, integer, pgTable, primaryKey, uuid } from 'drizzle-orm/pg-core';
import { at, civilDay } from './columns.ts';
import { contracts } from './contracts.ts';

/**
 * Contract periods that were recorded when they began (第5条3項): every one of an annual contract, the first of a
 * monthly one. The further months of a monthly contract follow from the calendar and are not stored.
 */
export const contractPeriods = pgTable(
  'contract_periods',
  {
    contractId: uuid('contract_id')
      .notNull()
      .references(() => contracts.id),
    index: integer('index').notNull(),
    from: civilDay('from').notNull(),
    to: civilDay('to').notNull(),
    recordedAt: at('recorded_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.contractId, t.index] }),
    // The overview counts renewals by month from this index alone.
    index('contract_periods_to').on(t.to, t.from),
  ],
);
