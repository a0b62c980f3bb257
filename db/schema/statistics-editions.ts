import { boolean, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { Shown } from '../../domain/support/statistics.ts';
import { civilDay, createdAt } from './columns.ts';

/** What was shown of the contracts at the end of a closed month (第14条1項); never made anew, never changed. */
export const statisticsEditions = pgTable(
  'statistics_editions',
  {
    month: text('month').notNull(),
    sandbox: boolean('sandbox').notNull(),
    asOf: civilDay('as_of').notNull(),
    /** The k that it was made with. */
    minGroup: integer('min_group').notNull(),
    tables: jsonb('tables').$type<Shown>().notNull(),
    /** Names of the categories at that time, by key. */
    labels: jsonb('labels').$type<Record<string, string>>().notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.month, t.sandbox] })],
);
