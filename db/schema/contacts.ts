import { index, pgTable, uuid } from 'drizzle-orm/pg-core';
import { createdAt, id, sealedText } from './columns.ts';
import { contracts } from './contracts.ts';

/** The registered contact of a contract: certificates and notices go there and nowhere else (第12条2項). */
export const contacts = pgTable(
  'contacts',
  {
    id: id(),
    contractId: uuid('contract_id')
      .notNull()
      .references(() => contracts.id),
    name: sealedText('name', 'personName').notNull(),
    kana: sealedText('kana', 'personName').notNull(),
    email: sealedText('email', 'email').notNull(),
    phone: sealedText('phone', 'phone').notNull(),
    createdAt: createdAt(),
  },
  (t) => [index('contacts_contract').on(t.contractId)],
);
