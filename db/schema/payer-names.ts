import { sql } from 'drizzle-orm';
import { bigint, boolean, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { createdAt, id } from './columns.ts';

/**
 * The names under which payers pay (第6条2項), as keyed digests of their cores (null: there is none): the registered kana of customers, and what was
 * learned from bank lines. `mark` is the digest of what a registered one was made of, so that it follows its customer.
 */
export const payerNames = pgTable(
  'payer_names',
  {
    id: id(),
    /** A customer's id, or a partner's. */
    payer: text('payer').notNull(),
    source: text('source').$type<'registered' | 'learned'>().notNull(),
    digest: bigint('digest', { mode: 'bigint' }),
    mark: text('mark').notNull().default(''),
    lineId: uuid('line_id'),
    learnedBy: text('learned_by'),
    sandbox: boolean('sandbox').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('payer_names_once').on(t.payer, t.source, t.digest),
    uniqueIndex('payer_names_registered').on(t.payer).where(sql`source = 'registered'`),
    index('payer_names_digest').on(t.digest),
  ],
);
