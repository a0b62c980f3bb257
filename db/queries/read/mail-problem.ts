import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Executor } from '../../client.ts';
import { type mails, tasks } from '../../schema/index.ts';
import { findBillingContact } from '../contact/billing.ts';
import { findContactChange } from '../contact/changes.ts';
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
  /** To whom it would be sent again. */
  registered: RegisteredContact;
  /** Whose contact for invoices that is; null for the registered contact. */
  billingContactOf: ContactSubject | null;
  remedy: Remedy;
}

/** A task about a mail to a contact of a contract, applicant or partner, with the mail. Null when there is no such task. */
export async function readMailProblem(db: Executor, taskId: string): Promise<MailProblem | null> {
  const [task] = await db
    .select()
    .from(tasks)
    .where(and(eq(tasks.id, taskId), eq(tasks.kind, 'mailProblem')));
  if (task === undefined || !isAboutContact(task)) return null;
  const mail = await findMail(db, task.about);
  const addressee = await addresseeOf(db, task, mail);
  return addressee === null ? null : { task, mail, ...addressee, remedy: remedyFor(task, mail) };
}

/** Papers and what is told of their contacts go to contacts for invoices, all else to the registered contact. */
async function addresseeOf(
  db: Executor,
  task: MailTask,
  mail: MailProblem['mail'],
): Promise<Pick<MailProblem, 'registered' | 'billingContactOf'> | null> {
  const { billingContactId = '', contactChangeId = '' } = keptIn(mail);
  const partnerChange =
    task.subjectType === 'partner' && contactChangeId !== ''
      ? await findContactChange(db, contactChangeId)
      : null;
  const id = billingContactId || (partnerChange?.billingContactId ?? '');
  const contact = id === '' ? null : await findBillingContact(db, id);
  if (contact !== null) {
    const of =
      contact.partnerId === null ? task : { subjectType: 'partner' as const, subjectId: contact.partnerId };
    const { contact: who, companyName } = contact;
    return { registered: { contact: who, companyName, sandbox: task.sandbox }, billingContactOf: of };
  }
  const registered = await registeredContact(db, task);
  return registered === null ? null : { registered, billingContactOf: null };
}

const inputSchema = z.object({
  billingContactId: z.string().optional(),
  contactChangeId: z.string().optional(),
});

function keptIn(mail: MailProblem['mail']): z.infer<typeof inputSchema> {
  return inputSchema.safeParse(mail?.input ?? {}).data ?? {};
}

const SUBJECTS: readonly ContactSubject['subjectType'][] = ['contract', 'application', 'partner'];

function isAboutContact(task: typeof tasks.$inferSelect): task is MailTask {
  return SUBJECTS.some((subjectType) => subjectType === task.subjectType);
}

function remedyFor({ awaited }: MailTask, mail: MailProblem['mail']): Remedy {
  if (awaited) return 'awaited';
  return mail === null || mail.input === null ? 'postOnly' : 'resend';
}
