import { bigint, index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';

/**
 * Keyed hashes of what applications and contracts are found by. Holds no text, is left out of backups and can be made
 * again from the rows (`hasso search rebuild`).
 */
export const searchIndex = pgTable(
  'search_index',
  {
    subjectType: text('subject_type').$type<'application' | 'contract'>().notNull(),
    subjectId: uuid('subject_id').notNull(),
    grams: bigint('grams', { mode: 'bigint' }).array().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.subjectType, t.subjectId] }),
    index('search_index_grams').using('gin', t.grams),
  ],
);
