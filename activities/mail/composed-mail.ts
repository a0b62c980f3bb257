import { ApplicationFailure } from '@temporalio/common';
import type { Database } from '../../db/client.ts';
import { FAILURE } from '../../domain/base/failures.ts';
import type { DocumentStorage } from '../../storage/file-storage.ts';
import type { Mail, MailSender } from '../../templates/mail/blocks.ts';

/** What composing a mail needs beside the database. */
export interface ComposePorts {
  db: Database;
  storage: DocumentStorage;
  tokenSecret: string;
  webUrl: string;
  /** Where the console is, for mails to staff. */
  consoleUrl: string;
  staffAddress: string;
  operatorName: string;
  inquiry: string;
  /** The account that customers pay to, in one line; null where it is not set. */
  payTo: string | null;
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
