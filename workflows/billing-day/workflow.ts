import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { ParentClosePolicy, startChild, WorkflowIdReusePolicy } from '@temporalio/workflow';
import { BACKGROUND_QUEUE } from '../../domain/desk/queues.ts';
import * as messages from '../billing-run/messages.ts';
import type { billingRun } from '../billing-run/workflow.ts';
import { billing as port } from '../ports.ts';

/**
 * Begins the run of today where today is its day (policy `billing.day`). A day that was missed is made up by the next run (第6条2項).
 */
export async function billingDay({ sandbox }: messages.BillingDayInput): Promise<string | null> {
  const opened = await port.openScheduledRun({ nowMs: Date.now(), sandbox });
  if (opened === null) return null;
  const workflowId = messages.billingRunWorkflowId({ ...opened, sandbox });
  try {
    await startChild<typeof billingRun>('billingRun', {
      workflowId,
      taskQueue: BACKGROUND_QUEUE,
      parentClosePolicy: ParentClosePolicy.ABANDON,
      workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
      args: [{ ...opened, sandbox, pace: messages.BILLING_PACE, carried: null }],
    });
  } catch (error) {
    // Somebody began it by hand.
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
  return workflowId;
}
