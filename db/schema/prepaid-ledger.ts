import { bigserial, index, integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { at, civilDay, createdAt, id } from './columns.ts';
import { contracts } from './contracts.ts';

/** `opening`: the balance that the contract had before the ledger knew it; `refund`: paid back by a discontinuation (第16条). */
export type PrepaidEntryKind = 'opening' | 'topUp' | 'usage' | 'reversal' | 'forfeiture' | 'refund';

/**
 * Prepaid charges (第6条5項): append-only (the application's role may neither change nor delete rows), the balance is the
 * sum. `key` comes from the business, one entry for each.
 */
export const prepaidLedger = pgTable(
  'prepaid_ledger',
  {
    id: id(),
    contractId: uuid('contract_id')
      .notNull()
      .references(() => contracts.id),
    /** The order in which entries were booked, those of one transaction too. */
    position: bigserial('position', { mode: 'number' }).notNull(),
    key: text('key').notNull(),
    kind: text('kind').$type<PrepaidEntryKind>().notNull(),
    /** The key of the top-up that a reversal takes back. */
    about: text('about'),
    amountYen: integer('amount_yen').notNull(),
    on: civilDay('on').notNull(),
    businessAt: at('business_at').notNull(),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex('prepaid_ledger_key').on(t.key), index('prepaid_ledger_contract').on(t.contractId)],
);
