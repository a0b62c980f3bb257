import { sql } from 'drizzle-orm';
import { boolean, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { CustomerValues } from '../../domain/corporation/customer.ts';
import { at, createdAt, sealedJson, sealedText } from './columns.ts';
import { contracts } from './contracts.ts';
import { customers } from './customers.ts';

export type CustomerChangeStatus = 'waiting' | 'effective' | 'rejected';

/**
 * Changes of what is registered of a customer: by staff with evidence and a second person, or with another application of the
 * corporation that two people accepted (第4条, 第5条1項). What was before stays here, with its date. The id is the command id of
 * the form, so that a double submit is one change. One at a time waits for each customer.
 */
export const customerChanges = pgTable(
  'customer_changes',
  {
    id: uuid('id').primaryKey(),
    customerId: uuid('customer_id')
      .notNull()
      .references(() => customers.id),
    /** The contract from whose page it was entered, or that was concluded with it. */
    contractId: uuid('contract_id')
      .notNull()
      .references(() => contracts.id),
    /** The application that brought it; null where staff entered it. */
    applicationId: uuid('application_id'),
    before: sealedJson('before', 'freeText').$type<CustomerValues>().notNull(),
    after: sealedJson('after', 'freeText').$type<CustomerValues>().notNull(),
    /** Names of the fields that differ. */
    fields: text('fields').array().notNull(),
    reason: sealedText('reason', 'freeText').notNull(),
    /** The evidence: a certificate of the registry, for example. */
    storageKey: text('storage_key'),
    status: text('status').$type<CustomerChangeStatus>().notNull().default('waiting'),
    enteredBy: text('entered_by').notNull(),
    decidedBy: text('decided_by'),
    decidedAt: at('decided_at'),
    sandbox: boolean('sandbox').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    index('customer_changes_customer').on(t.customerId, t.createdAt),
    uniqueIndex('customer_changes_waiting').on(t.customerId).where(sql`status = 'waiting'`),
  ],
);
