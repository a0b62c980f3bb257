import { defineUpdate } from '@temporalio/workflow';
import type { Update, Updates } from '../updates.ts';

/** One workflow for each change of a registered contact. */
export const contactChangeWorkflowId = (changeId: string): string => `contact-change/${changeId}`;

export interface ContactChangeInput {
  changeId: string;
  subjectType: 'contract' | 'application' | 'partner';
  subjectId: string;
  enteredBy: string;
  needsSecond: boolean;
  sandbox: boolean;
}

export interface ContactChangeMessages {
  /** The second person agrees or not (第12条2項). */
  decide: Update<'decideContactChange', { taskId?: string; verdict: 'confirm' | 'reject' }>;
}

export const contactChangeUpdates: Updates<ContactChangeMessages> = {
  decide: defineUpdate('decideContactChange'),
};
