import type { NoticeFacts } from '../../activities/notice/index.ts';
import { type Actor, actorId } from '../../domain/base/answers.ts';
import { canMove } from '../../domain/desk/moves.ts';
import { NOTICE_STATUSES, type NoticeStatus } from '../../domain/notice/notice.ts';
import type { Desk, StaffTask } from '../desk.ts';
import type { Inbox } from '../inbox.ts';
import type { Lane } from '../lane.ts';
import { notice as port } from '../ports.ts';
import type { Taken as TakenOf } from '../updates.ts';
import type { NoticeMessages, NoticeProgress } from './messages.ts';

/** All that a notice's workflow knows, as plain JSON: it travels through continue-as-new. */
export interface NoticeState {
  noticeId: string;
  facts: NoticeFacts;
  status: NoticeStatus;
  reviewedBy: string | null;
  task: StaffTask | null;
  /** Position after which the next page begins. */
  after: number;
  /** How often everybody who is left was gone through before. */
  pass: number;
  /** Pages in a row of which the server took nothing. */
  pushes: number;
  waitsUntilMs: number | null;
  mailsPerMinute: number | null;
  /** Until when mails may still come back. */
  followUntilMs: number | null;
}

export function initialNoticeState(noticeId: string, facts: NoticeFacts): NoticeState {
  return {
    noticeId,
    facts,
    status: 'draft',
    reviewedBy: null,
    task: null,
    after: -1,
    pass: 0,
    pushes: 0,
    waitsUntilMs: null,
    mailsPerMinute: null,
    followUntilMs: null,
  };
}

export type Taken<K extends keyof NoticeMessages> = TakenOf<NoticeMessages, K>;

export interface NoticeContext {
  state: NoticeState;
  inbox: Inbox<NoticeMessages>;
  lane: Lane;
  desk: Desk;
}

export function noticeProgressOf(state: NoticeState | null): NoticeProgress {
  return {
    status: state?.status ?? 'draft',
    taskId: state?.task?.id ?? null,
    reviewedBy: state?.reviewedBy ?? null,
    mailsPerMinute: state?.mailsPerMinute ?? null,
    waitsUntilMs: state?.waitsUntilMs ?? null,
  };
}

/** The one way to another status: checks the state table, then writes row and audit entry, then remembers. */
export async function transition(
  state: NoticeState,
  to: NoticeStatus,
  actor: Actor,
  detail: { commandId?: string; decisionId?: string } = {},
): Promise<void> {
  const { noticeId, status: from } = state;
  if (!canMove(NOTICE_STATUSES, from, to)) throw new Error(`a notice may not go from ${from} to ${to}`);
  await port.transitionNotice({
    noticeId,
    from,
    to,
    actor: actorId(actor),
    businessMs: Date.now(),
    ...detail,
  });
  state.status = to;
}
