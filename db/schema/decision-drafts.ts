import { index, pgTable, primaryKey, uuid } from 'drizzle-orm/pg-core';
import { at, sealedJson } from './columns.ts';
import { staff } from './staff.ts';
import { tasks } from './tasks.ts';

/** What a person has typed into the form of an open decision and not sent yet. */
export const decisionDrafts = pgTable(
  'decision_drafts',
  {
    staffId: uuid('staff_id')
      .notNull()
      .references(() => staff.id),
    taskId: uuid('task_id')
      .notNull()
      .references(() => tasks.id),
    values: sealedJson('values', 'freeText').notNull(),
    savedAt: at('saved_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.staffId, t.taskId] }), index('decision_drafts_task').on(t.taskId)],
);
