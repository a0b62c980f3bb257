import { pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { telephonyProcess } from '../../domain/processes/telephony.ts';
import { at, createdAt } from './columns.ts';
import { contracts } from './contracts.ts';

export type TelephonyState = keyof typeof telephonyProcess.statuses.telephony;

/** The subaccount of a contract at the telephony provider (第11条2項), and the state that was last seen there. */
export const telephonyAccounts = pgTable(
  'telephony_accounts',
  {
    contractId: uuid('contract_id')
      .primaryKey()
      .references(() => contracts.id),
    subaccountSid: text('subaccount_sid').notNull(),
    state: text('state').$type<TelephonyState>().notNull(),
    registeredBy: text('registered_by').notNull(),
    createdAt: createdAt(),
    updatedAt: at('updated_at').notNull().defaultNow(),
  },
  (t) => [uniqueIndex('telephony_accounts_sid').on(t.subaccountSid)],
);
