import { defineUpdate } from '@temporalio/workflow';
import type { Answer, Command } from '../../domain/base/answers.ts';

/** One workflow for each change of a registered contact. */
export const contactChangeWorkflowId = (changeId: string): string => `contact-change/${changeId}`;

export interface ContactChangeInput {
  changeId: string;
  subjectType: 'contract' | 'application';
  subjectId: string;
  enteredBy: string;
  needsSecond: boolean;
  sandbox: boolean;
}

/** The second person agrees or not (第12条2項). */
export const decideContactChange = defineUpdate<Answer, [Command & { verdict: 'confirm' | 'reject' }]>(
  'decideContactChange',
);
