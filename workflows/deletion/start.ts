import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { ParentClosePolicy, startChild } from '@temporalio/workflow';
import { BACKGROUND_QUEUE } from '../../domain/desk/queues.ts';
import { type DeletionInput, deletionWorkflowId } from './messages.ts';
import type { deletion } from './workflow.ts';

/** Starts the deletion of an ended contract's data, which outlives its starter. False when it was started before. */
export async function startDeletion(input: DeletionInput): Promise<boolean> {
  try {
    await startChild<typeof deletion>('deletion', {
      workflowId: deletionWorkflowId(input.contractId),
      taskQueue: BACKGROUND_QUEUE,
      parentClosePolicy: ParentClosePolicy.ABANDON,
      args: [input],
    });
    return true;
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return false;
    throw error;
  }
}
