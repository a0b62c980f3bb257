import { index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { DecisionStage, STATUS, SubjectType } from '../../domain/processes/index.ts';
import { at, createdAt, id, sealedText } from './columns.ts';

/**
 * What a person decided, with reason code and words. Written by the console before the command goes to the workflow
 * (the words stay out of its payloads); `outcome` says what became of it.
 */
export const decisions = pgTable(
  'decisions',
  {
    id: id(),
    commandId: text('command_id').notNull(),
    subjectType: text('subject_type').$type<SubjectType>().notNull(),
    subjectId: uuid('subject_id').notNull(),
    taskId: uuid('task_id'),
    stage: text('stage').$type<DecisionStage>().notNull(),
    verdict: text('verdict').notNull(),
    reasonCode: text('reason_code').notNull(),
    reason: sealedText('reason', 'freeText').notNull(),
    staffId: uuid('staff_id').notNull(),
    outcome: text('outcome').$type<keyof typeof STATUS.decision>().notNull().default('sent'),
    effectiveAt: at('effective_at'),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('decisions_command').on(t.commandId),
    index('decisions_subject').on(t.subjectType, t.subjectId),
  ],
);
