import { date, integer, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { createdAt, id } from './columns.ts';

/** Editions of the terms of service as uploaded data (第17条). */
export const termsEditions = pgTable(
  'terms_editions',
  {
    id: id(),
    number: integer('number').notNull(),
    title: text('title').notNull(),
    effectiveOn: date('effective_on', { mode: 'string' }).notNull(),
    documentKey: text('document_key'),
    documentSha256: text('document_sha256'),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex('terms_editions_number').on(t.number)],
);
