import { boolean, index, pgTable, text } from 'drizzle-orm/pg-core';
import { createdAt, id, personalText } from './columns.ts';

/** Customers: corporations with at least one contract. A sandbox customer never meets a live one. */
export const customers = pgTable(
  'customers',
  {
    id: id(),
    corporateNumber: text('corporate_number').notNull(),
    name: personalText('name', 'companyName').notNull(),
    kana: personalText('kana', 'companyName').notNull(),
    postalCode: personalText('postal_code', 'address').notNull(),
    address: personalText('address', 'address').notNull(),
    phone: personalText('phone', 'phone').notNull(),
    sandbox: boolean('sandbox').notNull(),
    createdAt: createdAt(),
  },
  (t) => [index('customers_corporate_number').on(t.corporateNumber, t.sandbox)],
);
