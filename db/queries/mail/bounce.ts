import { and, arrayOverlaps, eq, inArray, like, or } from 'drizzle-orm';
import { isFinal } from '../../../domain/desk/moves.ts';
import { NOTICE_STATUSES, noticeOfMailKey } from '../../../domain/notice/notice.ts';
import type { Database, Executor, Transaction } from '../../client.ts';
import { nameUuid } from '../../name-uuid.ts';
import { ownerOf } from '../../personal/owner.ts';
import { seal } from '../../personal/tags.ts';
import { mails, noticeRecipients, notices } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';
import { openWatchedTask } from '../task/open.ts';

/** A mail that came back after the server had taken it. */
export interface Bounce {
  /**
   * What names the mail: a Message-ID with its angle brackets, a bare id of ours (32 hexadecimal digits: envelope id, return
   * address), or an id that a relay gave.
   */
  messageId: string;
  /** What else could name it, the surest first. */
  references?: readonly string[];
  /** Enhanced status code (RFC 3463), for example 5.1.1; '' where the report has none. */
  status: string;
  /** What the server that could not deliver it said. */
  answer: string;
}

/**
 * Notes that a mail came back and opens a task: another address, or post (第12条2項, 第17条3項). Mail to staff gets no task.
 * `known` when it was noted before, `unknown` when no mail of ours has one of these ids.
 */
export async function recordBounce(
  db: Database,
  bounce: Bounce,
  now: Date,
): Promise<'recorded' | 'known' | 'unknown'> {
  return db.transaction(async (tx) => {
    const found = await findByReferences(tx, [bounce.messageId, ...(bounce.references ?? [])]);
    const [mail] =
      found === null ? [] : await tx.select().from(mails).where(eq(mails.id, found.id)).for('update');
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
      await openWatchedTask(tx, {
        taskId: taskIdOf(mail.id),
        kind: 'mailProblem',
        subjectType: mail.subjectType,
        subjectId: mail.subjectId,
        involved: [],
        cause: 'bounced',
        about: mail.key,
        openedAt: now,
        sandbox: mail.sandbox,
      });
    }
    return 'recorded';
  });
}

const OUR_ID = /^<?([0-9a-f]{32})(?:@[^<>\s]*)?>?$/i;
/** Ids of relays are looked for by the part before the @. */
const localPart = (reference: string) => reference.replace(/^<|>$/g, '').split('@')[0] ?? '';

/** A report names one mail, perhaps in several ways. */
const MAX_REFERENCES = 20;

/** The mail of ours that one of these names, the surest first, our own ids before those of relays; null for none. */
export async function findByReferences(
  db: Executor,
  references: readonly string[],
): Promise<typeof mails.$inferSelect | null> {
  const tried = references.slice(0, MAX_REFERENCES);
  for (const reference of tried) {
    const own = OUR_ID.exec(reference)?.[1]?.toLowerCase();
    const ours = own === undefined ? undefined : like(mails.messageId, `<${own}@%`);
    const [mail] = await db
      .select()
      .from(mails)
      .where(or(eq(mails.messageId, reference), ours))
      .limit(1);
    if (mail !== undefined) return mail;
  }
  const relayed = tried.map(localPart).filter((id) => id !== '');
  if (relayed.length === 0) return null;
  const [mail] = await db.select().from(mails).where(arrayOverlaps(mails.relayIds, relayed)).limit(1);
  return mail ?? null;
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
