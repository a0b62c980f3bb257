import { index, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import type { AccountWarning } from '../../domain/billing/account-warnings.ts';
import { createdAt, id, sealedText } from './columns.ts';
import { contracts } from './contracts.ts';

/** Where refunds of a contract are paid to (第16条). The newest row counts; older ones are kept. */
export const bankAccounts = pgTable(
  'bank_accounts',
  {
    id: id(),
    contractId: uuid('contract_id')
      .notNull()
      .references(() => contracts.id),
    bankCode: text('bank_code').notNull(),
    branchCode: text('branch_code').notNull(),
    /** 1 ordinary, 2 current, 4 savings. */
    accountType: text('account_type').$type<'1' | '2' | '4'>().notNull(),
    accountNumber: sealedText('account_number', 'confidentialNumber').notNull(),
    /** In the half-width characters that banks take. */
    holderKana: sealedText('holder_kana', 'companyName').notNull(),
    /** What was odd about it when it was entered, and what whoever entered it answered. */
    warnings: text('warnings').array().$type<AccountWarning[]>().notNull().default([]),
    answer: sealedText('answer', 'freeText').notNull().default(''),
    /** The customer's own writing that names the account. */
    storageKey: text('storage_key'),
    sha256: text('sha256'),
    enteredBy: uuid('entered_by').notNull(),
    createdAt: createdAt(),
  },
  (t) => [index('bank_accounts_contract').on(t.contractId, t.createdAt)],
);
