import { integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { createdAt } from './columns.ts';

/** Versions of the readings that RULES marks as policy: who set what, when and why. The highest version holds. */
export const policies = pgTable(
  'policies',
  {
    key: text('key').notNull(),
    version: integer('version').notNull(),
    value: jsonb('value').$type<string | number | (string | number)[]>().notNull(),
    setBy: text('set_by').notNull(),
    reason: text('reason').notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.key, t.version] })],
);
