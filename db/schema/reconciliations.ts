import { boolean, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import type { Difference } from '../../domain/desk/reconcile.ts';
import type { Reconciled } from '../../domain/desk/reconciled.ts';
import { at, createdAt, id } from './columns.ts';

/** Rounds of the comparison of rows with workflows: where each stands, and what it found. */
export const reconciliations = pgTable('reconciliations', {
  id: id(),
  /** The case that was compared last; the next page goes on behind it. */
  kind: text('kind').$type<Reconciled>().notNull(),
  after: uuid('after_id'),
  checked: integer('checked').notNull().default(0),
  differing: integer('differing').notNull().default(0),
  /** Of which a command on its way makes the same. */
  healing: integer('healing').notNull().default(0),
  /** Nobody answered. */
  silent: integer('silent').notNull().default(0),
  comparedAt: at('compared_at').notNull(),
  finishedAt: at('finished_at'),
  createdAt: createdAt(),
});

/** Cases of which row and workflow say different things, from the first look to the one that finds them agreeing. */
export const differences = pgTable('differences', {
  workflowId: text('workflow_id').primaryKey(),
  kind: text('kind').$type<Reconciled>().notNull(),
  caseId: uuid('case_id').notNull(),
  found: jsonb('found').$type<Difference[]>().notNull(),
  /** Found at two looks: staff are told. */
  told: boolean('told').notNull().default(false),
  seenAt: at('seen_at').notNull(),
  comparedAt: at('compared_at').notNull(),
});
