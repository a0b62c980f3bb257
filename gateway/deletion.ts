import { randomUUID } from 'node:crypto';
import {
  type Client,
  WorkflowIdConflictPolicy,
  WorkflowIdReusePolicy,
  WorkflowNotFoundError,
} from '@temporalio/client';
import type { Answer, Command } from '../domain/base/answers.ts';
import {
  type DeletionSnapshot,
  deletionSnapshot,
  deletionWorkflowId,
  holdChanged,
  retryDeletion,
} from '../workflows/deletion/messages.ts';
import { BACKGROUND_QUEUE } from '../workflows/queues.ts';
import { askWorkflow, updateWorkflow } from './answers.ts';
import { skipTo } from './clock.ts';

/** Commands to the deletion of an ended contract's data (第22条6項). */
export function deletionGateway(client: Client) {
  return {
    /**
     * Starts the deletion of a contract that has ended; one that runs or ran stays as it is. The one of a sandbox contract
     * begins at its test clock, which may be ahead.
     */
    async start(contract: { contractId: string; sandbox: boolean; clockOffsetMs: number }): Promise<void> {
      const { contractId, sandbox, clockOffsetMs } = contract;
      const workflowId = deletionWorkflowId(contractId);
      await client.workflow.start('deletion', {
        workflowId,
        taskQueue: BACKGROUND_QUEUE,
        workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE_FAILED_ONLY,
        workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
        args: [{ contractId, sandbox }],
      });
      if (!sandbox || clockOffsetMs <= 0) return;
      await skipTo(client, { workflowId, targetMs: Date.now() + clockOffsetMs, id: randomUUID() });
    },

    /** Tells the deletion that a hold was lifted; nothing happens where none runs. */
    async holdChanged(contractId: string): Promise<void> {
      try {
        await client.workflow.getHandle(deletionWorkflowId(contractId)).signal(holdChanged);
      } catch (error) {
        if (!(error instanceof WorkflowNotFoundError)) throw error;
      }
    },

    /** People have looked at what stopped it: everything is done and searched once more. */
    retry: (contractId: string, command: Command & { taskId: string }): Promise<Answer> =>
      updateWorkflow(client, deletionWorkflowId(contractId), retryDeletion, command),

    snapshot: (contractId: string): Promise<DeletionSnapshot | null> =>
      askWorkflow(client, deletionWorkflowId(contractId), deletionSnapshot),
  };
}

export type DeletionGateway = ReturnType<typeof deletionGateway>;
