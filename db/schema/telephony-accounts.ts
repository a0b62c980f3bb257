import { integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { telephonyProcess } from '../../domain/processes/telephony.ts';
import { at, civilDay, createdAt, sealedText } from './columns.ts';
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
    /** Signs what the provider tells about the subaccount; '' until it was read there. */
    authToken: sealedText('auth_token', 'confidentialNumber').notNull().default(''),
    state: text('state').$type<TelephonyState>().notNull(),
    registeredBy: text('registered_by').notNull(),
    /** The UTC day through which calls and messages were listed for what webhooks missed; null: never yet. */
    listedThrough: civilDay('listed_through'),
    listedAt: at('listed_at'),
    nextListAt: at('next_list_at').notNull().defaultNow(),
    /** Attempts in a row that the provider did not answer. */
    listFailures: integer('list_failures').notNull().default(0),
    createdAt: createdAt(),
    updatedAt: at('updated_at').notNull().defaultNow(),
  },
  (t) => [uniqueIndex('telephony_accounts_sid').on(t.subaccountSid)],
);
