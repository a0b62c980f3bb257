import type { ApplicationStatus, FindingSummary } from '../../domain/application/application.ts';
import { APPLICATION_STATUSES } from '../../domain/application/application.ts';
import { type Actor, actorId } from '../../domain/base/answers.ts';
import type { CivilDate } from '../../domain/calendar/civil-date.ts';
import { canMove } from '../../domain/desk/moves.ts';
import { records } from '../ports.ts';
import { newTask, type StaffTask, type TaskRequest } from '../staff-task.ts';
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
  /** Tasks are opened and closed together with the status, in one write. */
  writesTasks: boolean;
  correctionDueOn: CivilDate | null;
}

export function initialState(input: ApplicationReviewInput, writesTasks: boolean): ReviewState {
  return {
    ...input,
    status: 'received',
    round: 1,
    enteredBy: null,
    reviewedBy: null,
    recommendation: null,
    findings: [],
    task: null,
    writesTasks,
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

/** The task that a status asks staff for, or null: nobody decides on what they entered or reviewed (第4条). */
export function taskOf(state: ReviewState, status: ApplicationStatus): TaskRequest | null {
  if (status !== 'review' && status !== 'approval') return null;
  const involved = status === 'review' ? [state.enteredBy] : [state.enteredBy, state.reviewedBy];
  return {
    kind: status,
    subjectType: 'application',
    subjectId: state.applicationId,
    excludedStaff: involved.filter((id) => id !== null),
    sandbox: state.sandbox,
  };
}

/**
 * The one way to another status: checks the state table, then writes row, audit entry and tasks of both stages, then
 * remembers.
 */
export async function transition(
  state: ReviewState,
  to: ApplicationStatus,
  actor: Actor,
  detail: { commandId?: string; decisionId?: string } = {},
): Promise<void> {
  if (!canMove(APPLICATION_STATUSES, state.status, to))
    throw new Error(`application may not go from ${state.status} to ${to}`);
  const request = state.writesTasks ? taskOf(state, to) : null;
  const task = request === null ? null : newTask();
  await records.transitionApplication({
    applicationId: state.applicationId,
    from: state.status,
    to,
    round: state.round,
    actor: actorId(actor),
    correctionDueOn: to === 'correction' ? state.correctionDueOn : null,
    businessMs: Date.now(),
    ...(state.writesTasks && state.task !== null
      ? { closesTask: { taskId: state.task.id, outcome: to === 'withdrawn' ? 'cancelled' : 'done' } }
      : {}),
    ...(request === null || task === null
      ? {}
      : { opensTask: { ...request, taskId: task.id, openedMs: Date.now(), dueMs: task.dueMs } }),
    ...detail,
  });
  if (state.writesTasks) state.task = task;
  state.status = to;
}
