import { bigint, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { at, createdAt, sealedText } from './columns.ts';

/** Files of the watched folder that could not be taken (第6条2項), each once: the id follows from name and contents. */
export const refusedBankFiles = pgTable('refused_bank_files', {
  id: uuid('id').primaryKey(),
  fileName: sealedText('file_name', 'freeText').notNull(),
  /** Why, in words for staff. */
  reason: sealedText('reason', 'freeText').notNull(),
  /** Null of one that is too large to be kept. */
  storageKey: text('storage_key'),
  sha256: text('sha256'),
  bytes: bigint('bytes', { mode: 'number' }).notNull(),
  refusedAt: at('refused_at').notNull(),
  createdAt: createdAt(),
});
