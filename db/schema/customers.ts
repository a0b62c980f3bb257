import { boolean, index, pgTable, text } from 'drizzle-orm/pg-core';
import { createdAt, id, sealedText } from './columns.ts';

/** Customers: corporations with at least one contract. A sandbox customer never meets a live one. */
export const customers = pgTable(
  'customers',
  {
    id: id(),
    corporateNumber: text('corporate_number').notNull(),
    name: sealedText('name', 'companyName').notNull(),
    kana: sealedText('kana', 'companyName').notNull(),
    postalCode: sealedText('postal_code', 'address').notNull(),
    address: sealedText('address', 'address').notNull(),
    phone: sealedText('phone', 'phone').notNull(),
    sandbox: boolean('sandbox').notNull(),
    createdAt: createdAt(),
  },
  (t) => [index('customers_corporate_number').on(t.corporateNumber, t.sandbox)],
);
