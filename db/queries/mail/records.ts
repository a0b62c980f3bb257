import { eq, sql } from 'drizzle-orm';
import type { Executor } from '../../client.ts';
import { mails } from '../../schema/index.ts';

export type MailRow = typeof mails.$inferSelect;

/** The mail of a business key, or null. */
export async function findMail(db: Executor, key: string): Promise<MailRow | null> {
  const [row] = await db.select().from(mails).where(eq(mails.key, key));
  return row ?? null;
}

/**
 * Notes that a mail is about to go to the server. Returns what the row said before: `sending` means that an earlier
 * attempt died on the way and may have reached the server.
 */
export async function beginMail(
  db: Executor,
  mail: Omit<typeof mails.$inferInsert, 'status' | 'attempts'>,
): Promise<void> {
  await db
    .insert(mails)
    .values({ ...mail, status: 'sending', attempts: 1 })
    .onConflictDoUpdate({
      target: mails.key,
      set: {
        status: 'sending',
        attempts: sql`${mails.attempts} + 1`,
        recipient: mail.recipient,
        subjectLine: mail.subjectLine,
        storageKey: mail.storageKey ?? null,
      },
    });
}

/** What the server said. */
export async function finishMail(
  db: Executor,
  key: string,
  result: { status: 'accepted' | 'deferred' | 'refused'; serverAnswer: string; acceptedAt: Date | null },
): Promise<void> {
  await db.update(mails).set(result).where(eq(mails.key, key));
}
