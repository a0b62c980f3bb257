import { integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { at, id, sealedText } from './columns.ts';
import type { ListName } from './screening-lists.ts';

/** An entry that came near and was cleared by a rule, for instance by a contradicting birth date. */
export interface ClearedEntry {
  entryId: string;
  entryVersion: number;
  rule: string;
}

/**
 * Evidence that something was compared with a list, also when nothing was found: list version, normal form of the query,
 * time (第4条4項). Matches themselves are findings.
 */
export const screeningChecks = pgTable(
  'screening_checks',
  {
    id: id(),
    subjectType: text('subject_type').$type<'application' | 'contract'>().notNull(),
    subjectId: uuid('subject_id').notNull(),
    /** `round/2` of an application, `rescreening/<id>` of a contract. */
    cause: text('cause').notNull(),
    list: text('list').$type<ListName>().notNull(),
    listVersion: integer('list_version').notNull(),
    normalForm: integer('normal_form').notNull(),
    /** The query's names in normal form, one on each line. */
    query: sealedText('query', 'personName').notNull(),
    matches: integer('matches').notNull(),
    cleared: jsonb('cleared').$type<ClearedEntry[]>().notNull(),
    checkedAt: at('checked_at').notNull(),
  },
  (t) => [uniqueIndex('screening_checks_once').on(t.subjectType, t.subjectId, t.cause, t.list)],
);
