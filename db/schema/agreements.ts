import { pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { applications } from './applications.ts';
import { at, createdAt, id } from './columns.ts';
import { termsEditions } from './terms-editions.ts';

/** Evidence that an applicant agreed to a named edition of the terms (第4条1項). */
export const agreements = pgTable(
  'agreements',
  {
    id: id(),
    applicationId: uuid('application_id')
      .notNull()
      .references(() => applications.id),
    termsEditionId: uuid('terms_edition_id')
      .notNull()
      .references(() => termsEditions.id),
    agreedAt: at('agreed_at').notNull(),
    /** How: the form's tick, or the signed paper that staff attached. */
    how: text('how').notNull(),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex('agreements_once').on(t.applicationId, t.termsEditionId)],
);
