import { integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { OffBoardingCause, OffBoardingState, OffBoardingStep } from '../../domain/data/off-boarding.ts';
import { at } from './columns.ts';
import { contracts } from './contracts.ts';

/** The steps after the end of a contract, each with the last thing that the workflow `off-boarding/<id>` recorded. */
export const offBoardingSteps = pgTable(
  'off_boarding_steps',
  {
    contractId: uuid('contract_id')
      .notNull()
      .references(() => contracts.id),
    step: text('step').$type<OffBoardingStep>().notNull(),
    state: text('state').$type<OffBoardingState>().notNull(),
    cause: text('cause').$type<OffBoardingCause>(),
    /** How many numbers, records or yen the step was about, where it counts something. */
    amount: integer('amount'),
    taskId: uuid('task_id'),
    /** Who did it by hand, and the decision that has the words. */
    completedBy: uuid('completed_by'),
    decisionId: uuid('decision_id'),
    /** Business time of the last change. */
    changedAt: at('changed_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.contractId, t.step] })],
);
