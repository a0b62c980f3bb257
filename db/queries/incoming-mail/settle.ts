import { and, eq, isNull, lt } from 'drizzle-orm';
import type { Database } from '../../client.ts';
import { destroyKey } from '../../personal/destroy-key.ts';
import { ownerOf } from '../../personal/owner.ts';
import { seal } from '../../personal/tags.ts';
import { incomingMails, tasks } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';

export interface SettleIncomingMail {
  id: string;
  /** What was done about it. */
  note: string;
  outcome: 'read' | 'bounce';
  staffId: string;
  commandId: string;
  at: Date;
}

/** Notes that a person is done with a mail, and closes its task; once. False when it was done already. */
export async function settleIncomingMail(db: Database, input: SettleIncomingMail): Promise<boolean> {
  const { id, note, outcome, staffId, commandId, at } = input;
  return db.transaction(async (tx) => {
    const [mail] = await tx.select().from(incomingMails).where(eq(incomingMails.id, id)).for('update');
    if (mail === undefined || mail.status === 'done') return false;
    const { subjectType, subjectId } = mail;
    const owner =
      subjectType === null || subjectId === null ? id : await ownerOf(tx, { subjectType, subjectId });
    await tx
      .update(incomingMails)
      .set({ status: 'done', handledBy: staffId, handledAt: at, note: seal(owner, note) })
      .where(eq(incomingMails.id, id));
    await tx
      .update(tasks)
      .set({ status: 'done', doneAt: at })
      .where(and(eq(tasks.subjectType, 'incomingMail'), eq(tasks.subjectId, id), eq(tasks.status, 'open')));
    await recordAudit(tx, {
      actor: staffId,
      action: 'incomingMail.handled',
      subjectType: 'incomingMail',
      subjectId: id,
      after: { outcome },
      commandId,
    });
    return true;
  });
}

/** A mail that is about no customer of ours is kept for so many days after somebody was done with it. */
const KEPT_DAYS = 90;

/** Deletes mails about nobody we know whose time is over, with their keys; their files go as files that no row names. */
export async function forgetIncomingMails(
  db: Database,
  input: { now: Date; limit: number },
): Promise<number> {
  const before = new Date(input.now.getTime() - KEPT_DAYS * 86_400_000);
  return db.transaction(async (tx) => {
    const rows = await tx
      .select({ id: incomingMails.id })
      .from(incomingMails)
      .where(
        and(
          eq(incomingMails.status, 'done'),
          isNull(incomingMails.subjectId),
          lt(incomingMails.handledAt, before),
        ),
      )
      .limit(input.limit);
    for (const { id } of rows) {
      await tx.delete(incomingMails).where(eq(incomingMails.id, id));
      await destroyKey(tx, id, input.now);
    }
    return rows.length;
  });
}
