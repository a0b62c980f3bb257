import { index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { at, civilDay, id } from './columns.ts';
import { contracts } from './contracts.ts';

/**
 * Calls and messages one by one (第6条6項), by the day in Japan on which each took place: what is used between 0:00 and 9:00 on a 1st
 * belongs to the month that has begun. Amounts only, no numbers of anybody.
 */
export const usageEvents = pgTable(
  'usage_events',
  {
    id: id(),
    contractId: uuid('contract_id')
      .notNull()
      .references(() => contracts.id),
    /** The provider's own id of it: it counts once. Gone after the deletion of the customer's data. */
    sourceId: text('source_id'),
    occurredAt: at('occurred_at').notNull(),
    usedOn: civilDay('used_on').notNull(),
    category: text('category').notNull(),
    /** Decimal text. */
    quantity: text('quantity').notNull(),
    /** The day in Japan on which it was received: the run of that day leaves it to the next. */
    receivedOn: civilDay('received_on').notNull(),
    receivedAt: at('received_at').notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex('usage_events_source').on(t.sourceId),
    index('usage_events_contract').on(t.contractId, t.usedOn),
  ],
);
