import { type Actor, actorId } from '../../domain/answers.ts';
import type { ApplicationStatus, FindingSummary } from '../../domain/application.ts';
import { canMove } from '../../domain/application.ts';
import type { CivilDate } from '../../domain/civil-date.ts';
import { records } from '../ports.ts';
import type { StaffTask } from '../staff-task.ts';
import type { ApplicationReviewInput, ApplicationSnapshot } from './messages.ts';

export interface ReviewState {
  applicationId: string;
  sandbox: boolean;
  status: ApplicationStatus;
  round: number;
  enteredBy: string | null;
  reviewedBy: string | null;
  recommendation: 'recommendAccept' | 'recommendRefuse' | null;
  findings: FindingSummary[];
  task: StaffTask | null;
  correctionDueOn: CivilDate | null;
}

export function initialState(input: ApplicationReviewInput): ReviewState {
  return {
    ...input,
    status: 'received',
    round: 1,
    enteredBy: null,
    reviewedBy: null,
    recommendation: null,
    findings: [],
    task: null,
    correctionDueOn: null,
  };
}

export function snapshotOf(state: ReviewState): ApplicationSnapshot {
  const { status, round, task, enteredBy, reviewedBy, recommendation, findings, correctionDueOn } = state;
  return {
    status,
    round,
    taskId: task?.id ?? null,
    enteredBy,
    reviewedBy,
    recommendation,
    findings,
    correctionDueOn,
  };
}

/** The one way to another status: checks the state table, then writes row and audit entry, then remembers. */
export async function transition(
  state: ReviewState,
  to: ApplicationStatus,
  actor: Actor,
  detail: { commandId?: string; decisionId?: string } = {},
): Promise<void> {
  if (!canMove(state.status, to)) throw new Error(`application may not go from ${state.status} to ${to}`);
  await records.transitionApplication({
    applicationId: state.applicationId,
    from: state.status,
    to,
    round: state.round,
    actor: actorId(actor),
    correctionDueOn: to === 'correction' ? state.correctionDueOn : null,
    businessMs: Date.now(),
    ...detail,
  });
  state.status = to;
}
