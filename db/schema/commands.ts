import { sql } from 'drizzle-orm';
import { bigserial, index, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import type { Actor, Answer } from '../../domain/base/answers.ts';
import { at, createdAt } from './columns.ts';

/** A workflow that the command begins where it does not run yet. */
export interface CommandStart {
  workflowType: string;
  taskQueue: string;
  args: unknown[];
  /** How often it may run under its id; `once` unless given (gateway/start-workflow.ts). */
  runs?: 'once' | 'again' | 'anew' | 'unlessDone';
}

/**
 * What the console and the public pages tell workflows, written in the same transaction as the fact that it tells of, and
 * sent until it is answered (docs/guarantees.md). The id is the command's and the update's. Ids and dates only.
 */
export const commands = pgTable(
  'commands',
  {
    id: text('id').primaryKey(),
    /** The order in which a workflow hears them. */
    position: bigserial('position', { mode: 'number' }).notNull(),
    workflowId: text('workflow_id').notNull(),
    /** Name of the update; null where the workflow is only begun. */
    update: text('update_name'),
    carries: jsonb('carries').$type<object>().notNull(),
    starts: jsonb('starts').$type<CommandStart>(),
    actor: jsonb('actor').$type<Actor>().notNull(),
    /** Null until the workflow has answered. */
    answer: jsonb('answer').$type<Answer>(),
    answeredAt: at('answered_at'),
    attempts: integer('attempts').notNull().default(0),
    triedAt: at('tried_at'),
    createdAt: createdAt(),
  },
  (t) => [
    index('commands_unanswered').on(t.workflowId, t.position).where(sql`${t.answeredAt} is null`),
    index('commands_due').on(t.position).where(sql`${t.answeredAt} is null`),
  ],
);
