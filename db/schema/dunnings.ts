import { boolean, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { DunningStep } from '../../domain/billing/dunning.ts';
import type { dunningProcess } from '../../domain/processes/dunning.ts';
import { at, civilDay, createdAt, id, sealedText } from './columns.ts';
import { contracts } from './contracts.ts';
import { papers } from './papers.ts';

export type DunningStatus = keyof typeof dunningProcess.statuses.dunning;

/** Papers that are overdue, or were (第10条2項④): one case for each, whose workflow lives while it is. The id is the paper's. */
export const dunnings = pgTable(
  'dunnings',
  {
    id: uuid('id')
      .primaryKey()
      .references(() => papers.id),
    contractId: uuid('contract_id')
      .notNull()
      .references(() => contracts.id),
    status: text('status').$type<DunningStatus>().notNull().default('running'),
    sandbox: boolean('sandbox').notNull(),
    endedAt: at('ended_at'),
    createdAt: createdAt(),
    /** When its workflow last looked at it. */
    lookedAt: at('looked_at').notNull().defaultNow(),
  },
  (t) => [
    index('dunnings_list').on(t.sandbox, t.status, t.createdAt),
    index('dunnings_contract').on(t.contractId),
  ],
);

/** Steps that were taken, each once: never after the payment, for the same transaction looks at what is open. */
export const dunningSteps = pgTable(
  'dunning_steps',
  {
    id: id(),
    paperId: uuid('paper_id')
      .notNull()
      .references(() => papers.id),
    step: text('step').$type<DunningStep>().notNull(),
    on: civilDay('taken_on').notNull(),
    /** The last day that the final notice names. */
    deadlineOn: civilDay('deadline_on'),
    takenAt: at('taken_at').notNull(),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex('dunning_steps_once').on(t.paperId, t.step)],
);

/** What stops it: a dispute, whose days do not count, or a pause by a person. Days are both included; `to` null while it lasts. */
export const dunningHolds = pgTable(
  'dunning_holds',
  {
    id: id(),
    paperId: uuid('paper_id')
      .notNull()
      .references(() => papers.id),
    kind: text('kind').$type<'dispute' | 'pause'>().notNull(),
    from: civilDay('held_from').notNull(),
    to: civilDay('held_to'),
    reason: sealedText('reason', 'freeText').notNull(),
    enteredBy: text('entered_by').notNull(),
    endedBy: text('ended_by'),
    createdAt: createdAt(),
  },
  (t) => [index('dunning_holds_paper').on(t.paperId)],
);
