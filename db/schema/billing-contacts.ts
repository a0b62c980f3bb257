import { sql } from 'drizzle-orm';
import { check, index, pgTable, uuid } from 'drizzle-orm/pg-core';
import { at, createdAt, id, sealedText } from './columns.ts';
import { customers } from './customers.ts';
import { partners } from './partners.ts';

/** Whom invoices are mailed to (第6条2項): several of a customer or a partner; without any, the contact of the contract. */
export const billingContacts = pgTable(
  'billing_contacts',
  {
    id: id(),
    customerId: uuid('customer_id').references(() => customers.id),
    partnerId: uuid('partner_id').references(() => partners.id),
    name: sealedText('name', 'personName').notNull(),
    kana: sealedText('kana', 'personName').notNull(),
    email: sealedText('email', 'email').notNull(),
    phone: sealedText('phone', 'phone').notNull(),
    /** Nothing is mailed to it any more. */
    removedAt: at('removed_at'),
    createdAt: createdAt(),
  },
  (t) => [
    index('billing_contacts_customer').on(t.customerId),
    index('billing_contacts_partner').on(t.partnerId),
    check('billing_contacts_of', sql`num_nonnulls(customer_id, partner_id) = 1`),
  ],
);
