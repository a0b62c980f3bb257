import {
  allHandlersFinished,
  condition,
  continueAsNew,
  ParentClosePolicy,
  patched,
  setHandler,
  startChild,
} from '@temporalio/workflow';
import { type Actor, type Answer, actorId, refuse } from '../../domain/base/answers.ts';
import { firstOfNextMonth, jstDate, jstInstant } from '../../domain/calendar/civil-date.ts';
import { type Involved, involved, staffOnly } from '../../domain/desk/decide.ts';
import type { Reached } from '../../domain/desk/moves.ts';
import { BACKGROUND_QUEUE } from '../../domain/desk/queues.ts';
import type { PlainTaskKind } from '../../domain/desk/tasks.ts';
import type { PUBLICATION_STATUSES, PublicationStatus } from '../../domain/notice/publication.ts';
import { Desk, decides, everyTaskReminds, type StaffTask } from '../desk.ts';
import { finish } from '../finish.ts';
import { Inbox } from '../inbox.ts';
import { Lane } from '../lane.ts';
import { NOTICE_PACE, noticeWorkflowId } from '../notice/messages.ts';
import type { noticeCampaign } from '../notice/workflow.ts';
import { publication as port } from '../ports.ts';
import { stage } from '../stage.ts';
import type { Taken } from '../updates.ts';
import * as messages from './messages.ts';

interface Context {
  input: messages.PublicationInput;
  snapshot: messages.PublicationSnapshot;
  task: StaffTask | null;
  decidedBy: string;
  inbox: Inbox<messages.PublicationMessages>;
  lane: Lane;
  desk: Desk;
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
  const lane = new Lane();
  const { subjectType, subjectId } = input;
  const context: Context = {
    input,
    snapshot: { status: 'draft', taskId: null },
    task: null,
    decidedBy: '',
    inbox: new Inbox({}),
    lane,
    desk: new Desk({ subjectType, subjectId, sandbox: false }, lane),
  };
  const { snapshot } = context;
  setHandler(messages.publicationSnapshot, () => snapshot);
  context.inbox.accept(messages.publicationUpdates);

  if (input.moving === true) {
    snapshot.status = 'effective';
    return moveContracts(context);
  }
  await open(context, APPROVAL_TASKS[input.subjectType], involved(['entered', input.enteredBy]));
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
  await finish(context);
  return snapshot.status;
}

/**
 * Applies a fee change to every contract that it has reached (第6条3項・4項), now and after the
 * beginning of each month, until no live contract is left on an older price list. Contracts that renew do it by themselves too.
 */
async function moveContracts(context: Context): Promise<PublicationStatus> {
  const { input, snapshot, lane } = context;
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
    await finish(context);
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
async function refuseUntil(context: Context, untilMs: number): Promise<void> {
  await stage(context, {
    during: () => Date.now() < untilMs,
    task: () => null,
    answers: {},
    otherwise: 'この変更はすでに有効です。',
    silence: [{ atMs: () => untilMs, does: async () => undefined }],
  });
}

/** Answers commands while `waiting` holds, at the latest until the effective date begins. */
async function untilEffectiveDate(context: Context, waiting: () => boolean): Promise<void> {
  const effectiveMs = jstInstant(context.input.effectiveOn);
  await stage(context, {
    during: () => waiting() && Date.now() < effectiveMs,
    task: () => null,
    answers: { decide: (command) => decide(context, command) },
    otherwise: '',
    silence: [{ atMs: () => effectiveMs, does: async () => undefined }],
  });
}

/** A second person decides on the draft; what is approved anybody of the role may take back. */
async function decide(
  context: Context,
  command: Taken<messages.PublicationMessages, 'decide'>,
): Promise<Answer> {
  const { input, snapshot } = context;
  const kind = APPROVAL_TASKS[input.subjectType];
  if (snapshot.status !== 'approved') {
    return decides(
      () => context.task,
      kind,
      (decision: typeof command) => settle(context, decision),
    )(command);
  }
  const staff = staffOnly(command.actor);
  if ('code' in staff) return staff;
  if (command.verdict === 'approve') return refuse('stale', 'すでに承認されています。');
  return settle(context, command);
}

async function settle(
  context: Context,
  { actor, verdict, commandId }: Taken<messages.PublicationMessages, 'decide'>,
): Promise<Answer> {
  await close(context, 'done');
  context.decidedBy = actorId(actor);
  await move(context, verdict === 'approve' ? 'approved' : 'rejected', actor, commandId);
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
  if (status !== 'void') return;
  const task = await context.desk.open({ kind: 'editionVoid', involved: [] });
  context.snapshot.taskId = task.id;
  if (!everyTaskReminds()) context.desk.forget(task);
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

async function open(context: Context, kind: PlainTaskKind, people: Involved[]): Promise<void> {
  context.task = await context.desk.open({ kind, involved: people });
  context.snapshot.taskId = context.task.id;
}

async function close(context: Context, outcome: 'done' | 'cancelled'): Promise<void> {
  if (context.task !== null) await context.desk.close(context.task, outcome);
  context.task = null;
  context.snapshot.taskId = null;
}
