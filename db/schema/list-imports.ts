import { index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { ReadColumn } from '../../domain/screening/list-columns.ts';
import { at, createdAt, id, personalText } from './columns.ts';
import type { ListName } from './screening-lists.ts';

/** A row of an uploaded file that was not taken, or not as it stands, by its line and why; never with its contents. */
export interface BadRow {
  line: number;
  reason: string;
}

export type ListImportStatus = 'reading' | 'previewed' | 'taken';

/** Uploaded list files on their way to a new version: read, previewed, taken. */
export const listImports = pgTable(
  'list_imports',
  {
    id: id(),
    list: text('list').$type<ListName>().notNull(),
    fileName: text('file_name').notNull(),
    sha256: text('sha256').notNull(),
    encoding: text('encoding').notNull(),
    status: text('status').$type<ListImportStatus>().notNull().default('reading'),
    /** The current version when the preview was made; null when the list was empty. */
    baseVersion: integer('base_version'),
    rows: integer('rows').notNull().default(0),
    added: integer('added').notNull().default(0),
    changed: integer('changed').notNull().default(0),
    removed: integer('removed').notNull().default(0),
    same: integer('same').notNull().default(0),
    badRows: integer('bad_rows').notNull().default(0),
    /** The first ones; `badRows` counts all. */
    bad: jsonb('bad').$type<BadRow[]>().notNull().default([]),
    /** Entries of the current version that stay as they are because the row about them was not taken. */
    keptEntries: integer('kept_entries').notNull().default(0),
    /** Rows that were not taken and of which nobody can read whom they are about. */
    unknownRows: integer('unknown_rows').notNull().default(0),
    /** What the columns of the file were taken for. */
    columns: jsonb('columns').$type<ReadColumn[]>().notNull().default([]),
    /** What of taken rows was left out; the first ones, `warningCount` counts all. */
    warnings: jsonb('warnings').$type<BadRow[]>().notNull().default([]),
    warningCount: integer('warning_count').notNull().default(0),
    importedBy: text('imported_by').notNull(),
    /** The version that it became. */
    version: integer('version'),
    takenAt: at('taken_at'),
    createdAt: createdAt(),
  },
  (t) => [index('list_imports_list').on(t.list, t.createdAt)],
);

/** Good rows of an import until it is taken. */
export const listImportRows = pgTable(
  'list_import_rows',
  {
    importId: uuid('import_id')
      .notNull()
      .references(() => listImports.id, { onDelete: 'cascade' }),
    entryId: text('entry_id').notNull(),
    kind: text('kind').$type<'company' | 'person'>().notNull(),
    name: personalText('name', 'personName').notNull(),
    kana: personalText('kana', 'personName').notNull(),
    aliases: personalText('aliases', 'personName').notNull(),
    birthDate: personalText('birth_date', 'birthDate').notNull(),
    address: personalText('address', 'address').notNull(),
    phone: personalText('phone', 'phone').notNull(),
    corporateNumber: text('corporate_number').notNull(),
  },
  (t) => [primaryKey({ columns: [t.importId, t.entryId] })],
);
