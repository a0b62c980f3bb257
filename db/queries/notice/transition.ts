import { and, eq, sql } from 'drizzle-orm';
import { isFinal } from '../../../domain/desk/moves.ts';
import { NOTICE_STATUSES, type NoticeStatus } from '../../../domain/notice/notice.ts';
import type { Database, Transaction } from '../../client.ts';
import { noticeRecipients, notices } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';
import { recordCarriedOut } from '../command/given.ts';
import { findNotice, type NoticeRow } from './find.ts';
import { freezeRecipients, type MissingValues } from './freeze.ts';

export interface TransitionNoticeInput {
  noticeId: string;
  from: NoticeStatus;
  to: NoticeStatus;
  actor: string;
  commandId?: string;
  decisionId?: string;
  businessAt: Date;
}

/** Moves a notice to another status with its audit entry; a repeat changes nothing. Throws when it is in a third one. */
export async function transitionNotice(db: Database, input: TransitionNoticeInput): Promise<void> {
  // A notice is submitted with the command that begins its workflow, or by the two people who approved its cause.
  const submitted = input.to === 'waitingApproval' && input.commandId === undefined;
  await db.transaction((tx) => move(tx, input, {}, {}, submitted ? recordAudit : recordCarriedOut));
}

/** First of the two people (第17条3項): notes that they approved; the notice goes on waiting for the second. */
export async function reviewNotice(
  db: Database,
  input: { noticeId: string; staffId: string; commandId: string; decisionId: string; businessAt: Date },
): Promise<void> {
  const { noticeId, staffId, commandId, businessAt } = input;
  await db.transaction(async (tx) => {
    const moved = await tx
      .update(notices)
      .set({ reviewedBy: staffId })
      .where(and(eq(notices.id, noticeId), sql`${notices.reviewedBy} is null`))
      .returning({ id: notices.id });
    if (moved.length === 0) return;
    await recordCarriedOut(tx, {
      actor: staffId,
      action: 'notice.reviewed',
      subjectType: 'notice',
      subjectId: noticeId,
      commandId,
      businessAt,
    });
  });
}

export type Approval =
  | { outcome: 'approved'; recipients: number }
  | { outcome: 'missingValues'; missing: MissingValues }
  | { outcome: 'nobody' };

/**
 * Posted on the web, it tells those whose contracts are concluded later as well (第17条2項): such a notice waits for no recipients
 * where two people approved its cause.
 */
const isForWhoeverComes = ({ postOnWeb, approvedBy }: Pick<NoticeRow, 'postOnWeb' | 'approvedBy'>): boolean =>
  postOnWeb && approvedBy !== null;

/** Second of the two people: freezes recipients and texts and moves to `approved`, all or nothing. */
export async function approveNotice(
  db: Database,
  input: { noticeId: string; staffId: string; commandId?: string; decisionId?: string; businessAt: Date },
): Promise<Approval> {
  const { noticeId, staffId, businessAt } = input;
  return db.transaction(async (tx) => {
    const notice = await findNotice(tx, noticeId);
    if (notice === null) throw new Error(`notice ${noticeId} does not exist`);
    const frozen = await freezeRecipients(tx, notice);
    if ('missing' in frozen) return { outcome: 'missingValues', missing: frozen.missing };
    if (frozen.recipients === 0 && !isForWhoeverComes(notice)) {
      await tx
        .update(notices)
        .set({ recipientCount: null, contentSha256: null })
        .where(eq(notices.id, noticeId));
      return { outcome: 'nobody' };
    }
    const { commandId, decisionId } = input;
    await move(
      tx,
      {
        noticeId,
        from: 'waitingApproval',
        to: 'approved',
        actor: staffId,
        businessAt,
        ...(commandId === undefined ? {} : { commandId }),
        ...(decisionId === undefined ? {} : { decisionId }),
      },
      { recipients: frozen.recipients },
      { approvedBy: staffId, approvedAt: businessAt },
      // A notice whose cause two people approved names them from its beginning, and waits for no command.
      notice.approvedBy === staffId ? recordAudit : recordCarriedOut,
    );
    return { outcome: 'approved', recipients: frozen.recipients };
  });
}

/** Posts a notice on the web: the time is evidence, and the first one stays. */
export async function postNotice(db: Database, input: { noticeId: string; businessAt: Date }): Promise<void> {
  const { noticeId, businessAt } = input;
  await db.transaction(async (tx) => {
    const posted = await tx
      .update(notices)
      .set({ postedAt: businessAt })
      .where(and(eq(notices.id, noticeId), sql`${notices.postedAt} is null`))
      .returning({ contentSha256: notices.contentSha256 });
    const [row] = posted;
    if (row === undefined) return;
    await recordAudit(tx, {
      actor: 'system',
      action: 'notice.posted',
      subjectType: 'notice',
      subjectId: noticeId,
      after: { contentSha256: row.contentSha256 },
      businessAt,
    });
  });
}

/** Stops what is left of a stopped notice: nobody who waits for a mail gets one. */
export async function stopRecipients(db: Database, noticeId: string): Promise<void> {
  await db
    .update(noticeRecipients)
    .set({ state: 'stopped' })
    .where(
      and(eq(noticeRecipients.noticeId, noticeId), sql`${noticeRecipients.state} in ('queued', 'deferred')`),
    );
}

async function move(
  tx: Transaction,
  input: TransitionNoticeInput,
  detail: Record<string, unknown>,
  values: Partial<typeof notices.$inferInsert> = {},
  record: typeof recordAudit = recordCarriedOut,
): Promise<void> {
  const { noticeId, from, to, businessAt } = input;
  const moved = await tx
    .update(notices)
    .set({
      ...values,
      status: to,
      updatedAt: new Date(),
      ...(to === 'sending'
        ? { sendingFrom: sql`coalesce(${notices.sendingFrom}, ${businessAt.toISOString()}::timestamptz)` }
        : {}),
      ...(to === 'draft' ? { reviewedBy: null } : {}),
      ...(isFinal(NOTICE_STATUSES, to) ? { finishedAt: businessAt } : {}),
    })
    .where(and(eq(notices.id, noticeId), eq(notices.status, from)))
    .returning({ id: notices.id });
  if (moved.length === 0) {
    const notice = await findNotice(tx, noticeId);
    if (notice?.status === to) return;
    throw new Error(`notice ${noticeId} is ${notice?.status}, not ${from}`);
  }
  await record(tx, {
    actor: input.actor,
    action: NOTICE_STATUSES[to].audit,
    subjectType: 'notice',
    subjectId: noticeId,
    before: { status: from },
    after: { status: to, ...detail },
    ...(input.commandId === undefined ? {} : { commandId: input.commandId }),
    businessAt,
  });
}
