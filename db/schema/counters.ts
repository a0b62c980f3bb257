import { integer, pgTable, text } from 'drizzle-orm/pg-core';

/** Number ranges without gaps: receipt, contract and company numbers, live and sandbox apart. */
export const counters = pgTable('counters', {
  key: text('key').primaryKey(),
  value: integer('value').notNull(),
});
