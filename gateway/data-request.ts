import { type Client, WorkflowIdConflictPolicy, WorkflowIdReusePolicy } from '@temporalio/client';
import type { Command } from '../domain/base/answers.ts';
import type { DataRequestVerdict, IdentityCheck } from '../domain/data/data-requests.ts';
import {
  answerDataRequest,
  checkIdentity,
  type DataRequestInput,
  dataRequestWorkflowId,
} from '../workflows/data-request/messages.ts';
import { INTERACTIVE_QUEUE } from '../workflows/queues.ts';
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
    checkIdentity: (dataRequestId: string, command: Command & { method: IdentityCheck }) =>
      updateWorkflow(client, dataRequestWorkflowId(dataRequestId), checkIdentity, command),
    answer: (
      dataRequestId: string,
      command: Command & { decisionId: string; verdict: DataRequestVerdict; extendedTo: string | null },
    ) => updateWorkflow(client, dataRequestWorkflowId(dataRequestId), answerDataRequest, command),
  };
}

export type DataRequestGateway = ReturnType<typeof dataRequestGateway>;
