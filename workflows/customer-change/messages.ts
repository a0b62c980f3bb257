import { defineUpdate } from '@temporalio/workflow';
import type { Answer, Command } from '../../domain/base/answers.ts';

/** One workflow for each change of what is registered of a customer. */
export const customerChangeWorkflowId = (changeId: string): string => `customer-change/${changeId}`;

export interface CustomerChangeInput {
  changeId: string;
  contractId: string;
  enteredBy: string;
  /** Two people have accepted it with the application that brought it. */
  decided: boolean;
  sandbox: boolean;
}

/** The second person agrees or not (第5条1項). */
export const decideCustomerChange = defineUpdate<Answer, [Command & { verdict: 'confirm' | 'reject' }]>(
  'decideCustomerChange',
);
