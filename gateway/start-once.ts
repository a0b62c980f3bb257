import {
  type Client,
  WorkflowExecutionAlreadyStartedError,
  WorkflowIdConflictPolicy,
  WorkflowIdReusePolicy,
  type WorkflowStartOptions,
} from '@temporalio/client';

/** Starts a workflow once for its id: one that runs goes on, and one that is over stays over, however late a form is sent again. */
export async function startOnce(
  client: Client,
  workflowType: string,
  options: Pick<WorkflowStartOptions, 'workflowId' | 'taskQueue'> & { args: unknown[] },
): Promise<void> {
  try {
    await client.workflow.start(workflowType, {
      ...options,
      workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
      workflowIdReusePolicy: WorkflowIdReusePolicy.REJECT_DUPLICATE,
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}
