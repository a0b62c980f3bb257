import { boolean, index, integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { StatementFormat } from '../../domain/payments/bank-file.ts';
import { at, civilDay, createdAt, sealedText } from './columns.ts';

/** Files of a bank that were taken (第6条2項): each once, byte for byte in the storage. The id follows from its contents. */
export const bankImports = pgTable(
  'bank_imports',
  {
    id: uuid('id').primaryKey(),
    format: text('format').$type<StatementFormat>().notNull(),
    fileName: sealedText('file_name', 'freeText').notNull(),
    storageKey: text('storage_key').notNull(),
    sha256: text('sha256').notNull(),
    bytes: integer('bytes').notNull(),
    /** Payments in it, and those of them that no earlier file had. */
    lines: integer('lines').notNull(),
    newLines: integer('new_lines').notNull(),
    /** First and last day of its payments; null where it has none. */
    firstOn: civilDay('first_on'),
    lastOn: civilDay('last_on'),
    /** An id of staff, 'cli' or 'folder'. */
    importedBy: text('imported_by').notNull(),
    sandbox: boolean('sandbox').notNull(),
    importedAt: at('imported_at').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('bank_imports_contents').on(t.sandbox, t.sha256),
    index('bank_imports_list').on(t.importedAt),
  ],
);
