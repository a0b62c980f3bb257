import { defineQuery, defineUpdate } from '@temporalio/workflow';
import type { Answer, Command } from '../../domain/base/answers.ts';
import type { SuspensionScope, SuspensionStatus } from '../../domain/suspension/suspension.ts';

/** One workflow for each suspension. */
export const suspensionWorkflowId = (suspensionId: string): string => `suspension/${suspensionId}`;

export interface SuspensionInput {
  suspensionId: string;
  sandbox: boolean;
  scope: SuspensionScope;
  /** May not decide it as the second person. */
  enteredBy: string;
  /** About a customer: a second person decides. */
  needsSecondPerson: boolean;
  /** Planned and not regular: customers are told before. */
  tellsBefore: boolean;
  /** Regular maintenance tells nobody; everything else tells after. */
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

export const decideSuspension = defineUpdate<
  Answer,
  [Command & { taskId: string; decisionId: string; verdict: 'agree' | 'reject' }]
>('decideSuspension');
/** Other times: both before it begins, the end only while it runs. */
export const rescheduleSuspension = defineUpdate<
  Answer,
  [Command & { startsAtMs: number; endsAtMs: number | null }]
>('rescheduleSuspension');
/** Calls it off before it begins. */
export const cancelSuspension = defineUpdate<Answer, [Command]>('cancelSuspension');
/** Lifts it while it runs. */
export const liftSuspension = defineUpdate<Answer, [Command]>('liftSuspension');

export const suspensionSnapshot = defineQuery<SuspensionSnapshot>('snapshot');
