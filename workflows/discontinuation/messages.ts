import { defineQuery, defineUpdate } from '@temporalio/workflow';
import type { CivilDate } from '../../domain/calendar/civil-date.ts';
import type { DiscontinuationStatus } from '../../domain/discontinuation/discontinuation-status.ts';
import type { AnsweredCommands } from '../inbox.ts';
import type { Update, Updates } from '../updates.ts';
import type { DiscontinuationState } from './state.ts';

/** One workflow for each discontinuation. */
export const discontinuationWorkflowId = (discontinuationId: string): string =>
  `discontinuation/${discontinuationId}`;

export interface DiscontinuationInput {
  discontinuationId: string;
  sandbox: boolean;
  lastDay: CivilDate;
  planCode: string | null;
  /** May neither review nor approve it. */
  enteredBy: string;
  /** Contracts that are told at once. */
  pageSize: number;
  /** Set by continue-as-new. */
  carried: { state: DiscontinuationState; answered: AnsweredCommands } | null;
  /** Events after which a run ends with continue-as-new; the server's suggestion unless given. */
  historyLimit?: number;
}

export interface DiscontinuationSnapshot {
  status: DiscontinuationStatus;
  nowMs: number;
  taskId: string | null;
  version: number;
  batch: number;
  noticeId: string | null;
  /** Figures are frozen, contracts told, the notice is on its way. */
  told: boolean;
}

/** `agree` goes on; `reject` ends the proposal; `sendBack` returns a list of refunds to billing. */
export type DiscontinuationVerdict = 'agree' | 'reject' | 'sendBack';

export interface DiscontinuationMessages {
  /** A person decides the open task; the words are in the decision that the console wrote before. */
  decide: Update<
    'decideDiscontinuation',
    { taskId: string; decisionId: string; verdict: DiscontinuationVerdict }
  >;
  /** New figures before the last day, as a version of their own. */
  recompute: Update<'recomputeDiscontinuation', { decisionId: string }>;
  /** Calls an announced discontinuation off until its last day, with notice. */
  cancel: Update<'cancelDiscontinuation', { decisionId: string }>;
}

export const discontinuationUpdates: Updates<DiscontinuationMessages> = {
  decide: defineUpdate('decideDiscontinuation'),
  recompute: defineUpdate('recomputeDiscontinuation'),
  cancel: defineUpdate('cancelDiscontinuation'),
};

export const discontinuationSnapshot = defineQuery<DiscontinuationSnapshot>('snapshot');
