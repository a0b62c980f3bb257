import { eq, sql } from 'drizzle-orm';
import type { SubjectType } from '../../../domain/subjects.ts';
import type { Executor } from '../../client.ts';
import { ownerOf } from '../../personal/owner.ts';
import { sealRow } from '../../personal/seal-row.ts';
import { mails } from '../../schema/index.ts';

export type MailRow = typeof mails.$inferSelect;

/** The mail of a business key, or null. */
export async function findMail(db: Executor, key: string): Promise<MailRow | null> {
  const [row] = await db.select().from(mails).where(eq(mails.key, key));
  return row ?? null;
}

/** Notes a mail that is composed and not yet on its way; again, with what it says now, after an attempt that failed. */
export async function queueMail(
  db: Executor,
  mail: Omit<typeof mails.$inferInsert, 'status' | 'attempts'>,
): Promise<void> {
  const ownerId = await ownerOf(db, mail);
  const sealed = sealRow(mails, ownerId, mail);
  await db
    .insert(mails)
    .values({ ...sealed, status: 'queued' })
    .onConflictDoUpdate({
      target: mails.key,
      set: {
        status: 'queued',
        recipient: sealed.recipient,
        subjectLine: sealed.subjectLine,
        storageKey: mail.storageKey ?? null,
      },
    });
}

/**
 * Notes that the mail goes to the server now. A row that stays like this belongs to an attempt that died, and the
 * server may have the mail.
 */
export async function markSending(db: Executor, key: string): Promise<void> {
  await db
    .update(mails)
    .set({ status: 'sending', attempts: sql`${mails.attempts} + 1` })
    .where(eq(mails.key, key));
}

/** What the server said; `sending` for an attempt that ended without an answer. A bounce that came first stays. */
export async function finishMail(
  db: Executor,
  mail: { key: string; subjectType: SubjectType; subjectId: string },
  result: {
    status: 'sending' | 'accepted' | 'deferred' | 'refused';
    serverAnswer: string;
    answeredAt: Date;
    acceptedAt: Date | null;
  },
): Promise<void> {
  const { status, ...said } = sealRow(mails, await ownerOf(db, mail), result);
  await db
    .update(mails)
    .set({ ...said, status: sql`case when ${mails.status} = 'bounced' then 'bounced' else ${status} end` })
    .where(eq(mails.key, mail.key));
}
