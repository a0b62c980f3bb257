import { pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { at, createdAt } from './columns.ts';

/**
 * Keys of customers' personal data, wrapped by the master key. Owner: an application (with its contract), its screening evidence, or a customer.
 * A destroyed key leaves its row, so that nobody makes another: what was encrypted with it, in backups too, is gone.
 */
export const personalKeys = pgTable('personal_keys', {
  ownerId: uuid('owner_id').primaryKey(),
  wrapped: text('wrapped'),
  destroyedAt: at('destroyed_at'),
  createdAt: createdAt(),
});
