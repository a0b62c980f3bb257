import { index, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import type { SubjectType } from '../../domain/processes/index.ts';
import { at, id } from './columns.ts';
import { staff } from './staff.ts';

/** Who has the page of a case open just now: a row for each open page, gone with it. */
export const presences = pgTable(
  'presences',
  {
    id: id(),
    staffId: uuid('staff_id')
      .notNull()
      .references(() => staff.id),
    subjectType: text('subject_type').$type<SubjectType>().notNull(),
    subjectId: uuid('subject_id').notNull(),
    seenAt: at('seen_at').notNull().defaultNow(),
  },
  (t) => [index('presences_subject').on(t.subjectType, t.subjectId)],
);
