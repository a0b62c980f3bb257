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
 * Why a run takes place: the month's bills (`monthly`), or what cannot wait for them (`daily`): corrected invoices and refunds once
 * an end is known (第10条3項, 第16条), bills of top-ups (第6条5項).
 */
export type BillingCause = 'monthly' | 'daily';

/**
 * Billing runs (第6条2項), one a day and cause at most. The workflow `billing-run/…` moves it; the row shows the last thing it recorded. The id
 * follows from the day, so that two that begin at once are one.
 */
export const billingRuns = pgTable(
  'billing_runs',
  {
    id: uuid('id').primaryKey(),
    /** The day that its papers bear. */
    runOn: civilDay('run_on').notNull(),
    sandbox: boolean('sandbox').notNull(),
    cause: text('cause').$type<BillingCause>().notNull().default('monthly'),
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
  (t) => [uniqueIndex('billing_runs_day').on(t.sandbox, t.cause, t.runOn)],
);
