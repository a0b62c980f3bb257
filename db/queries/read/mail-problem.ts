import { and, eq } from 'drizzle-orm';
import type { Executor } from '../../client.ts';
import { type mails, tasks } from '../../schema/index.ts';
import { type ContactSubject, type RegisteredContact, registeredContact } from '../contact/registered.ts';
import { findMail } from '../mail/records.ts';

export type MailTask = typeof tasks.$inferSelect & { subjectType: ContactSubject['subjectType'] };

/** What a button can do about a mail that did not arrive. */
export type Remedy =
  /** Nobody waits for it: the workflow `resend` sends it again. */
  | 'resend'
  /** A workflow waits and sends it again when told so. */
  | 'awaited'
  /** From before mails were kept so that they can be composed again. */
  | 'postOnly';

export interface MailProblem {
  task: MailTask;
  /** The mail as it was sent; null where nothing says which it was. */
  mail: typeof mails.$inferSelect | null;
  registered: RegisteredContact;
  remedy: Remedy;
}

/** A task about a mail to a contract's or applicant's contact, with the mail. Null when there is no such task. */
export async function readMailProblem(db: Executor, taskId: string): Promise<MailProblem | null> {
  const [task] = await db
    .select()
    .from(tasks)
    .where(and(eq(tasks.id, taskId), eq(tasks.kind, 'mailProblem')));
  if (task === undefined || !isAboutContact(task)) return null;
  const registered = await registeredContact(db, task);
  if (registered === null) return null;
  const mail = await findMail(db, task.about);
  return { task, mail, registered, remedy: remedyFor(task, mail) };
}

function isAboutContact(task: typeof tasks.$inferSelect): task is MailTask {
  return task.subjectType === 'contract' || task.subjectType === 'application';
}

function remedyFor({ awaited }: MailTask, mail: MailProblem['mail']): Remedy {
  if (awaited) return 'awaited';
  return mail === null || mail.input === null ? 'postOnly' : 'resend';
}
