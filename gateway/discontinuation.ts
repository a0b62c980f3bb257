import { BACKGROUND_QUEUE } from '../domain/desk/queues.ts';
import {
  type DiscontinuationInput,
  type DiscontinuationMessages,
  type DiscontinuationSnapshot,
  discontinuationSnapshot,
  discontinuationUpdates,
  discontinuationWorkflowId,
} from '../workflows/discontinuation/messages.ts';
import type { CommandOf } from '../workflows/updates.ts';
import { askWorkflow } from './ask.ts';
import type { Begin, Outbox, Store, Write } from './outbox.ts';

/** Contracts that are told at once. */
const PAGE_SIZE = 200;

export type DiscontinuationProposal = Omit<DiscontinuationInput, 'pageSize' | 'carried'>;

function beginning(proposal: DiscontinuationProposal): Begin {
  return {
    workflowId: discontinuationWorkflowId(proposal.discontinuationId),
    actor: { kind: 'staff', id: proposal.enteredBy },
    workflowType: 'discontinuation',
    taskQueue: BACKGROUND_QUEUE,
    args: [{ ...proposal, pageSize: PAGE_SIZE, carried: null }],
  };
}

/** Commands to discontinuations. Every method answers; one that is over or unknown is a refusal. */
export function discontinuationGateway(outbox: Outbox) {
  return {
    /** Stores a proposal and begins its approval: a double submit is one proposal. */
    create: (store: Store<DiscontinuationProposal>): Promise<DiscontinuationProposal> =>
      outbox.begin(store, beginning),
    decide: (id: string, command: CommandOf<DiscontinuationMessages, 'decide'>, write?: Write) =>
      outbox.update(discontinuationWorkflowId(id), discontinuationUpdates.decide, command, write),
    recompute: (id: string, command: CommandOf<DiscontinuationMessages, 'recompute'>, write?: Write) =>
      outbox.update(discontinuationWorkflowId(id), discontinuationUpdates.recompute, command, write),
    cancel: (id: string, command: CommandOf<DiscontinuationMessages, 'cancel'>, write?: Write) =>
      outbox.update(discontinuationWorkflowId(id), discontinuationUpdates.cancel, command, write),
    /** The live state; null when the workflow is over or nobody answers. */
    snapshot: (discontinuationId: string): Promise<DiscontinuationSnapshot | null> =>
      askWorkflow(outbox.client, discontinuationWorkflowId(discontinuationId), discontinuationSnapshot),
  };
}
