import type { ApplicationStatus, FindingSummary } from '../../domain/application/application.ts';
import { APPLICATION_STATUSES } from '../../domain/application/application.ts';
import { type Actor, actorId } from '../../domain/base/answers.ts';
import type { CivilDate } from '../../domain/calendar/civil-date.ts';
import { type Involved, involved } from '../../domain/desk/decide.ts';
import { canMove } from '../../domain/desk/moves.ts';
import { type Desk, newTask, type StaffTask } from '../desk.ts';
import { records } from '../ports.ts';
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
export function taskOf(
  state: ReviewState,
  status: ApplicationStatus,
): { kind: 'review' | 'approval'; involved: Involved[] } | null {
  const { enteredBy, reviewedBy } = state;
  if (status === 'review') return { kind: status, involved: involved(['entered', enteredBy]) };
  if (status !== 'approval') return null;
  return { kind: status, involved: involved(['entered', enteredBy], ['reviewed', reviewedBy]) };
}

/**
 * The one way to another status: checks the state table, then writes row, audit entry and tasks of both stages, then
 * remembers.
 */
export async function transition(
  { state, desk }: { state: ReviewState; desk: Desk },
  to: ApplicationStatus,
  actor: Actor,
  detail: { commandId?: string; decisionId?: string } = {},
): Promise<void> {
  if (!canMove(APPLICATION_STATUSES, state.status, to))
    throw new Error(`application may not go from ${state.status} to ${to}`);
  const request = state.writesTasks ? taskOf(state, to) : null;
  const task = request === null ? null : newTask(request);
  const { applicationId, sandbox } = state;
  const before = state.task;
  await records.transitionApplication({
    applicationId,
    from: state.status,
    to,
    round: state.round,
    actor: actorId(actor),
    correctionDueOn: to === 'correction' ? state.correctionDueOn : null,
    businessMs: Date.now(),
    ...(state.writesTasks && before !== null
      ? { closesTask: { taskId: before.id, outcome: to === 'withdrawn' ? 'cancelled' : 'done' } }
      : {}),
    ...(request === null || task === null
      ? {}
      : {
          opensTask: {
            ...request,
            ...{ subjectType: 'application' as const, subjectId: applicationId, sandbox },
            ...{ taskId: task.id, openedMs: Date.now(), dueMs: task.dueMs },
          },
        }),
    ...detail,
  });
  if (state.writesTasks) {
    if (before !== null) desk.forget(before);
    if (task !== null) desk.watch(task);
    state.task = task;
  }
  state.status = to;
}
