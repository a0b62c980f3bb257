import { bigint, boolean, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { billingProcess } from '../../domain/processes/billing.ts';
import { at, civilDay, createdAt } from './columns.ts';

export type BillingRunStatus = keyof typeof billingProcess.statuses.billingRun;

/** A contract of which a run could make no draft, and why; the next run makes up for it. */
export interface BillingProblem {
  contractId: string;
  message: string;
}

/**
 * Billing runs (第6条2項), one a day at most. The workflow `billing-run/…` moves it; the row shows the last thing it recorded. The id
 * follows from the day, so that two that begin at once are one.
 */
export const billingRuns = pgTable(
  'billing_runs',
  {
    id: uuid('id').primaryKey(),
    /** The day that its papers bear. */
    runOn: civilDay('run_on').notNull(),
    sandbox: boolean('sandbox').notNull(),
    status: text('status').$type<BillingRunStatus>().notNull().default('drafting'),
    paused: boolean('paused').notNull().default(false),
    startedBy: text('started_by').notNull(),
    reviewedBy: text('reviewed_by'),
    approvedBy: text('approved_by'),
    /** Contracts that were looked at so far. */
    contracts: integer('contracts').notNull().default(0),
    problems: jsonb('problems').$type<BillingProblem[]>().notNull().default([]),
    papers: integer('papers').notNull().default(0),
    totalYen: bigint('total_yen', { mode: 'number' }).notNull().default(0),
    createdAt: createdAt(),
    updatedAt: at('updated_at').notNull().defaultNow(),
  },
  (t) => [uniqueIndex('billing_runs_day').on(t.sandbox, t.runOn)],
);
