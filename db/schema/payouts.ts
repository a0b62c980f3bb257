import { sql } from 'drizzle-orm';
import { bigint, boolean, check, index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import type { payoutProcess } from '../../domain/processes/payout.ts';
import { credits } from './allocations.ts';
import { at, civilDay, createdAt, id } from './columns.ts';
import { contracts } from './contracts.ts';

export type PayoutStatus = keyof typeof payoutProcess.statuses.payout;
export type PayoutFileStatus = keyof typeof payoutProcess.statuses.payoutFile;

/** Files of transfers for the bank (総合振込): made of what two people agreed to pay back, taken out once, confirmed when the bank has paid. */
export const payoutFiles = pgTable(
  'payout_files',
  {
    /** Of the form that asked for it: sent twice, it is one. */
    id: id(),
    status: text('status').$type<PayoutFileStatus>().notNull(),
    /** The day that the bank is asked to pay on. */
    transferOn: civilDay('transfer_on').notNull(),
    payouts: integer('payouts').notNull(),
    totalYen: bigint('total_yen', { mode: 'number' }).notNull(),
    /** Of its bytes, which are made anew from the rows. */
    sha256: text('sha256').notNull(),
    madeBy: text('made_by').notNull(),
    downloadedBy: text('downloaded_by'),
    downloadedAt: at('downloaded_at'),
    endedBy: text('ended_by'),
    endedAt: at('ended_at'),
    /** The day on which the bank paid. */
    paidOn: civilDay('paid_on'),
    sandbox: boolean('sandbox').notNull(),
    createdAt: createdAt(),
  },
  (t) => [index('payout_files_list').on(t.createdAt)],
);

/** Credits that two people agreed to pay back (前受金の返金). Until the pay-out is confirmed the credit stands, and can be used for nothing else. */
export const payouts = pgTable(
  'payouts',
  {
    id: id(),
    payer: text('payer').notNull(),
    contractId: uuid('contract_id')
      .notNull()
      .references(() => contracts.id),
    amountYen: bigint('amount_yen', { mode: 'number' }).notNull(),
    status: text('status').$type<PayoutStatus>().notNull().default('waiting'),
    agreedOn: civilDay('agreed_on').notNull(),
    agreedBy: text('agreed_by').notNull(),
    commandId: text('command_id').notNull(),
    /** While it stands in a file, and after the bank has paid by it. */
    fileId: uuid('file_id').references(() => payoutFiles.id),
    /** The account of that time. It may be erased with its customer; the pay-out stays. */
    accountId: uuid('account_id'),
    /** The booking of the pay-out. */
    creditId: uuid('credit_id').references(() => credits.id),
    sandbox: boolean('sandbox').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    index('payouts_status').on(t.status, t.createdAt),
    index('payouts_payer').on(t.sandbox, t.payer),
    index('payouts_file').on(t.fileId),
    check('payouts_paid', sql`(status = 'paid') = (credit_id is not null)`),
    check('payouts_positive', sql`amount_yen > 0`),
  ],
);
