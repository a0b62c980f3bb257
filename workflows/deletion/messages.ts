import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { DeletionStatus, DeletionStep } from '../../domain/data/deletion.ts';
import type { Update, Updates } from '../updates.ts';

/** One deletion for each contract, from its end on. */
export const deletionWorkflowId = (contractId: string): string => `deletion/${contractId}`;

export interface DeletionInput {
  contractId: string;
  sandbox: boolean;
  /** The clock of who leaves it behind, in milliseconds: of a sandbox contract it may be ahead of that of the deletion. */
  notBeforeMs?: number;
}

export interface DeletionSnapshot {
  status: DeletionStatus;
  /** The workflow's clock, in milliseconds. */
  nowMs: number;
  /** Instant from which the data is deleted; null before it is known. */
  dueMs: number | null;
  step: DeletionStep | null;
  taskId: string | null;
}

/** A hold was lifted or rejected: looked at now and not only tomorrow. */
export const holdChanged = defineSignal('holdChanged');
export interface DeletionMessages {
  /** People have looked at what stopped the deletion: it is done again from the beginning. */
  retry: Update<'retryDeletion', { taskId: string }>;
}

export const deletionUpdates: Updates<DeletionMessages> = { retry: defineUpdate('retryDeletion') };
export const deletionSnapshot = defineQuery<DeletionSnapshot>('snapshot');
