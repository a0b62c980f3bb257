import { sql } from 'drizzle-orm';
import { bigint, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { usageWatchProcess } from '../../domain/processes/usage-watch.ts';
import type { Evidence } from '../../domain/watch/findings.ts';
import type { WATCH_OUTCOMES } from '../../domain/watch/outcomes.ts';
import type { WatchRule } from '../../domain/watch/rules.ts';
import { at, createdAt, id, sealedText } from './columns.ts';
import { contracts } from './contracts.ts';

export type WatchCaseStatus = keyof typeof usageWatchProcess.statuses.watchCase;

/** What a person made of a case. */
export type WatchOutcome = keyof typeof WATCH_OUTCOMES;

/** Cases of what looks like a prohibited act (第18条1項): per contract and clause one at a time, closed by people. */
export const watchCases = pgTable(
  'watch_cases',
  {
    id: id(),
    contractId: uuid('contract_id')
      .notNull()
      .references(() => contracts.id),
    /** `18-10` = 第18条1項⑩. */
    clause: text('clause').notNull(),
    status: text('status').$type<WatchCaseStatus>().notNull().default('open'),
    outcome: text('outcome').$type<WatchOutcome>(),
    reason: sealedText('reason', 'freeText').notNull().default(''),
    openedAt: at('opened_at').notNull(),
    closedAt: at('closed_at'),
    closedBy: text('closed_by'),
    taskId: uuid('task_id').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('watch_cases_open').on(t.contractId, t.clause).where(sql`status = 'open'`),
    index('watch_cases_contract').on(t.contractId),
    index('watch_cases_status').on(t.status, t.openedAt),
  ],
);

/** What a rule found within a case: marked where later facts took it back, never deleted. */
export const watchFindings = pgTable(
  'watch_findings',
  {
    id: id(),
    caseId: uuid('case_id')
      .notNull()
      .references(() => watchCases.id),
    contractId: uuid('contract_id')
      .notNull()
      .references(() => contracts.id),
    rule: text('rule').$type<WatchRule>().notNull(),
    /** The closing after which its case began, in milliseconds; -1: none. */
    after: bigint('after', { mode: 'number' }).notNull(),
    foundFrom: at('found_from').notNull(),
    foundTo: at('found_to').notNull(),
    count: integer('count').notNull(),
    matches: integer('matches').notNull(),
    /** The first three matches, numbers masked. */
    evidence: jsonb('evidence').$type<Evidence[]>().notNull().default([]),
    withdrawnAt: at('withdrawn_at'),
    createdAt: createdAt(),
    updatedAt: at('updated_at').notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex('watch_findings_once').on(t.contractId, t.rule, t.after),
    index('watch_findings_case').on(t.caseId),
  ],
);
