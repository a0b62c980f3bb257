import { type Actor, actorId } from '../../domain/base/answers.ts';
import { jstDate } from '../../domain/calendar/civil-date.ts';
import { canMove, type Reached } from '../../domain/desk/moves.ts';
import {
  DISCONTINUATION_STATUSES,
  type DiscontinuationStatus,
} from '../../domain/discontinuation/discontinuation-status.ts';
import type { Desk, StaffTask } from '../desk.ts';
import type { Inbox } from '../inbox.ts';
import type { Lane } from '../lane.ts';
import { discontinuations as port } from '../ports.ts';
import type { Taken as TakenOf } from '../updates.ts';
import type { DiscontinuationInput, DiscontinuationMessages, DiscontinuationSnapshot } from './messages.ts';

/** All that the workflow knows, as plain JSON: it travels through continue-as-new. */
export interface DiscontinuationState {
  status: DiscontinuationStatus;
  /** The decision that is open. */
  task: StaffTask | null;
  reviewedBy: string | null;
  approvedBy: string | null;
  /** Version of the figures that counts; 0 before the approval. */
  version: number;
  /** Figures are frozen, contracts told and customers on their way to be. */
  told: boolean;
  noticeId: string | null;
  nextCheckMs: number | null;
  /** For letters to those who were not reached; null when there is nothing to do. */
  letterTask: StaffTask | null;
  /** The list of refunds that is open or comes next, from 1. */
  batch: number;
  submittedBy: string | null;
  accountTask: StaffTask | null;
}

export type Taken<K extends keyof DiscontinuationMessages> = TakenOf<DiscontinuationMessages, K>;

export interface DiscontinuationContext {
  input: DiscontinuationInput;
  state: DiscontinuationState;
  inbox: Inbox<DiscontinuationMessages>;
  lane: Lane;
  desk: Desk;
}

export function initialDiscontinuationState(): DiscontinuationState {
  return {
    status: 'review',
    task: null,
    reviewedBy: null,
    approvedBy: null,
    version: 0,
    told: false,
    noticeId: null,
    nextCheckMs: null,
    letterTask: null,
    batch: 1,
    submittedBy: null,
    accountTask: null,
  };
}

export function discontinuationSnapshotOf(state: DiscontinuationState): DiscontinuationSnapshot {
  const { status, task, version, batch, noticeId, told } = state;
  return { status, nowMs: Date.now(), taskId: task?.id ?? null, version, batch, noticeId, told };
}

/** The one way to another status: checks the state table, then writes row and audit entry, then remembers. */
export async function moveDiscontinuation(
  { input, state }: DiscontinuationContext,
  to: Reached<typeof DISCONTINUATION_STATUSES>,
  actor: Actor,
  detail: { commandId?: string; decisionId?: string } = {},
): Promise<void> {
  if (!canMove(DISCONTINUATION_STATUSES, state.status, to)) {
    throw new Error(`discontinuation may not go from ${state.status} to ${to}`);
  }
  const businessMs = Date.now();
  const person = actor.kind === 'staff' ? actor.id : null;
  await port.transitionDiscontinuation({
    discontinuationId: input.discontinuationId,
    from: state.status,
    to,
    actor: actorId(actor),
    businessMs,
    ...detail,
    ...(to === 'approval' && person !== null ? { reviewedBy: person } : {}),
    ...(to === 'announced' && person !== null
      ? { approvedBy: person, announcedOn: jstDate(businessMs) }
      : {}),
  });
  if (to === 'approval') state.reviewedBy = person;
  if (to === 'announced') state.approvedBy = person;
  state.status = to;
}
