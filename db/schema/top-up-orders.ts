import { bigint, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { civilDay, createdAt, id } from './columns.ts';
import { contracts } from './contracts.ts';

/** Orders of prepaid charge (第6条5項): billed on their day, credited to the ledger once the bill is paid. Yen without tax. */
export const topUpOrders = pgTable(
  'top_up_orders',
  {
    id: id(),
    contractId: uuid('contract_id')
      .notNull()
      .references(() => contracts.id),
    /** Of the form that was sent: a repeat is the same order. */
    orderKey: text('order_key').notNull(),
    amountYen: bigint('amount_yen', { mode: 'number' }).notNull(),
    orderedOn: civilDay('ordered_on').notNull(),
    orderedBy: uuid('ordered_by').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('top_up_orders_key').on(t.orderKey),
    index('top_up_orders_contract').on(t.contractId, t.orderedOn),
  ],
);
