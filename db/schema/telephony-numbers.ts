import { boolean, index, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import type { Party } from '../../domain/watch/facts.ts';
import { at } from './columns.ts';
import { contracts } from './contracts.ts';

/** The numbers of a contract as the provider last listed them (第11条2項): what comes and goes between two lists is a change. */
export const telephonyNumbers = pgTable(
  'telephony_numbers',
  {
    numberSid: text('number_sid').primaryKey(),
    contractId: uuid('contract_id')
      .notNull()
      .references(() => contracts.id),
    /** Keyed hash and mask. */
    party: jsonb('party').$type<Party>().notNull(),
    /** Listed the first time that anybody looked: held before anything was counted. */
    heldBefore: boolean('held_before').notNull(),
    seenAt: at('seen_at').notNull(),
    goneAt: at('gone_at'),
  },
  (t) => [index('telephony_numbers_contract').on(t.contractId)],
);
