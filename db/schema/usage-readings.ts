import { boolean, index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { at, createdAt, id } from './columns.ts';
import { contracts } from './contracts.ts';

/** When the provider's records of a contract and month were read last, also where there were none (第6条6項). */
export const usageReadings = pgTable(
  'usage_readings',
  {
    contractId: uuid('contract_id')
      .notNull()
      .references(() => contracts.id),
    /** `YYYY-MM`, of the provider's days. */
    month: text('month').notNull(),
    /** The provider refused: nothing of the month was read. */
    refused: boolean('refused').notNull(),
    readAt: at('read_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.contractId, t.month] }), index('usage_readings_month').on(t.month)],
);

/** A month's comparison of our usage with the provider's, as it stood after the reading; the page computes it anew. */
export const usageComparisons = pgTable(
  'usage_comparisons',
  {
    id: id(),
    month: text('month').notNull(),
    sandbox: boolean('sandbox').notNull(),
    /** Contracts that were compared, those of which nothing could be read, differences, and those beyond the limit. */
    compared: integer('compared').notNull(),
    unread: integer('unread').notNull(),
    differing: integer('differing').notNull(),
    beyond: integer('beyond').notNull(),
    comparedAt: at('compared_at').notNull(),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex('usage_comparisons_month').on(t.sandbox, t.month)],
);
