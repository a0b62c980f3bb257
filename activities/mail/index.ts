import { ApplicationFailure } from '@temporalio/common';
import { ownerOf } from '../../db/personal/owner.ts';
import { withMailLock } from '../../db/queries/mail/lock.ts';
import { FAILURE, NOT_YET } from '../../domain/base/failures.ts';
import { createGate } from '../../domain/base/gate.ts';
import type { Affected } from '../../domain/future/settle.ts';
import type { MailKind, SubjectType } from '../../domain/processes/index.ts';
import { type AttemptPorts, createAttempts } from './attempts.ts';
import { composeMail } from './compose.ts';
import type { ComposePorts } from './composed-mail.ts';
import { messageIdOf } from './mailer.ts';

/** Ids and dates only; who gets the mail and what it says is read from the database when it is sent. */
export interface MailInput {
  /** From the business; one mail for each. */
  key: string;
  /** The mails of a notice go out by pages (campaign.ts). */
  kind: Exclude<MailKind, 'notice'>;
  subjectType: SubjectType;
  subjectId: string;
  businessMs: number;
  round?: number;
  taskId?: string;
  escalated?: boolean;
  certificateId?: string;
  requestId?: string;
  documentId?: string;
  /** The link of an invitation. */
  linkId?: string;
  paperId?: string;
  receiptId?: string;
  /** The contact for invoices that it goes to, instead of the registered contact. */
  billingContactId?: string;
  dates?: Record<string, string>;
  /** Earlier change requests that were decided about anew, told in the same mail. */
  affected?: Affected[];
  contactChangeId?: string;
  customerChangeId?: string;
  /** To the address that was registered before, not to the one that is now. */
  toFormer?: boolean;
  /** When a mail is sent again: the instant of that; `businessMs` stays what the words are about. */
  sentMs?: number;
}

/** Evidence that the customer's mail server took the mail. */
export interface MailReceipt {
  acceptedMs: number;
}

export interface MailPorts extends ComposePorts, AttemptPorts {
  messageIdDomain: string;
}

/** A failure that is none: it will be tried again. */
export const notYet = (message: string) => ApplicationFailure.retryable(message, NOT_YET);

/** The same, but not before some time has gone by. */
const resting = (restMs: number) =>
  ApplicationFailure.create({
    message:
      'the connection was cut when the server may have taken the mail; it rests before it is tried again',
    type: NOT_YET,
    nonRetryable: false,
    nextRetryDelay: restMs,
  });

/** Each mail on its way holds one connection of the database's pool and needs another for moments: few at a time. */
const AT_ONCE = 3;

export function createMailActivities(ports: MailPorts) {
  const { db, mailer } = ports;
  const attempts = createAttempts(ports);
  const enter = createGate(AT_ONCE);
  return {
    /**
     * Sends the mail of a business key once. Fails with `MailRefused` when the server wants none of it, is retried
     * while the server is away. An attempt that died between the server's answer and the record leaves `sending`: then
     * the receiving side is asked first; one that cannot tell gets the same Message-ID again after a rest (docs/mail.md).
     */
    async sendMail(input: MailInput): Promise<MailReceipt> {
      const done = await enter(() => withMailLock(db, input.key, () => attempt(input)));
      if (done === null)
        throw notYet('an earlier attempt at this mail still goes on; it will be looked at again');
      return done.result;
    },
  };

  async function attempt(input: MailInput): Promise<MailReceipt> {
    const ownerId = await ownerOf(db, input);
    const before = await attempts.before([{ key: input.key, ownerId }]);
    const earlierMs = before.accepted.get(input.key);
    if (earlierMs !== undefined) return { acceptedMs: earlierMs };
    const restMs = (before.restUntil.get(input.key) ?? 0) - Date.now();
    if (restMs > 0) throw resting(restMs);
    const messageId = messageIdOf(input.key, ports.messageIdDomain);
    const mail = await composeMail(ports, input);
    const raw = await mailer.compose({ ...mail, messageId, dateMs: input.sentMs ?? input.businessMs });
    const { key: storageKey } = await ports.storage.put(raw);
    const row = {
      key: input.key,
      kind: input.kind,
      subjectType: input.subjectType,
      subjectId: input.subjectId,
      recipient: mail.to,
      messageId,
      subjectLine: mail.subject,
      storageKey,
      input: { ...input },
      businessAt: new Date(input.sentMs ?? input.businessMs),
      sandbox: mail.sandbox,
    };
    const [sent] = await attempts.send([{ row, ownerId, raw }], { atOnce: 1 });
    switch (sent?.status) {
      case 'accepted':
        return { acceptedMs: sent.atMs };
      case 'blocked':
        throw ApplicationFailure.nonRetryable(
          'a sandbox mail may not leave for this address',
          FAILURE.sandboxMailBlocked,
        );
      case 'refused':
        throw ApplicationFailure.nonRetryable(
          'the mail server refused the recipient; mail not sent',
          FAILURE.mailRefused,
        );
      default:
        throw notYet('the mail server did not take the mail yet; it will be tried again');
    }
  }
}

export type MailActivities = ReturnType<typeof createMailActivities>;
