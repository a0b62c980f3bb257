import { jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { Corporation, InvoiceIssuer } from '../../domain/corporation/registry.ts';
import { at } from './columns.ts';

export type RegistryName = 'corporation' | 'invoiceIssuer';

/** Answers of the National Tax Agency's public registers, kept for a while with their age; null = "not published". */
export const registryAnswers = pgTable(
  'registry_answers',
  {
    registry: text('registry').$type<RegistryName>().notNull(),
    number: text('number').notNull(),
    record: jsonb('record').$type<Corporation | InvoiceIssuer>(),
    fetchedAt: at('fetched_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.registry, t.number] })],
);
