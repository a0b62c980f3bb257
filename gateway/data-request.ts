import { type Client, WorkflowIdConflictPolicy, WorkflowIdReusePolicy } from '@temporalio/client';
import {
  type DataRequestInput,
  type DataRequestMessages,
  dataRequestUpdates,
  dataRequestWorkflowId,
} from '../workflows/data-request/messages.ts';
import { INTERACTIVE_QUEUE } from '../workflows/queues.ts';
import type { CommandOf } from '../workflows/updates.ts';
import { updateWorkflow } from './answers.ts';

/** Requests about data and the commands to them. */
export function dataRequestGateway(client: Client) {
  return {
    /** Starts the process of a stored request; one that runs already is left alone. */
    start: async (input: DataRequestInput): Promise<void> => {
      await client.workflow.start('dataRequest', {
        workflowId: dataRequestWorkflowId(input.dataRequestId),
        taskQueue: INTERACTIVE_QUEUE,
        workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
        workflowIdReusePolicy: WorkflowIdReusePolicy.REJECT_DUPLICATE,
        args: [input],
      });
    },
    checkIdentity: (dataRequestId: string, command: CommandOf<DataRequestMessages, 'checkIdentity'>) =>
      updateWorkflow(client, dataRequestWorkflowId(dataRequestId), dataRequestUpdates.checkIdentity, command),
    answer: (dataRequestId: string, command: CommandOf<DataRequestMessages, 'answer'>) =>
      updateWorkflow(client, dataRequestWorkflowId(dataRequestId), dataRequestUpdates.answer, command),
  };
}

export type DataRequestGateway = ReturnType<typeof dataRequestGateway>;
