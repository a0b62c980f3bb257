import { randomUUID } from 'node:crypto';
import { WorkflowNotFoundError } from '@temporalio/client';
import type { Answer } from '../domain/base/answers.ts';
import { BACKGROUND_QUEUE } from '../domain/desk/queues.ts';
import {
  type DeletionMessages,
  type DeletionSnapshot,
  deletionSnapshot,
  deletionUpdates,
  deletionWorkflowId,
  holdChanged,
} from '../workflows/deletion/messages.ts';
import type { CommandOf } from '../workflows/updates.ts';
import { askWorkflow } from './ask.ts';
import { skipTo } from './clock.ts';
import type { Outbox } from './outbox.ts';

/** Commands to the deletion of an ended contract's data (第22条6項). */
export function deletionGateway(outbox: Outbox) {
  return {
    /**
     * Starts the deletion of a contract that has ended; one that runs or ran stays as it is. The one of a sandbox contract
     * begins at its test clock, which may be ahead.
     */
    async start(contract: { contractId: string; sandbox: boolean; clockOffsetMs: number }): Promise<void> {
      const { contractId, sandbox, clockOffsetMs } = contract;
      const workflowId = deletionWorkflowId(contractId);
      await outbox.begin(
        async () => undefined,
        () => ({
          ...{ workflowId, workflowType: 'deletion', taskQueue: BACKGROUND_QUEUE },
          ...{ args: [{ contractId, sandbox }], actor: { kind: 'system' }, runs: 'unlessDone' },
          commandId: `begin/${workflowId}/${randomUUID()}`,
        }),
      );
      if (!sandbox || clockOffsetMs <= 0) return;
      await skipTo(outbox.client, { workflowId, targetMs: Date.now() + clockOffsetMs, id: randomUUID() });
    },

    /**
     * Tells the deletion that a hold was lifted; nothing happens where none runs. It looks every day by itself, so that one
     * which is not told goes on a day later.
     */
    async holdChanged(contractId: string): Promise<void> {
      try {
        await outbox.client.workflow.getHandle(deletionWorkflowId(contractId)).signal(holdChanged);
      } catch (error) {
        if (!(error instanceof WorkflowNotFoundError)) throw error;
      }
    },

    /** People have looked at what stopped it: everything is done and searched once more. */
    retry: (contractId: string, command: CommandOf<DeletionMessages, 'retry'>): Promise<Answer> =>
      outbox.update(deletionWorkflowId(contractId), deletionUpdates.retry, command),

    snapshot: (contractId: string): Promise<DeletionSnapshot | null> =>
      askWorkflow(outbox.client, deletionWorkflowId(contractId), deletionSnapshot),
  };
}
