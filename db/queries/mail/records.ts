import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import type { Subject } from '../../../domain/desk/subjects.ts';
import type { Executor } from '../../client.ts';
import { sealRow } from '../../personal/seal-row.ts';
import { seal } from '../../personal/tags.ts';
import { mails } from '../../schema/index.ts';

export type MailRow = typeof mails.$inferSelect;
export type NewMailRow = Omit<typeof mails.$inferInsert, 'status' | 'attempts'>;

/** The mail of a business key, or null. */
export async function findMail(db: Executor, key: string): Promise<MailRow | null> {
  const [row] = await db.select().from(mails).where(eq(mails.key, key));
  return row ?? null;
}

/** One mail about a subject, or null. */
export async function findMailOf(
  db: Executor,
  { subjectType, subjectId }: Subject,
  mailId: string,
): Promise<MailRow | null> {
  const [row] = await db
    .select()
    .from(mails)
    .where(and(eq(mails.id, mailId), eq(mails.subjectType, subjectType), eq(mails.subjectId, subjectId)));
  return row ?? null;
}

/** The last mail of a kind about a subject, or null. */
export async function findLastMail(
  db: Executor,
  { subjectType, subjectId }: Subject,
  kind: string,
): Promise<MailRow | null> {
  const [row] = await db
    .select()
    .from(mails)
    .where(
      and(eq(mails.subjectType, subjectType), eq(mails.subjectId, subjectId), eq(sql`${mails.kind}`, kind)),
    )
    .orderBy(desc(mails.createdAt))
    .limit(1);
  return row ?? null;
}

type EarlierAttempt = Pick<MailRow, 'key' | 'messageId' | 'status' | 'acceptedAt' | 'attempts' | 'triedAt'>;

/** How far earlier attempts at the mails of some keys came; a key that was never tried is not among them. */
export async function earlierAttempts(db: Executor, keys: readonly string[]): Promise<EarlierAttempt[]> {
  return db
    .select({
      key: mails.key,
      messageId: mails.messageId,
      status: mails.status,
      acceptedAt: mails.acceptedAt,
      attempts: mails.attempts,
      triedAt: mails.triedAt,
    })
    .from(mails)
    .where(inArray(mails.key, [...keys]));
}

/**
 * Notes mails that are composed, each with what it says now: `sending` goes to the server next, `queued` does not. A row
 * that stays `sending` belongs to an attempt that died, and the server may have the mail.
 * @param rows `ownerId`: under whose key the personal data of the mail is stored (db/personal/owner.ts)
 */
export async function beginMails(
  db: Executor,
  rows: readonly { mail: NewMailRow; ownerId: string; status: 'queued' | 'sending' }[],
): Promise<void> {
  await db
    .insert(mails)
    .values(
      rows.map(({ mail, ownerId, status }) => ({
        ...sealRow(mails, ownerId, mail),
        status,
        attempts: status === 'sending' ? 1 : 0,
        triedAt: status === 'sending' ? new Date() : null,
      })),
    )
    .onConflictDoUpdate({
      target: mails.key,
      set: {
        status: sql`excluded.status`,
        attempts: sql`${mails.attempts} + excluded.attempts`,
        triedAt: sql`coalesce(excluded.tried_at, ${mails.triedAt})`,
        recipient: sql`excluded.recipient`,
        subjectLine: sql`excluded.subject_line`,
        storageKey: sql`excluded.storage_key`,
      },
    });
}

export interface FinishedMail {
  key: string;
  /** Under whose key the server's answer is stored. */
  ownerId: string;
  status: 'sending' | 'accepted' | 'deferred' | 'refused';
  serverAnswer: string;
  answeredAt: Date;
  acceptedAt: Date | null;
  /** Ids in the answer of a server that accepted it. */
  relayIds: readonly string[];
}

/** What the server said to each; `sending` for an attempt that ended without an answer. A bounce that came first stays. */
export async function finishMails(db: Executor, finished: readonly FinishedMail[]): Promise<void> {
  const rows = finished.map(({ key, ownerId, status, serverAnswer, answeredAt, acceptedAt, relayIds }) => {
    const [answered, accepted] = [answeredAt.toISOString(), acceptedAt?.toISOString() ?? null];
    return sql`(${key}, ${status}, ${seal(ownerId, serverAnswer)}, ${answered}::timestamptz, ${accepted}::timestamptz, ${relayIds.join(' ')})`;
  });
  await db.execute(sql`
    update ${mails} m set
      status = case when m.status = 'bounced' then 'bounced' else f.status end,
      server_answer = f.answer, answered_at = f.answered_at, accepted_at = f.accepted_at,
      relay_ids = string_to_array(f.relay_ids, ' ')
    from (values ${sql.join(rows, sql`, `)}) as f(key, status, answer, answered_at, accepted_at, relay_ids)
    where m.key = f.key`);
}
