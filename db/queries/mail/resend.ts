import { and, eq } from 'drizzle-orm';
import type { Database, Executor } from '../../client.ts';
import { tasks } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';
import { findMail, type MailRow } from './records.ts';

/** The mail of an open task that nobody waits for, or null: the task is closed, or the mail cannot be composed again. */
export async function mailToResend(db: Executor, taskId: string): Promise<MailRow | null> {
  const [task] = await db
    .select({ mailKey: tasks.about })
    .from(tasks)
    .where(and(eq(tasks.id, taskId), eq(tasks.status, 'open'), eq(tasks.awaited, false)));
  if (task === undefined) return null;
  const mail = await findMail(db, task.mailKey);
  return mail === null || mail.input === null ? null : mail;
}

/** Closes the task of a mail that was sent again, with its audit entry; once. */
export async function closeResent(
  db: Database,
  input: { taskId: string; key: string; actor: string; businessAt: Date },
): Promise<void> {
  const { taskId, key, actor, businessAt } = input;
  await db.transaction(async (tx) => {
    const [closed] = await tx
      .update(tasks)
      .set({ status: 'done', doneAt: businessAt })
      .where(and(eq(tasks.id, taskId), eq(tasks.status, 'open')))
      .returning();
    if (closed === undefined) return;
    await recordAudit(tx, {
      actor,
      action: 'mail.resent',
      subjectType: closed.subjectType,
      subjectId: closed.subjectId,
      after: { taskId, mailKey: key },
      businessAt,
    });
  });
}
