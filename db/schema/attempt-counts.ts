import { integer, pgTable, text } from 'drizzle-orm/pg-core';
import { at } from './columns.ts';

/**
 * How often somebody tried something lately, for all web processes together. The key is a digest of an address or account
 * with the secret of the web process: nobody is told by it. The names of the columns are those of rate-limiter-flexible.
 */
export const attemptCounts = pgTable('attempt_counts', {
  key: text('key').primaryKey(),
  points: integer('points').notNull(),
  expire: at('expire'),
});
