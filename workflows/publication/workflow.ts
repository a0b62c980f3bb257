import {
  allHandlersFinished,
  condition,
  continueAsNew,
  ParentClosePolicy,
  patched,
  setHandler,
  startChild,
} from '@temporalio/workflow';
import { type Actor, type Answer, actorId, type Command, refuse } from '../../domain/base/answers.ts';
import { firstOfNextMonth, jstDate, jstInstant } from '../../domain/calendar/civil-date.ts';
import type { Reached } from '../../domain/desk/moves.ts';
import type { PlainTaskKind } from '../../domain/desk/tasks.ts';
import type { PUBLICATION_STATUSES, PublicationStatus } from '../../domain/notice/publication.ts';
import { finish } from '../finish.ts';
import { Inbox } from '../inbox.ts';
import { Lane } from '../lane.ts';
import { NOTICE_PACE, noticeWorkflowId } from '../notice/messages.ts';
import type { noticeCampaign } from '../notice/workflow.ts';
import { publication as port, records } from '../ports.ts';
import { BACKGROUND_QUEUE } from '../queues.ts';
import { nudgeTask, openTask, type StaffTask, taskWakesAt } from '../staff-task.ts';
import * as messages from './messages.ts';

type PublicationCommand = Command & { type: 'decide'; verdict: 'approve' | 'reject' };

interface Context {
  input: messages.PublicationInput;
  snapshot: messages.PublicationSnapshot;
  task: StaffTask | null;
  decidedBy: string;
  inbox: Inbox<PublicationCommand>;
  lane: Lane;
}

const APPROVAL_TASKS = { termsEdition: 'termsApproval', feeChange: 'feeChangeApproval' } as const;
/** Contracts of a page. */
const PAGE_SIZE = 500;
/** Renewals are spread over six hours after midnight and record what they reach themselves. */
const AFTER_MIDNIGHT_MS = 6 * 3_600_000;
/** Certificates are revised by pages of this size, one a minute: a hundred thousand take a night and leave the workers room. */
const CERTIFICATES_A_PAGE = 200;
const CERTIFICATES_PAUSE_MS = 60_000;
const CLAUSES = { termsEdition: '第17条1項', feeChange: '第6条4項' } as const;

/**
 * An edition of the terms (第17条) or a fee change (第6条4項) from its draft to its day: a second person approves, the
 * notice goes out, and on the effective date it takes effect, or not. Silence: the task reminds and escalates; a draft
 * that nobody has approved by the effective date lapses, an edition whose notice was not published before it is void.
 */
export async function publication(input: messages.PublicationInput): Promise<PublicationStatus> {
  const context: Context = {
    input,
    snapshot: { status: 'draft', taskId: null },
    task: null,
    decidedBy: '',
    inbox: new Inbox<PublicationCommand>({}),
    lane: new Lane(),
  };
  const { snapshot, inbox, lane } = context;
  setHandler(messages.publicationSnapshot, () => snapshot);
  setHandler(messages.decidePublication, (command) => inbox.send({ ...command, type: 'decide' }));

  if (input.moving === true) {
    snapshot.status = 'effective';
    return moveContracts(context);
  }
  await open(context, APPROVAL_TASKS[input.subjectType], [input.enteredBy]);
  await untilEffectiveDate(context, () => snapshot.status === 'draft');
  if (snapshot.status === 'draft') {
    await close(context, 'cancelled');
    await move(context, 'lapsed', { kind: 'system' });
  }
  if (snapshot.status === 'approved') {
    await announce(context);
    await untilEffectiveDate(context, () => snapshot.status === 'approved');
  }
  if (snapshot.status === 'approved') await takeEffect(context);
  if (snapshot.status === 'effective' && input.subjectType === 'feeChange') return moveContracts(context);
  if (snapshot.status === 'effective' && patched('terms-certificates-2026-11'))
    await reviseCertificates(context);
  await finish(inbox, lane);
  return snapshot.status;
}

/**
 * Applies a fee change to every contract that it has reached (第6条3項・4項), now and after the
 * beginning of each month, until no live contract is left on an older price list. Contracts that renew do it by themselves too.
 */
async function moveContracts(context: Context): Promise<PublicationStatus> {
  const { input, snapshot, inbox, lane } = context;
  const limit = input.pageSize ?? PAGE_SIZE;
  let waiting = 0;
  let cursor: string | null = null;
  do {
    const page: { waiting: number; nextCursor: string | null } = await port.moveContracts({
      feeChangeId: input.subjectId,
      cursor,
      limit,
      businessMs: Date.now(),
    });
    waiting += page.waiting;
    cursor = page.nextCursor;
  } while (cursor !== null);
  if (waiting === 0) {
    await finish(inbox, lane);
    return snapshot.status;
  }
  const nextMonthMs = jstInstant(firstOfNextMonth(jstDate(Date.now()))) + AFTER_MIDNIGHT_MS;
  await refuseUntil(context, nextMonthMs);
  await lane.settled();
  await condition(allHandlersFinished);
  return continueAsNew<typeof publication>({ ...input, moving: true });
}

