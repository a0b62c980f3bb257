import { boolean, index, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import type { Involved } from '../../domain/desk/decide.ts';
import type { TaskCause } from '../../domain/desk/tasks.ts';
import type { SubjectType, TaskKind } from '../../domain/processes/index.ts';
import { at, createdAt } from './columns.ts';

export type TaskStatus = 'open' | 'done' | 'cancelled';

/** Decisions and pieces of work that a workflow asks a member of staff for. The id comes from the workflow. */
export const tasks = pgTable(
  'tasks',
  {
    id: uuid('id').primaryKey(),
    kind: text('kind').$type<TaskKind>().notNull(),
    subjectType: text('subject_type').$type<SubjectType>().notNull(),
    subjectId: uuid('subject_id').notNull(),
    role: text('role').notNull(),
    /** Who may not do it, and why: whoever entered or reviewed the same thing (第4条). */
    involved: jsonb('involved').$type<Involved[]>().notNull().default([]),
    /** Their ids, for the queue. */
    excludedStaff: text('excluded_staff').array().notNull().default([]),
    status: text('status').$type<TaskStatus>().notNull().default('open'),
    /** Why it was opened, where its kind has several causes. */
    cause: text('cause').$type<TaskCause>(),
    /** The request, mail (by its business key) or step that it is about; '' where its subject says it all. */
    about: text('about').notNull().default(''),
    /** A workflow waits for the mail, sends it again when told so and closes the task; otherwise `resend/<task>` does. */
    awaited: boolean('awaited').notNull().default(false),
    claimedBy: text('claimed_by'),
    claimedAt: at('claimed_at'),
    dueAt: at('due_at').notNull(),
    remindedAt: at('reminded_at'),
    escalatedAt: at('escalated_at'),
    doneAt: at('done_at'),
    sandbox: boolean('sandbox').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    index('tasks_queue').on(t.status, t.role, t.createdAt),
    index('tasks_subject').on(t.subjectType, t.subjectId),
  ],
);
