import { integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { civilDay, createdAt, id } from './columns.ts';
import { contracts } from './contracts.ts';

/**
 * Usage of contracts that prepay, as it was booked to the ledger (第6条5項): a day in Japan and a place in the order of bookings (late
 * events come later). What the balance lacked waits for a person. Append-only but for that decision.
 */
export const prepaidUsage = pgTable(
  'prepaid_usage',
  {
    id: id(),
    contractId: uuid('contract_id')
      .notNull()
      .references(() => contracts.id),
    /** Of the ledger's entry, where the balance covered any of it. */
    key: text('key').notNull(),
    usedOn: civilDay('used_on').notNull(),
    /** Decimal text, yen without tax. */
    netYen: text('net_yen').notNull(),
    /** How many events that is. */
    events: integer('events').notNull(),
    costYen: integer('cost_yen').notNull(),
    uncoveredYen: integer('uncovered_yen').notNull(),
    /** What a person decided of the uncovered part, and who and when. */
    decision: text('decision').$type<'invoice' | 'waive'>(),
    decidedBy: uuid('decided_by'),
    decidedOn: civilDay('decided_on'),
    bookedOn: civilDay('booked_on').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('prepaid_usage_key').on(t.key),
    uniqueIndex('prepaid_usage_contract').on(t.contractId, t.usedOn, t.key),
  ],
);
