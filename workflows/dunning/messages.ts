import { defineQuery, defineUpdate } from '@temporalio/workflow';
import type { DunningStep } from '../../domain/billing/dunning.ts';
import type { dunningProcess } from '../../domain/processes/dunning.ts';
import type { AnsweredCommands } from '../inbox.ts';
import type { Update, Updates } from '../updates.ts';

/** Name of the schedule, and what the IDs of its executions begin with. */
export const DUNNING_SCHEDULE = 'dunning-day';

export type DunningStatus = keyof typeof dunningProcess.statuses.dunning;

/** Where the dunning of a paper is. Plain JSON. */
export interface DunningState {
  status: DunningStatus;
  /** The last step whose mail was handed over. */
  mailed: DunningStep | null;
}

export interface DunningInput {
  paperId: string;
  contractId: string;
  sandbox: boolean;
  /** Set by continue-as-new. */
  carried: { state: DunningState; answered: AnsweredCommands } | null;
}

export interface DunningMessages {
  /** Something was posted, held or released: look now. */
  look: Update<'lookAtDunning'>;
}

export const dunningUpdates: Updates<DunningMessages> = { look: defineUpdate('lookAtDunning') };

export const dunningSnapshot = defineQuery<DunningState>('snapshot');