/** A certificate names the edition that binds (第5条1項): where that is another one now, its contract issues a new revision. */
async function reviseCertificates(context: Context): Promise<void> {
  const { subjectId, pageSize: limit = CERTIFICATES_A_PAGE } = context.input;
  let cursor: string | null = null;
  for (;;) {
    const page: { nextCursor: string | null } = await port.tellOfEdition({ subjectId, cursor, limit });
    cursor = page.nextCursor;
    if (cursor === null) return;
    await refuseUntil(context, Date.now() + CERTIFICATES_PAUSE_MS);
  }
}

/** Waits; whoever wants to decide meanwhile hears that it has taken effect. */
async function refuseUntil({ inbox }: Context, untilMs: number): Promise<void> {
  while (Date.now() < untilMs) {
    const command = await inbox.next(untilMs);
    if (command !== null) inbox.answer(command, refuse('wrongState', 'この変更はすでに有効です。'));
  }
}

/** Answers commands and reminds of the open task while `waiting` holds, at the latest until the effective date begins. */
async function untilEffectiveDate(context: Context, waiting: () => boolean): Promise<void> {
  const { input, inbox, lane } = context;
  const effectiveMs = jstInstant(input.effectiveOn);
  while (waiting() && Date.now() < effectiveMs) {
    const wakes = context.task === null ? null : taskWakesAt(context.task);
    const command = await inbox.next(Math.min(wakes ?? effectiveMs, effectiveMs));
    if (command !== null) inbox.answer(command, await answer(context, command));
    else if (context.task !== null && wakes !== null && wakes <= Date.now())
      await nudgeTask(context.task, input, lane);
  }
}

async function answer(context: Context, command: PublicationCommand): Promise<Answer> {
  const { input, snapshot } = context;
  if (command.actor.kind !== 'staff') return refuse('notAllowed', '担当者だけが操作できます。');
  const withdrawal = snapshot.status === 'approved';
  if (withdrawal && command.verdict === 'approve') return refuse('stale', 'すでに承認されています。');
  if (!withdrawal && command.actor.id === input.enteredBy) {
    return refuse('samePerson', 'ご自身が登録した内容は承認できません。別の担当者が判断します。');
  }
  await close(context, 'done');
  context.decidedBy = command.actor.id;
  const to = command.verdict === 'approve' ? 'approved' : 'rejected';
  await move(context, to, command.actor, command.commandId);
  return { ok: true };
}

/** Two people have approved what is said: the notice goes out by mail and web posting. */
async function announce({ input, decidedBy }: Context): Promise<void> {
  const { subjectType, subjectId } = input;
  const approvedBy = decidedBy;
  const { noticeId } = await port.announce({ subjectType, subjectId, approvedBy, businessMs: Date.now() });
  await startChild<typeof noticeCampaign>('noticeCampaign', {
    workflowId: noticeWorkflowId(noticeId),
    taskQueue: BACKGROUND_QUEUE,
    // It goes on, and is stopped on its own page, whatever becomes of the publication.
    parentClosePolicy: ParentClosePolicy.ABANDON,
    args: [{ noticeId, startedBy: input.enteredBy, ...NOTICE_PACE, carried: null }],
  });
}

/** The effective date has begun: the records say whether the notice was published before it. */
async function takeEffect(context: Context): Promise<void> {
  const { input, snapshot } = context;
  const { subjectType, subjectId } = input;
  const { status } = await port.settlePublication({ subjectType, subjectId, businessMs: Date.now() });
  snapshot.status = status;
  // A task that asks for a look only: whoever reads it closes it on the page.
  if (status === 'void') await open(context, 'editionVoid', []);
}

async function move(
  { input, snapshot }: Context,
  to: Reached<typeof PUBLICATION_STATUSES>,
  actor: Actor,
  commandId?: string,
): Promise<void> {
  const { subjectType, subjectId } = input;
  await port.transitionPublication({
    subjectType,
    subjectId,
    to,
    actor: actorId(actor),
    clause: CLAUSES[subjectType],
    businessMs: Date.now(),
    ...(commandId === undefined ? {} : { commandId }),
  });
  snapshot.status = to;
}

async function open(context: Context, kind: PlainTaskKind, excludedStaff: string[]): Promise<void> {
  const { subjectType, subjectId } = context.input;
  context.task = await openTask({ kind, subjectType, subjectId, excludedStaff, sandbox: false });
  context.snapshot.taskId = context.task.id;
}

async function close(context: Context, outcome: 'done' | 'cancelled'): Promise<void> {
  if (context.task !== null) await records.closeTask({ taskId: context.task.id, outcome });
  context.task = null;
  context.snapshot.taskId = null;
}
