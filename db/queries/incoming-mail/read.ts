import { and, desc, eq, gte, inArray } from 'drizzle-orm';
import type { Executor } from '../../client.ts';
import { type IncomingMailStatus, incomingMails, mails } from '../../schema/index.ts';
import type { IncomingMailRow } from './record.ts';

/** Incoming mails of a status, the newest first. */
export async function readIncomingMails(
  db: Executor,
  query: { status: IncomingMailStatus; limit: number; offset: number },
): Promise<IncomingMailRow[]> {
  return db
    .select()
    .from(incomingMails)
    .where(eq(incomingMails.status, query.status))
    .orderBy(desc(incomingMails.createdAt), desc(incomingMails.id))
    .limit(query.limit)
    .offset(query.offset);
}

export async function findIncomingMail(db: Executor, id: string): Promise<IncomingMailRow | null> {
  const [row] = await db.select().from(incomingMails).where(eq(incomingMails.id, id));
  return row ?? null;
}

const DAYS = 60;
const LOOKED_AT = 2_000;
const SHOWN = 10;

export interface SentMail {
  id: string;
  messageId: string;
  subjectLine: string;
  recipient: string;
  businessAt: Date;
}

/** What was sent to an address in the last weeks, the newest first: one of these may be what came back. */
export async function mailsSentTo(db: Executor, address: string, now: Date): Promise<SentMail[]> {
  const since = new Date(now.getTime() - DAYS * 86_400_000);
  const rows = await db
    .select({
      id: mails.id,
      messageId: mails.messageId,
      subjectLine: mails.subjectLine,
      recipient: mails.recipient,
      businessAt: mails.businessAt,
    })
    .from(mails)
    .where(and(inArray(mails.status, ['accepted', 'sending']), gte(mails.createdAt, since)))
    .orderBy(desc(mails.createdAt))
    .limit(LOOKED_AT);
  // Addresses are encrypted: they are compared here.
  return rows.filter(({ recipient }) => recipient.toLowerCase() === address.toLowerCase()).slice(0, SHOWN);
}
