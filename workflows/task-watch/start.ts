import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { ParentClosePolicy, startChild } from '@temporalio/workflow';
import { BACKGROUND_QUEUE } from '../../domain/desk/queues.ts';
import { type TaskWatchInput, taskWatchId } from '../../domain/desk/task-watch.ts';

/** Hands a task over to a workflow of its own, on the clock of the one that opened it. */
export async function startTaskWatch(input: TaskWatchInput): Promise<void> {
  try {
    await startChild('taskWatch', {
      workflowId: taskWatchId(input),
      taskQueue: BACKGROUND_QUEUE,
      parentClosePolicy: ParentClosePolicy.ABANDON,
      args: [input],
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}
