import { integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { at, sealedText } from './columns.ts';
import type { ListName } from './screening-lists.ts';

/**
 * What people decided about a subject and a list entry: a released false alarm stays released, in later rounds,
 * applications and re-screenings, until the subject's or the entry's values change. The last decision counts.
 */
export const screeningDecisions = pgTable(
  'screening_decisions',
  {
    list: text('list').$type<ListName>().notNull(),
    entryId: text('entry_id').notNull(),
    entryVersion: integer('entry_version').notNull(),
    subjectKey: text('subject_key').notNull(),
    verdict: text('verdict').$type<'confirmed' | 'released'>().notNull(),
    decidedBy: text('decided_by').notNull(),
    decidedAt: at('decided_at').notNull(),
    reason: sealedText('reason', 'freeText').notNull(),
    /** The finding that the person decided. */
    findingId: uuid('finding_id').notNull(),
  },
  (t) => [primaryKey({ columns: [t.list, t.entryId, t.entryVersion, t.subjectKey] })],
);
