import { ApplicationFailure } from '@temporalio/common';
import type { Database } from '../../db/client.ts';
import { findTask } from '../../db/queries/task/find.ts';
import { jstDate } from '../../domain/civil-date.ts';
import { FAILURE } from '../../domain/failures.ts';
import { subjectPath } from '../../domain/subjects.ts';
import { TASK_LABELS } from '../../domain/tasks.ts';
import type { DocumentStorage } from '../../storage/file-storage.ts';
import type { Mail, MailSender } from '../../templates/mail/blocks.ts';
import { staffReminder } from '../../templates/mail/staff.ts';
import { composeApplicationMail } from './application-mail.ts';
import { composeContactMail } from './contact-mail.ts';
import { composeContractMail } from './contract-mail.ts';
import { composeDeletionProof } from './deletion-mail.ts';
import type { MailInput } from './index.ts';

/** What composing a mail needs beside the database. */
export interface ComposePorts {
  db: Database;
  storage: DocumentStorage;
  tokenSecret: string;
  webUrl: string;
  staffAddress: string;
  operatorName: string;
  inquiry: string;
}

export interface ComposedMail extends Mail {
  to: string;
  sandbox: boolean;
  attachments: { filename: string; content: Uint8Array; contentType: string }[];
}

export const missing = (what: string) =>
  ApplicationFailure.nonRetryable(`${what} does not exist`, FAILURE.invalidInput);

export function senderOf(ports: ComposePorts, sandbox: boolean): MailSender {
  return { operatorName: ports.operatorName, inquiry: ports.inquiry, sandbox };
}

/** Gathers the data of a mail and writes it. Nothing of it travels through workflow payloads. */
export async function composeMail(ports: ComposePorts, input: MailInput): Promise<ComposedMail> {
  if (input.kind === 'staffReminder') return composeReminder(ports, input);
  if (input.kind === 'deletionProof') return composeDeletionProof(ports, input);
  if (input.kind === 'contactChanged') return composeContactMail(ports, input);
  return input.subjectType === 'application'
    ? composeApplicationMail(ports, input)
    : composeContractMail(ports, input);
}

async function composeReminder(ports: ComposePorts, input: MailInput): Promise<ComposedMail> {
  const task = input.taskId === undefined ? null : await findTask(ports.db, input.taskId);
  if (task === null) throw missing('task');
  const mail = staffReminder({
    sender: senderOf(ports, task.sandbox),
    taskKind: TASK_LABELS[task.kind],
    taskUrl: `${ports.webUrl}${subjectPath(task)}`,
    waitingSince: jstDate(task.createdAt.getTime()),
    dueOn: jstDate(task.dueAt.getTime()),
    escalated: input.escalated ?? false,
  });
  return { ...mail, to: ports.staffAddress, sandbox: task.sandbox, attachments: [] };
}
