import { boolean, index, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { applications } from './applications.ts';
import { createdAt, id, personalText } from './columns.ts';

/** Representative and officers named in an application, each screened by itself (第4条4項③). */
export const officers = pgTable(
  'officers',
  {
    id: id(),
    applicationId: uuid('application_id')
      .notNull()
      .references(() => applications.id),
    name: personalText('name', 'personName').notNull(),
    kana: personalText('kana', 'personName').notNull().default(''),
    birthDate: personalText('birth_date', 'birthDate').notNull().default(''),
    title: text('title').notNull().default(''),
    representative: boolean('representative').notNull(),
    createdAt: createdAt(),
  },
  (t) => [index('officers_application').on(t.applicationId)],
);
