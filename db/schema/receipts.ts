import { bigint, boolean, index, integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { ReceiptFacts } from '../../domain/payments/receipt.ts';
import { at, civilDay, createdAt, id } from './columns.ts';
import { contracts } from './contracts.ts';
import { papers } from './papers.ts';

/**
 * Receipts (領収書, 第6条2項): one for what an invoice was paid with. Where that was taken back and the invoice paid anew, another one
 * takes its place (再発行). Numbers of the range `RCP`, given in the transaction that stores the row.
 */
export const receipts = pgTable(
  'receipts',
  {
    /** Of the form that asked for it: sent twice, it is one. */
    id: id(),
    paperId: uuid('paper_id')
      .notNull()
      .references(() => papers.id),
    contractId: uuid('contract_id')
      .notNull()
      .references(() => contracts.id),
    /** 1, and one more for each that takes the place of another. */
    edition: integer('edition').notNull(),
    number: text('number').notNull(),
    /** Money that came, and the transfer fee that was accepted. */
    amountYen: bigint('amount_yen', { mode: 'number' }).notNull(),
    discountYen: bigint('discount_yen', { mode: 'number' }).notNull(),
    receivedOn: civilDay('received_on').notNull(),
    way: text('way').$type<ReceiptFacts['way']>().notNull(),
    /** The postings that it is for: while all of them stand there is no other receipt. */
    allocationIds: uuid('allocation_ids').array().notNull(),
    issuedOn: civilDay('issued_on').notNull(),
    issuedAt: at('issued_at').notNull(),
    issuedBy: text('issued_by').notNull(),
    /** When its PDF was drawn, signed and archived. */
    drawnAt: at('drawn_at'),
    sandbox: boolean('sandbox').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('receipts_paper').on(t.paperId, t.edition),
    uniqueIndex('receipts_number').on(t.number),
    index('receipts_contract').on(t.contractId),
  ],
);
