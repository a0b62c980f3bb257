import { boolean, index, pgTable, uuid } from 'drizzle-orm/pg-core';
import { applications } from './applications.ts';
import { createdAt, id, sealedText } from './columns.ts';
import { officerChanges } from './officer-changes.ts';

/** Representative and officers named in an application or in a later change, each screened by itself (第4条4項③). */
export const officers = pgTable(
  'officers',
  {
    id: id(),
    applicationId: uuid('application_id')
      .notNull()
      .references(() => applications.id),
    name: sealedText('name', 'personName').notNull(),
    kana: sealedText('kana', 'personName').notNull().default(''),
    birthDate: sealedText('birth_date', 'birthDate').notNull().default(''),
    title: sealedText('title', 'freeText').notNull().default(''),
    /** Null for those that the application named. */
    changeId: uuid('change_id').references(() => officerChanges.id, { onDelete: 'cascade' }),
    representative: boolean('representative').notNull(),
    createdAt: createdAt(),
  },
  (t) => [index('officers_application').on(t.applicationId)],
);
