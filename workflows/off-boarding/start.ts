import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { ParentClosePolicy, startChild } from '@temporalio/workflow';
import { BACKGROUND_QUEUE } from '../../domain/desk/queues.ts';
import { type OffBoardingInput, offBoardingId } from './messages.ts';
import type { offBoarding } from './workflow.ts';

/** Starts the off-boarding of a contract that has ended, on the contract's clock; it lives on by itself. */
export async function startOffBoarding(input: OffBoardingInput): Promise<void> {
  try {
    await startChild<typeof offBoarding>('offBoarding', {
      workflowId: offBoardingId(input.contractId),
      taskQueue: BACKGROUND_QUEUE,
      parentClosePolicy: ParentClosePolicy.ABANDON,
      args: [input],
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}
