import { findTask } from '../../db/queries/task/find.ts';
import { jstDate } from '../../domain/calendar/civil-date.ts';
import { subjectPath } from '../../domain/desk/subjects.ts';
import { TASKS } from '../../domain/processes/index.ts';
import { staffReminder } from '../../templates/mail/staff.ts';
import { composeApplicationMail } from './application-mail.ts';
import { type ComposedMail, type ComposePorts, missing, senderOf } from './composed-mail.ts';
import { composeAccountMail, composeContactMail } from './contact-mail.ts';
import { composeContractMail } from './contract-mail.ts';
import { composeDeletionProof } from './deletion-mail.ts';
import type { MailInput } from './index.ts';
import { composeInvitation } from './staff-mail.ts';

/** Gathers the data of a mail and writes it. Nothing of it travels through workflow payloads. */
export async function composeMail(ports: ComposePorts, input: MailInput): Promise<ComposedMail> {
  if (input.kind === 'staffReminder') return composeReminder(ports, input);
  if (input.kind === 'staffInvitation') return composeInvitation(ports, input);
  if (input.kind === 'deletionProof') return composeDeletionProof(ports, input);
  if (input.kind === 'contactChanged') return composeContactMail(ports, input);
  if (input.kind === 'bankAccountChanged') return composeAccountMail(ports, input);
  return input.subjectType === 'application'
    ? composeApplicationMail(ports, input)
    : composeContractMail(ports, input);
}

async function composeReminder(ports: ComposePorts, input: MailInput): Promise<ComposedMail> {
  const task = input.taskId === undefined ? null : await findTask(ports.db, input.taskId);
  if (task === null) throw missing('task');
  const mail = staffReminder({
    sender: senderOf(ports, task.sandbox),
    taskKind: TASKS[task.kind].label,
    taskUrl: `${ports.consoleUrl}${subjectPath(task)}`,
    waitingSince: jstDate(task.createdAt.getTime()),
    dueOn: jstDate(task.dueAt.getTime()),
    escalated: input.escalated ?? false,
  });
  return { ...mail, to: ports.staffAddress, sandbox: task.sandbox, attachments: [] };
}
