import { ApplicationFailure } from '@temporalio/common';
import type { Database } from '../../db/client.ts';
import { withMailLock } from '../../db/queries/mail/lock.ts';
import { findMail, finishMail, markSending, queueMail } from '../../db/queries/mail/records.ts';
import { FAILURE, NOT_YET } from '../../domain/failures.ts';
import type { SubjectType } from '../../domain/subjects.ts';
import type { DocumentStorage } from '../../storage/file-storage.ts';
import { type ComposedMail, type ComposePorts, composeMail } from './compose.ts';
import { createGate } from './gate.ts';
import { type Mailer, messageIdOf } from './mailer.ts';

export type MailKind =
  | 'applicationReceived'
  | 'correctionRequested'
  | 'correctionReminder'
  | 'applicationLapsed'
  | 'applicationWithdrawn'
  | 'applicationAccepted'
  | 'applicationRefused'
  | 'certificateIssued'
  | 'cancelByReminder'
  | 'changeAccepted'
  | 'changeRefused'
  | 'cancellationAccepted'
  | 'cancellationWithdrawn'
  | 'contractEnded'
  | 'terminationNotice'
  | 'contactChanged'
  | 'staffReminder';

/** Ids and dates only; who gets the mail and what it says is read from the database when it is sent. */
export interface MailInput {
  /** From the business; one mail for each. */
  key: string;
  kind: MailKind;
  subjectType: SubjectType;
  subjectId: string;
  businessMs: number;
  round?: number;
  taskId?: string;
  escalated?: boolean;
  certificateId?: string;
  requestId?: string;
  dates?: Record<string, string>;
  contactChangeId?: string;
  /** To the address that was registered before, not to the one that is now. */
  toFormer?: boolean;
  /** When a mail is sent again: the instant of that; `businessMs` stays what the words are about. */
  sentMs?: number;
}

/** Evidence that the customer's mail server took the mail. */
export interface MailReceipt {
  acceptedMs: number;
}

export interface MailPorts extends ComposePorts {
  db: Database;
  mailer: Mailer;
  storage: DocumentStorage;
  messageIdDomain: string;
  /** Whether a sandbox mail may go to an address. */
  sandboxMayReach: (address: string) => boolean;
}

const notYet = (message: string) => ApplicationFailure.retryable(message, NOT_YET);

/** Each mail on its way holds one connection of the database's pool and needs another for moments: few at a time. */
const AT_ONCE = 3;

export function createMailActivities(ports: MailPorts) {
  const { db, mailer } = ports;
  const enter = createGate(AT_ONCE);
  return {
    /**
     * Sends the mail of a business key once. Fails with `MailRefused` when the server wants none of it, is retried
     * while the server is away. An attempt that died between the server's answer and the record leaves `sending`: then
     * the receiving side is asked first; one that cannot tell gets the same Message-ID again (docs/mail.md).
     */
    async sendMail(input: MailInput): Promise<MailReceipt> {
      const done = await enter(() => withMailLock(db, input.key, () => attempt(input)));
      if (done === null)
        throw notYet('an earlier attempt at this mail still goes on; it will be looked at again');
      return done.result;
    },
  };

  async function attempt(input: MailInput): Promise<MailReceipt> {
    const earlier = await findMail(db, input.key);
    if (earlier?.acceptedAt != null) return { acceptedMs: earlier.acceptedAt.getTime() };
    const messageId = messageIdOf(input.key, ports.messageIdDomain);
    if (earlier?.status === 'sending') {
      const takenMs = await mailer.alreadyTaken(messageId);
      if (takenMs !== null) return accepted(input, 'already taken', takenMs);
    }
    const mail = await composeMail(ports, input);
    const raw = await mailer.compose({ ...mail, messageId, dateMs: input.sentMs ?? input.businessMs });
    const { key: storageKey } = await ports.storage.put(raw);
    await queueMail(db, {
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
    });
    refuseSandboxLeak(mail);
    await markSending(db, input.key);
    const result = await mailer.send(raw, mail.to, messageId);
    if (result.status === 'accepted') return accepted(input, result.answer, result.atMs);
    const { status, answer: serverAnswer, atMs } = result;
    await finishMail(db, input, {
      status: status === 'unknown' ? 'sending' : status,
      serverAnswer,
      answeredAt: new Date(atMs),
      acceptedAt: null,
    });
    if (status === 'refused') {
      throw ApplicationFailure.nonRetryable(
        'the mail server refused the recipient; mail not sent',
        FAILURE.mailRefused,
      );
    }
    throw notYet('the mail server did not take the mail yet; it will be tried again');
  }

  async function accepted(input: MailInput, serverAnswer: string, acceptedMs: number): Promise<MailReceipt> {
    const at = new Date(acceptedMs);
    await finishMail(db, input, { status: 'accepted', serverAnswer, answeredAt: at, acceptedAt: at });
    return { acceptedMs };
  }

  function refuseSandboxLeak(mail: ComposedMail): void {
    if (!mail.sandbox || ports.sandboxMayReach(mail.to)) return;
    throw ApplicationFailure.nonRetryable(
      'a sandbox mail may not leave for this address',
      FAILURE.sandboxMailBlocked,
    );
  }
}

export type MailActivities = ReturnType<typeof createMailActivities>;
