import { defineUpdate } from '@temporalio/workflow';
import type { Update, Updates } from '../updates.ts';

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

export interface CustomerChangeMessages {
  /** The second person agrees or not (第5条1項). */
  decide: Update<'decideCustomerChange', { taskId?: string; verdict: 'confirm' | 'reject' }>;
}

export const customerChangeUpdates: Updates<CustomerChangeMessages> = {
  decide: defineUpdate('decideCustomerChange'),
};
