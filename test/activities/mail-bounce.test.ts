import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { keepReadingBounces, readBounceMailbox } from '../../activities/mail/bounce-mailbox.ts';
import type { MailInput } from '../../activities/mail/index.ts';
import { messageIdOf } from '../../activities/mail/mailer.ts';
import { recordBounce } from '../../db/queries/mail/bounce.ts';
import { findMail } from '../../db/queries/mail/records.ts';
import { addBaseData } from '../../dev/base-data.ts';
import { createFileStorage } from '../../storage/file-storage.ts';
import { storeApplication } from '../support/application.ts';
import { openTestDatabase } from '../support/workers.ts';
import { mailActivities, receiptMail, startMailbox, startMailServer } from './mail-support.ts';

const { db, close } = openTestDatabase();
const folder = mkdtempSync(join(tmpdir(), 'hasso-bounce-'));
const now = () => new Date();
const ports = { db, storage: createFileStorage(join(folder, 'documents')) };
const cleanUp: (() => unknown)[] = [];
let applicationId: string;
let sendMail: ReturnType<typeof mailActivities>['sendMail'];
let stop: () => Promise<void>;

beforeAll(async () => {
  await addBaseData(db);
  ({ applicationId } = await storeApplication(db));
  const smtp = await startMailServer(join(folder, 'outbox'), () => 'take');
  const activities = mailActivities(db, join(folder, 'documents'), { url: smtp.url });
  sendMail = activities.sendMail;
  stop = async () => {
    activities.mailer.close();
    await smtp.stop();
  };
});

afterEach(async () => {
  for (const task of cleanUp.splice(0)) await task();
});

afterAll(async () => {
  await stop();
  await close();
  rmSync(folder, { recursive: true });
});

async function sentMail(): Promise<MailInput> {
  const input = receiptMail(applicationId);
  await sendMail(input);
  return input;
}

/** A report as Postfix writes it. */
function report(messageId: string, action = 'failed', original = 'text/rfc822-headers'): string {
  return [
    'From: MAILER-DAEMON@mx.customer.example (Mail Delivery System)',
    'To: noreply@hasso.example',
    'Subject: Undelivered Mail Returned to Sender',
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="part"',
    '',
    '--part',
    'Content-Type: text/plain; charset=us-ascii',
    '',
    "I'm sorry to have to inform you that your message could not be delivered.",
    '--part',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.customer.example',
    'Arrival-Date: Tue, 24 Nov 2026 10:02:03 +0900 (JST)',
    '',
    'Final-Recipient: rfc822; hanako@customer.example',
    `Action: ${action}`,
    'Status: 5.1.1',
    'Diagnostic-Code: smtp; 550 5.1.1 <hanako@customer.example>: Recipient address',
    '    rejected: User unknown',
    '',
    '--part',
    `Content-Type: ${original}`,
    '',
    'From: =?UTF-8?Q?Hasso?= <noreply@hasso.example>',
    `Message-ID: ${messageId}`,
    'Subject: =?UTF-8?B?5aWR57SE6Ki85pu4?=',
    '',
    ...(original === 'message/rfc822' ? ['body'] : []),
    '--part--',
    '',
  ].join('\r\n');
}

const messageId = (input: MailInput) => messageIdOf(input.key, 'hasso.example');
const openTasks = () =>
  db.query.tasks.findMany({
    where: (t, { and, eq }) => and(eq(t.subjectId, applicationId), eq(t.kind, 'mailProblem')),
  });

async function mailbox(mails: string[]): Promise<string> {
  const { url, stop: stopMailbox } = await startMailbox(mails);
  cleanUp.push(stopMailbox);
  return url;
}

describe('a mail that comes back', () => {
  test('is noted with what the server said, and opens one task, however often it is reported', async () => {
    const before = (await openTasks()).length;
    const input = await sentMail();
    const url = await mailbox([
      report(messageId(input)),
      report('<stranger@hasso.example>'),
      'Subject: hi\r\n\r\nhi',
    ]);
    expect(await readBounceMailbox(ports, url, now)).toEqual({ read: 3, recorded: 1, shown: 2 });
    expect(await findMail(db, input.key)).toMatchObject({
      status: 'bounced',
      bounceStatus: '5.1.1',
      bounceAnswer: expect.stringContaining('User unknown'),
      bouncedAt: expect.any(Date),
      acceptedAt: expect.any(Date),
    });
    const tasks = (await openTasks()).slice(before);
    expect(tasks).toMatchObject([{ cause: 'bounced', role: 'operations', status: 'open' }]);
    expect(await readBounceMailbox(ports, url, now)).toEqual({ read: 0, recorded: 0, shown: 0 });
    const again = { messageId: messageId(input), status: '5.1.1', answer: '' };
    expect(await recordBounce(db, again, now())).toBe('known');
    expect(await openTasks()).toHaveLength(before + 1);
  });

  test('is found by the reader that runs beside the workers, also after the mailbox was away', async () => {
    const input = await sentMail();
    const url = await mailbox([report(messageId(input))]);
    const errors: unknown[] = [];
    const options = { everyMs: 5, onRead: () => undefined, onError: (error: unknown) => errors.push(error) };
    const away = keepReadingBounces(ports, { ...options, url: 'imap://a:b@127.0.0.1:9/INBOX' });
    await vi.waitFor(() => expect(errors.length).toBeGreaterThan(0), { timeout: 10_000 });
    await away.stop();
    const reader = keepReadingBounces(ports, { ...options, url });
    await vi.waitFor(async () => expect((await findMail(db, input.key))?.status).toBe('bounced'), {
      timeout: 10_000,
    });
    await reader.stop();
  });
});
