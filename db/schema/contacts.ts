import { index, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { at, createdAt, id, sealedText } from './columns.ts';
import { contracts } from './contracts.ts';

/** By the link or button in a mail, by one click in the mail program (RFC 8058), or told to staff. */
export type OptOutWay = 'link' | 'oneClick' | 'staff';

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
    /** When this person asked for no more mail that advertises (第14条), and how; null while there was no such wish. */
    optedOutAt: at('opted_out_at'),
    optedOutHow: text('opted_out_how').$type<OptOutWay>(),
    createdAt: createdAt(),
  },
  (t) => [index('contacts_contract').on(t.contractId)],
);
