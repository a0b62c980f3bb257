import { defineQuery, defineUpdate } from '@temporalio/workflow';
import type { CivilDate } from '../../domain/calendar/civil-date.ts';
import type { billingProcess } from '../../domain/processes/billing.ts';
import type { StaffTask } from '../desk.ts';
import type { AnsweredCommands } from '../inbox.ts';
import type { Update, Updates } from '../updates.ts';

/** One workflow for the run of a day and cause; sandbox contracts have runs of their own. */
export const billingRunWorkflowId = (run: {
  runOn: string;
  sandbox: boolean;
  cause?: 'monthly' | 'daily';
}): string =>
  `billing-run/${run.cause === 'daily' ? 'daily/' : ''}${run.sandbox ? 'sandbox/' : ''}${run.runOn}`;

/** Name of the schedule, and what the IDs of its executions begin with. */
export const BILLING_SCHEDULE = 'billing-day';
export const DAILY_BILLING_SCHEDULE = 'billing-daily';

export type BillingStatus = keyof typeof billingProcess.statuses.billingRun;

/** Sizes of pages: contracts to draft, numbers to give, PDFs to draw, mails to send at once. */
export interface BillingPace {
  drafts: number;
  numbers: number;
  drawings: number;
  mails: number;
}

export const BILLING_PACE: BillingPace = { drafts: 200, numbers: 200, drawings: 10, mails: 20 };

/** Where a run is. Plain JSON. */
export interface BillingState {
  status: BillingStatus;
  paused: boolean;
  /** Where the next page of contracts begins. */
  cursor: string | null;
  contracts: number;
  problems: { contractId: string; message: string }[];
  reviewedBy: string | null;
  numbered: boolean;
  drawn: boolean;
  /** Place of the last number whose mail was sent. */
  mailedTo: number;
  mails: number;
}

export interface BillingRunInput {
  runId: string;
  runOn: CivilDate;
  sandbox: boolean;
  pace: BillingPace;
  /** Set by continue-as-new. */
  carried: { state: BillingState; answered: AnsweredCommands; tasks: StaffTask[] } | null;
}

export interface BillingSnapshot extends BillingState {
  taskId: string | null;
}

export type BillingVerdict = 'agree' | 'sendBack' | 'discard';

export interface BillingMessages {
  /** A person decides the open task; the words are in the decision that the console wrote before. */
  decide: Update<'decideBillingRun', { taskId: string; decisionId: string; verdict: BillingVerdict }>;
  /** Stops before the next page. */
  pause: Update<'pauseBillingRun'>;
  resume: Update<'resumeBillingRun'>;
}

export const billingUpdates: Updates<BillingMessages> = {
  decide: defineUpdate('decideBillingRun'),
  pause: defineUpdate('pauseBillingRun'),
  resume: defineUpdate('resumeBillingRun'),
};

export const billingSnapshot = defineQuery<BillingSnapshot>('snapshot');

export interface BillingDayInput {
  sandbox: boolean;
  /** The month's run unless given. */
  cause?: 'monthly' | 'daily';
}
