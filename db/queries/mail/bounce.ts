import { and, eq, inArray } from 'drizzle-orm';
import { isFinal } from '../../../domain/desk/moves.ts';
import { taskDeadlines } from '../../../domain/desk/tasks.ts';
import { NOTICE_STATUSES, noticeOfMailKey } from '../../../domain/notice/notice.ts';
import type { Database, Transaction } from '../../client.ts';
import { nameUuid } from '../../name-uuid.ts';
import { ownerOf } from '../../personal/owner.ts';
import { seal } from '../../personal/tags.ts';
import { mails, noticeRecipients, notices } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';
import { openTask } from '../task/open.ts';

/** A mail that came back after the server had taken it. */
export interface Bounce {
  /** With its angle brackets. */
  messageId: string;
  /** Enhanced status code (RFC 3463), for example 5.1.1; '' where the report has none. */
  status: string;
  /** What the server that could not deliver it said. */
  answer: string;
}

/**
 * Notes that a mail came back and opens a task: another address, or post (第12条2項, 第17条3項). Mail to staff gets no task.
 * `known` when it was noted before, `unknown` when no mail of ours has this Message-ID.
 */
export async function recordBounce(
  db: Database,
  bounce: Bounce,
  now: Date,
): Promise<'recorded' | 'known' | 'unknown'> {
  return db.transaction(async (tx) => {
    const [mail] = await tx.select().from(mails).where(eq(mails.messageId, bounce.messageId)).for('update');
    if (mail === undefined) return 'unknown';
    if (mail.status === 'bounced') return 'known';
    const { status, answer } = bounce;
    await tx
      .update(mails)
      .set({
        status: 'bounced',
        bouncedAt: now,
        bounceStatus: status,
        bounceAnswer: seal(await ownerOf(tx, mail), answer),
      })
      .where(eq(mails.id, mail.id));
    await recordAudit(tx, {
      actor: 'system',
      action: 'mail.bounced',
      subjectType: mail.subjectType,
      subjectId: mail.subjectId,
      before: { status: mail.status },
      after: { mailId: mail.id, kind: mail.kind, status: 'bounced', bounceStatus: status },
    });
    const followed = await noticeBounced(tx, mail.key);
    if (!followed && mail.kind !== 'staffReminder' && mail.mailClass === 'contract') {
      await openTask(tx, {
        taskId: taskIdOf(mail.id),
        kind: 'mailProblem',
        subjectType: mail.subjectType,
        subjectId: mail.subjectId,
        excludedStaff: [],
        cause: 'bounced',
        about: mail.key,
        dueAt: new Date(taskDeadlines(now.getTime()).dueMs),
        sandbox: mail.sandbox,
      });
    }
    return 'recorded';
  });
}

/** Tells a notice that its mail came back. True while the notice is under way and opens one task for all of them. */
async function noticeBounced(tx: Transaction, key: string): Promise<boolean> {
  const of = noticeOfMailKey(key);
  if (of === null) return false;
  await tx
    .update(noticeRecipients)
    .set({ state: 'bounced' })
    .where(
      and(
        eq(noticeRecipients.noticeId, of.noticeId),
        eq(noticeRecipients.contractId, of.contractId),
        inArray(noticeRecipients.state, ['queued', 'deferred', 'accepted']),
      ),
    );
  const [notice] = await tx
    .select({ status: notices.status })
    .from(notices)
    .where(eq(notices.id, of.noticeId));
  return notice !== undefined && !isFinal(NOTICE_STATUSES, notice.status);
}

/** One task for each mail that came back, whoever tells it how often. */
const taskIdOf = (mailId: string): string => nameUuid(`bounce/${mailId}`);
