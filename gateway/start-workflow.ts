import {
  type Client,
  WorkflowExecutionAlreadyStartedError,
  WorkflowIdConflictPolicy,
  WorkflowIdReusePolicy,
} from '@temporalio/client';
import type { CommandStart } from '../db/schema/index.ts';

const POLICIES = {
  /** One that runs goes on, and one that is over stays over, however late a form is sent again. */
  once: [WorkflowIdReusePolicy.REJECT_DUPLICATE, WorkflowIdConflictPolicy.USE_EXISTING],
  /** One that runs goes on; after it another may come. */
  again: [WorkflowIdReusePolicy.ALLOW_DUPLICATE, WorkflowIdConflictPolicy.USE_EXISTING],
  /** One that runs may have read what was before, and gives way. */
  anew: [WorkflowIdReusePolicy.ALLOW_DUPLICATE, WorkflowIdConflictPolicy.TERMINATE_EXISTING],
  /** One that failed may be tried again. */
  unlessDone: [WorkflowIdReusePolicy.ALLOW_DUPLICATE_FAILED_ONLY, WorkflowIdConflictPolicy.USE_EXISTING],
} as const;

/** Starts a workflow under its id, as often as the command says. */
export async function startWorkflow(
  client: Client,
  workflowId: string,
  { workflowType, taskQueue, args, runs = 'once' }: CommandStart,
): Promise<void> {
  const [workflowIdReusePolicy, workflowIdConflictPolicy] = POLICIES[runs];
  try {
    const policies = { workflowIdReusePolicy, workflowIdConflictPolicy };
    await client.workflow.start(workflowType, { workflowId, taskQueue, args, ...policies });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}
