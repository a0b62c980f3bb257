import { and, eq, inArray } from 'drizzle-orm';
import type { Subject } from '../../../domain/desk/subjects.ts';
import type { Database, Executor } from '../../client.ts';
import { nameUuid } from '../../name-uuid.ts';
import { ownerOf } from '../../personal/owner.ts';
import { sealRow } from '../../personal/seal-row.ts';
import { incomingMails } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';
import { openWatchedTask } from '../task/open.ts';

export type IncomingMailRow = typeof incomingMails.$inferSelect;

export interface NewIncomingMail
  extends Pick<
    IncomingMailRow,
    | 'mailbox'
    | 'uid'
    | 'kind'
    | 'reason'
    | 'sender'
    | 'subjectLine'
    | 'arrivedAt'
    | 'storageKey'
    | 'sha256'
    | 'bytes'
  > {
  /** Of the mail of ours that it is about; null where nobody can tell. */
  about: (Subject & { sandbox: boolean }) | null;
}

/** Which of these mails of a mailbox are known, and whether a person is done with them. */
export async function knownIncomingMails(
  db: Executor,
  mailbox: string,
  uids: readonly number[],
): Promise<{ uid: number; done: boolean }[]> {
  const rows = await db
    .select({ uid: incomingMails.uid, status: incomingMails.status })
    .from(incomingMails)
    .where(and(eq(incomingMails.mailbox, mailbox), inArray(incomingMails.uid, [...uids])));
  return rows.map(({ uid, status }) => ({ uid, done: status === 'done' }));
}

/** Keeps a mail that nobody but a person understands, and asks for one by a task; once for each mail of a mailbox. */
export async function recordIncomingMail(db: Database, mail: NewIncomingMail, now: Date): Promise<void> {
  const { about, ...values } = mail;
  const id = nameUuid(`incoming mail/${mail.mailbox}/${mail.uid}`);
  await db.transaction(async (tx) => {
    const owner = about === null ? id : await ownerOf(tx, about);
    const subject = about === null ? {} : { subjectType: about.subjectType, subjectId: about.subjectId };
    const [stored] = await tx
      .insert(incomingMails)
      .values(sealRow(incomingMails, owner, { ...values, ...subject, id, note: '' }))
      .onConflictDoNothing()
      .returning({ id: incomingMails.id });
    if (stored === undefined) return;
    await openWatchedTask(tx, {
      taskId: nameUuid(`incoming mail task/${id}`),
      kind: 'incomingMail',
      subjectType: 'incomingMail',
      subjectId: id,
      involved: [],
      cause: mail.kind,
      openedAt: now,
      sandbox: about?.sandbox ?? false,
    });
    await recordAudit(tx, {
      actor: 'system',
      action: 'incomingMail.received',
      subjectType: 'incomingMail',
      subjectId: id,
      after: { kind: mail.kind, sha256: mail.sha256, bytes: mail.bytes },
    });
  });
}

export async function noteMarkedRead(db: Executor, mailbox: string, uid: number, at: Date): Promise<void> {
  await db
    .update(incomingMails)
    .set({ markedReadAt: at })
    .where(and(eq(incomingMails.mailbox, mailbox), eq(incomingMails.uid, uid)));
}
