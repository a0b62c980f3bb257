import { index, pgTable, uuid } from 'drizzle-orm/pg-core';
import { createdAt, id, personalText } from './columns.ts';
import { contracts } from './contracts.ts';

/** The registered contact of a contract: certificates and notices go there and nowhere else (第12条2項). */
export const contacts = pgTable(
  'contacts',
  {
    id: id(),
    contractId: uuid('contract_id')
      .notNull()
      .references(() => contracts.id),
    name: personalText('name', 'personName').notNull(),
    kana: personalText('kana', 'personName').notNull(),
    email: personalText('email', 'email').notNull(),
    phone: personalText('phone', 'phone').notNull(),
    createdAt: createdAt(),
  },
  (t) => [index('contacts_contract').on(t.contractId)],
);
