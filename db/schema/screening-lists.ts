import { boolean, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { createdAt, personalText } from './columns.ts';

export type ListName = 'antisocial' | 'competitor' | 'internal';

/** Versions of the screening lists (第4条4項②③). One version of each list is current. */
export const screeningLists = pgTable(
  'screening_lists',
  {
    list: text('list').$type<ListName>().notNull(),
    version: integer('version').notNull(),
    current: boolean('current').notNull(),
    importedBy: text('imported_by').notNull(),
    entries: integer('entries').notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.list, t.version] })],
);

export const screeningEntries = pgTable(
  'screening_entries',
  {
    list: text('list').$type<ListName>().notNull(),
    version: integer('version').notNull(),
    entryId: text('entry_id').notNull(),
    kind: text('kind').$type<'company' | 'person'>().notNull(),
    name: personalText('name', 'personName').notNull(),
    kana: personalText('kana', 'personName').notNull().default(''),
    aliases: personalText('aliases', 'personName').notNull().default(''),
    birthDate: personalText('birth_date', 'birthDate').notNull().default(''),
    address: personalText('address', 'address').notNull().default(''),
    phone: personalText('phone', 'phone').notNull().default(''),
    corporateNumber: text('corporate_number').notNull().default(''),
    /** The list version in which the entry got these values: a decision about it holds until they change. */
    entryVersion: integer('entry_version').notNull(),
  },
  (t) => [primaryKey({ columns: [t.list, t.version, t.entryId] })],
);
