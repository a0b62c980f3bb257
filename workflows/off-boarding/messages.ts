import { defineQuery, defineUpdate } from '@temporalio/workflow';
import type { CivilDate } from '../../domain/calendar/civil-date.ts';
import type { OffBoardingCause, OffBoardingState, OffBoardingStep } from '../../domain/data/off-boarding.ts';
import type { Update, Updates } from '../updates.ts';

/** One off-boarding for each contract that has ended. */
export const offBoardingId = (contractId: string): string => `off-boarding/${contractId}`;

export interface OffBoardingInput {
  contractId: string;
  /** The contract's last day. */
  endedOn: CivilDate;
  sandbox: boolean;
}

export interface OffBoardingSnapshot {
  /** The workflow's clock, in milliseconds. */
  nowMs: number;
  steps: {
    step: OffBoardingStep;
    state: OffBoardingState;
    cause: OffBoardingCause | null;
    taskId: string | null;
  }[];
}

export interface OffBoardingMessages {
  /** What staff answer to the task of a step; the words are in the decision that the console wrote before. */
  decide: Update<'decideStep', { taskId: string; decisionId: string; verdict: 'retry' | 'complete' }>;
}

export const offBoardingUpdates: Updates<OffBoardingMessages> = { decide: defineUpdate('decideStep') };
export const offBoardingSnapshot = defineQuery<OffBoardingSnapshot>('snapshot');
