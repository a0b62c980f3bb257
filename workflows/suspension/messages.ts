import { defineQuery, defineUpdate } from '@temporalio/workflow';
import type { SuspensionScope, SuspensionStatus } from '../../domain/suspension/suspension.ts';
import type { Update, Updates } from '../updates.ts';

/** One workflow for each suspension. */
export const suspensionWorkflowId = (suspensionId: string): string => `suspension/${suspensionId}`;

export interface SuspensionInput {
  suspensionId: string;
  sandbox: boolean;
  scope: SuspensionScope;
  /** May not decide it as the second person. */
  enteredBy: string;
  /** About a customer, or with a time: a second person decides. */
  needsSecondPerson: boolean;
  /** Planned and not regular: customers are told before. */
  tellsBefore: boolean;
  /** With a time: called off when nobody has decided by then. Absent in runs of earlier releases. */
  lapses?: boolean;
  /** Regular maintenance of earlier releases told nobody; everything tells after. */
  tellsAfter: boolean;
  startsAtMs: number;
  /** Null: until it is lifted. */
  endsAtMs: number | null;
  /** Contracts of which the provider is told at once. */
  pageSize: number;
}

export interface SuspensionSnapshot {
  status: SuspensionStatus;
  nowMs: number;
  taskId: string | null;
  startsAtMs: number;
  endsAtMs: number | null;
}

export interface SuspensionMessages {
  /** The second person's decision; the words are in the decision that the console wrote before. */
  decide: Update<'decideSuspension', { taskId: string; decisionId: string; verdict: 'agree' | 'reject' }>;
  /** Other times: both before it begins, the end only while it runs. */
  reschedule: Update<'rescheduleSuspension', { startsAtMs: number; endsAtMs: number | null }>;
  /** Calls it off before it begins. */
  cancel: Update<'cancelSuspension'>;
  /** Lifts it while it runs. */
  lift: Update<'liftSuspension'>;
}

export const suspensionUpdates: Updates<SuspensionMessages> = {
  decide: defineUpdate('decideSuspension'),
  reschedule: defineUpdate('rescheduleSuspension'),
  cancel: defineUpdate('cancelSuspension'),
  lift: defineUpdate('liftSuspension'),
};

export const suspensionSnapshot = defineQuery<SuspensionSnapshot>('snapshot');
