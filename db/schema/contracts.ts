import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { ContractStatus } from '../../domain/period/contract.ts';
import { applications, type OptionQuantity } from './applications.ts';
import { at, civilDay, createdAt, id, personalText, sealedJson, sealedText } from './columns.ts';
import { customers } from './customers.ts';
import { termsEditions } from './terms-editions.ts';

/** Contracts (第4条・第5条). The workflow `contract/<id>` decides; this row shows the last thing it recorded. */
export const contracts = pgTable(
  'contracts',
  {
    id: id(),
    contractNumber: personalText('contract_number', 'confidentialNumber').notNull(),
    companyId: personalText('company_id', 'confidentialNumber').notNull(),
    customerId: uuid('customer_id')
      .notNull()
      .references(() => customers.id),
    applicationId: uuid('application_id')
      .notNull()
      .references(() => applications.id),
    kind: text('kind').$type<'annual' | 'monthly'>().notNull(),
    status: text('status').$type<ContractStatus>().notNull().default('active'),
    concludedOn: civilDay('concluded_on').notNull(),
    firstDay: civilDay('first_day').notNull(),
    /** Last day, where an end is known (第10条). */
    endsOn: civilDay('ends_on'),
    /** The announced discontinuation that reaches it and its last day (第16条); `endsOn` is this day or an earlier one. */
    discontinuationId: uuid('discontinuation_id'),
    discontinuedOn: civilDay('discontinued_on'),
    /** The contract's own end (第10条) where the discontinuation comes before it. */
    ownEndsOn: civilDay('own_ends_on'),
    catalogueVersion: integer('catalogue_version').notNull(),
    planCode: text('plan_code').notNull(),
    options: jsonb('options').$type<OptionQuantity[]>().notNull(),
    licences: integer('licences').notNull(),
    /** Accounts that the customer uses, as last counted in the product (第7条), and the day of the count; its history is the audit log. */
    accountsInUse: integer('accounts_in_use').notNull().default(0),
    accountsCountedOn: civilDay('accounts_counted_on'),
    phoneNumbers: sealedJson('phone_numbers', 'phone').$type<string[]>().notNull().default(sql`'[]'`),
    communicationPayment: text('communication_payment').$type<'prepaid' | 'postpaid'>().notNull(),
    prepaidBalanceYen: integer('prepaid_balance_yen').notNull().default(0),
    partnerName: sealedText('partner_name', 'companyName').notNull().default(''),
    termsEditionId: uuid('terms_edition_id')
      .notNull()
      .references(() => termsEditions.id),
    campaignTerms: jsonb('campaign_terms').$type<string[]>().notNull().default([]),
    sandbox: boolean('sandbox').notNull(),
    /** How far the test clock of a sandbox contract runs ahead of real time, in milliseconds; 0 for live ones. */
    clockOffsetMs: bigint('clock_offset_ms', { mode: 'number' }).notNull().default(0),
    createdAt: createdAt(),
    updatedAt: at('updated_at').notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex('contracts_number').on(t.contractNumber),
    uniqueIndex('contracts_company_id').on(t.companyId),
    index('contracts_plain_number').on(sql`replace(${t.contractNumber}, '-', '')`),
    uniqueIndex('contracts_application').on(t.applicationId),
    index('contracts_status').on(t.status, t.createdAt),
    index('contracts_customer').on(t.customerId),
    index('contracts_discontinuation').on(t.discontinuationId),
    // The overview of the team: what ends in the next months.
    index('contracts_ends').on(t.endsOn).where(sql`ends_on is not null`),
  ],
);
