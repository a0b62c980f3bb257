import { integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { ApplicationField } from '../../domain/application/application-input.ts';
import type { FieldMark } from '../../domain/application/field-marks.ts';
import { applications } from './applications.ts';
import { at, createdAt, id, sealedText } from './columns.ts';

/**
 * What the review of a round says of a field of an application (第4条4項①), and what the correction of that round has replaced. A
 * field that nobody looked at and nobody changed has no row.
 */
export const fieldMarks = pgTable(
  'field_marks',
  {
    id: id(),
    applicationId: uuid('application_id')
      .notNull()
      .references(() => applications.id),
    round: integer('round').notNull(),
    field: text('field').$type<ApplicationField>().notNull(),
    mark: text('mark').$type<FieldMark>(),
    note: sealedText('note', 'freeText').notNull(),
    markedBy: uuid('marked_by'),
    markedAt: at('marked_at'),
    /** What the applicant had entered before the correction, as people read it; null where it was not changed. */
    replaced: sealedText('replaced', 'freeText'),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex('field_marks_field').on(t.applicationId, t.round, t.field)],
);
