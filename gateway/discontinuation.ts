import type { Client } from '@temporalio/client';
import type { Command } from '../domain/base/answers.ts';
import {
  cancelDiscontinuation,
  type DiscontinuationInput,
  type DiscontinuationSnapshot,
  type DiscontinuationVerdict,
  decideDiscontinuation,
  discontinuationSnapshot,
  discontinuationWorkflowId,
  recomputeDiscontinuation,
} from '../workflows/discontinuation/messages.ts';
import { BACKGROUND_QUEUE } from '../workflows/queues.ts';
import { askWorkflow, updateWorkflow } from './answers.ts';
import { startOnce } from './start-once.ts';

/** Contracts that are told at once. */
const PAGE_SIZE = 200;

/** Commands to discontinuations. Every method answers; one that is over or unknown is a refusal. */
export function discontinuationGateway(client: Client) {
  return {
    /** Starts the approval of a proposal or reaches the running one: a double submit is one proposal. */
    start: (input: Omit<DiscontinuationInput, 'pageSize' | 'carried'>): Promise<void> =>
      startOnce(client, 'discontinuation', {
        workflowId: discontinuationWorkflowId(input.discontinuationId),
        taskQueue: BACKGROUND_QUEUE,
        args: [{ ...input, pageSize: PAGE_SIZE, carried: null }],
      }),
    decide: (
      discontinuationId: string,
      command: Command & { taskId: string; decisionId: string; verdict: DiscontinuationVerdict },
    ) => updateWorkflow(client, discontinuationWorkflowId(discontinuationId), decideDiscontinuation, command),
    recompute: (discontinuationId: string, command: Command & { decisionId: string }) =>
      updateWorkflow(client, discontinuationWorkflowId(discontinuationId), recomputeDiscontinuation, command),
    cancel: (discontinuationId: string, command: Command & { decisionId: string }) =>
      updateWorkflow(client, discontinuationWorkflowId(discontinuationId), cancelDiscontinuation, command),
    /** The live state; null when the workflow is over or nobody answers. */
    snapshot: (discontinuationId: string): Promise<DiscontinuationSnapshot | null> =>
      askWorkflow(client, discontinuationWorkflowId(discontinuationId), discontinuationSnapshot),
  };
}

export type DiscontinuationGateway = ReturnType<typeof discontinuationGateway>;
