import { bigint, boolean, index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import type { PaymentTaskKind } from '../../domain/billing/payment-match.ts';
import type { StatementFormat } from '../../domain/payments/bank-file.ts';
import type { paymentProcess } from '../../domain/processes/payment.ts';
import { bankImports } from './bank-imports.ts';
import { at, civilDay, createdAt, sealedText } from './columns.ts';

export type BankLineStatus = keyof typeof paymentProcess.statuses.bankLine;

/** Payments on a bank's statements. The id follows from what the bank says of one, so that it counts once in whatever files it stands. */
export const bankLines = pgTable(
  'bank_lines',
  {
    id: uuid('id').primaryKey(),
    importId: uuid('import_id')
      .notNull()
      .references(() => bankImports.id),
    /** Its place among the payments of the file, from 1. */
    position: integer('position').notNull(),
    format: text('format').$type<StatementFormat>().notNull(),
    /** The operator's account that it came to. */
    account: text('account').notNull(),
    on: civilDay('paid_on').notNull(),
    amountYen: bigint('amount_yen', { mode: 'number' }).notNull(),
    /** Who paid, as the bank shows it; sealed under the file's key. */
    name: sealedText('name', 'companyName').notNull(),
    reference: sealedText('reference', 'freeText').notNull(),
    /** The bank took it back, or corrects another one. */
    cancelled: boolean('cancelled').notNull(),
    status: text('status').$type<BankLineStatus>().notNull(),
    /** Why it did not match by itself. */
    problem: text('problem').$type<PaymentTaskKind>(),
    settledBy: text('settled_by'),
    settledAt: at('settled_at'),
    note: sealedText('note', 'freeText').notNull().default(''),
    sandbox: boolean('sandbox').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    index('bank_lines_waiting').on(t.sandbox, t.status, t.on, t.id),
    index('bank_lines_import').on(t.importId, t.position),
    index('bank_lines_account').on(t.account, t.on),
  ],
);
