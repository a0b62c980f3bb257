import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readBounceMailbox } from '../../activities/mail/bounce-mailbox.ts';
import type { MailInput } from '../../activities/mail/index.ts';
import { messageIdOf } from '../../activities/mail/mailer.ts';
import { relayIdsIn } from '../../activities/mail/relay-ids.ts';
import { findIncomingMail } from '../../db/queries/incoming-mail/read.ts';
import { forgetIncomingMails, settleIncomingMail } from '../../db/queries/incoming-mail/settle.ts';
import { findMail } from '../../db/queries/mail/records.ts';
import { incomingMails, mails } from '../../db/schema/index.ts';
import { addBaseData } from '../../dev/base-data.ts';
import { createFileStorage } from '../../storage/file-storage.ts';
import { storeApplication } from '../support/application.ts';
import { fieldFile } from '../support/field.ts';
import { randomWord } from '../support/random-word.ts';
import { openTestDatabase } from '../support/workers.ts';
import { mailActivities, receiptMail, startMailbox, startMailServer } from './mail-support.ts';

const { db, close } = openTestDatabase();
const folder = mkdtempSync(join(tmpdir(), 'hasso-incoming-'));
const ports = { db, storage: createFileStorage(join(folder, 'documents')) };
const now = () => new Date();
let applicationId: string;
let activities: ReturnType<typeof mailActivities>;
let smtp: Awaited<ReturnType<typeof startMailServer>>;

beforeAll(async () => {
  await addBaseData(db);
  ({ applicationId } = await storeApplication(db));
  smtp = await startMailServer(join(folder, 'outbox'), () => 'take');
  activities = mailActivities(db, join(folder, 'documents'), { url: smtp.url });
});
afterAll(async () => {
  activities.mailer.close();
  await smtp.stop();
  await close();
  rmSync(folder, { recursive: true });
});

const FIELD_ID = '0123456789abcdef0123456789abcdef';

/** A mail of ours, taken by its server. */
async function sent(): Promise<MailInput> {
  const input = receiptMail(applicationId);
  await activities.sendMail(input);
  return input;
}
const idOf = ({ key }: MailInput) => messageIdOf(key, 'hasso.example').slice(1, 33);
const field = (name: string, input: MailInput) =>
  Buffer.from(fieldFile('bounce', `${name}.eml`))
    .toString('latin1')
    .replaceAll(FIELD_ID, idOf(input))
    .replaceAll('0123456789abcdef0123456789abc=\r\ndef', idOf(input));

async function read(raw: string[]) {
  const mailbox = await startMailbox(raw);
  const before = new Set((await db.select({ id: incomingMails.id }).from(incomingMails)).map(({ id }) => id));
  const count = await readBounceMailbox(ports, mailbox.url, now);
  const rows = (await db.select().from(incomingMails)).filter(({ id }) => !before.has(id));
  const again = await readBounceMailbox(ports, mailbox.url, now);
  return { mailbox, count, again, rows: rows.toSorted((a, b) => a.uid - b.uid) };
}

test.each([
  'b01-plain-dsn',
  'b02-original-inline',
  'b04-no-original-id-in-text',
  'b05-no-original-id-in-qp-text',
  'b07-mixed-with-original-no-status',
  'b09-text-qmail-style',
  'b11-text-japanese-filter',
  'b17-status-base64',
  'b19-action-with-comment',
])('%s: the mail has come back, and the report is marked as read', async (name) => {
  const input = await sent();
  const { mailbox, count } = await read([field(name, input)]);
  expect(count).toEqual({ read: 1, recorded: 1, shown: 0 });
  expect((await findMail(db, input.key))?.status).toBe('bounced');
  expect(mailbox.unseen()).toEqual([]);
  await mailbox.stop();
});

test('b14: a report under the id that the relay gave in its answer', async () => {
  const relay = `0106018c${randomWord()}-0a1b2c3d-0000-4444-8888-abcdefabcdef-000000`;
  const input = await sent();
  await db
    .update(mails)
    .set({ relayIds: [relay] })
    .where(eq(mails.key, input.key));
  const raw = field('b14-id-rewritten-by-relay', input).replace(
    '0106018c0ffee000-0a1b2c3d-0000-4444-8888-abcdefabcdef-000000',
    relay,
  );
  const { mailbox, count } = await read([raw]);
  expect(count.recorded).toBe(1);
  expect((await findMail(db, input.key))?.status).toBe('bounced');
  await mailbox.stop();
});

test.each([
  [
    '250 Ok 0106018c0ffee000-0a1b2c3d-0000-4444-8888-abcdefabcdef-000000',
    ['0106018c0ffee000-0a1b2c3d-0000-4444-8888-abcdefabcdef-000000'],
  ],
  ['250 2.0.0 Ok: queued as 4F2A61C0B1D', ['4F2A61C0B1D']],
  [
    '250 2.6.0 <abc123def456@relay.example> [InternalId=123456789012] Queued mail for delivery',
    ['abc123def456', 'InternalId=123456789012'],
  ],
  ['250 Message accepted for delivery', []],
])('the ids in a relay’s answer "%s" are found', (answer, ids) => expect(relayIdsIn(answer)).toEqual(ids));

test('delays, read receipts and answers of programs change nothing and need nobody', async () => {
  const input = await sent();
  const { mailbox, count, rows } = await read(
    ['b21-delayed', 'n01-vacation', 'n05-read-receipt'].map((name) => field(name, input)),
  );
  expect(count).toEqual({ read: 3, recorded: 0, shown: 0 });
  expect(rows).toEqual([]);
  expect(mailbox.unseen()).toEqual([]);
  expect((await findMail(db, input.key))?.status).toBe('accepted');
  await mailbox.stop();
});

test('what is not understood stays unread for a person with a task, does not block what comes after, and is read once', async () => {
  const input = await sent();
  const later = await sent();
  const names = [
    'p01-many-parts',
    'n02-reply-quoting',
    'b12-text-no-id',
    'b13-html-only',
    'n04-abuse-report',
  ];
  const { mailbox, count, again, rows } = await read([
    ...names.map((name) => field(name, input)),
    field('b01-plain-dsn', later),
  ]);
  expect(count).toEqual({ read: 6, recorded: 1, shown: 5 });
  expect(again).toEqual({ read: 0, recorded: 0, shown: 0 });
  expect(mailbox.unseen()).toEqual([0, 1, 2, 3, 4]);
  expect((await findMail(db, input.key))?.status).toBe('accepted');
  expect((await findMail(db, later.key))?.status).toBe('bounced');
  expect(rows.map(({ kind }) => kind)).toEqual(['unreadable', 'mail', 'bounce', 'bounce', 'report']);
  const [poison, reply] = rows;
  expect(poison).toMatchObject({ storageKey: null, reason: expect.stringContaining('部分が多すぎる') });
  expect(reply).toMatchObject({
    sender: 'ito@aozora.example',
    subjectLine: 'Re: 契約証書',
    subjectType: 'application',
    subjectId: applicationId,
  });
  const kept = await ports.storage.get(reply?.storageKey ?? '');
  expect(Buffer.from(kept).toString('latin1')).toBe(field('n02-reply-quoting', input));
  for (const { id } of rows) {
    const tasks = await db.query.tasks.findMany({ where: (t) => eq(t.subjectId, id) });
    expect(tasks).toMatchObject([{ kind: 'incomingMail', role: 'operations', status: 'open' }]);
  }

  const done = {
    id: reply?.id ?? '',
    note: '解約の申請として登録',
    outcome: 'read',
    staffId: 'tester',
    commandId: 'x',
    at: now(),
  } as const;
  expect(await settleIncomingMail(db, done)).toBe(true);
  expect(await settleIncomingMail(db, done)).toBe(false);
  await readBounceMailbox(ports, mailbox.url, now);
  expect(mailbox.unseen()).toEqual([0, 2, 3, 4]);
  await mailbox.stop();
});

test('a mail with a My Number is not kept: it stays in the mailbox, and only there (第21条)', async () => {
  const raw = [
    'From: hanako@aozora.example',
    'Subject: 987654321018',
    'Content-Type: text/plain; charset=utf-8',
    '',
    '番号は 1234 5678 9018 です。',
  ].join('\r\n');
  const { mailbox, rows } = await read([raw]);
  expect(rows).toMatchObject([
    {
      kind: 'mail',
      storageKey: null,
      subjectLine: '',
      sender: '',
      reason: expect.stringContaining('個人番号'),
    },
  ]);
  expect(mailbox.unseen()).toEqual([0]);
  await mailbox.stop();
});

test('an attachment that may not be stored is left out of what is kept', async () => {
  const secret = randomWord();
  const raw = `From: hanako@aozora.example\r\nSubject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nwords\r\n--b\r\nContent-Disposition: attachment; filename=a.zip\r\n\r\nPK\u0003\u0004${secret}\r\n--b--\r\n`;
  const { mailbox, rows } = await read([raw]);
  const kept = Buffer.from(await ports.storage.get(rows[0]?.storageKey ?? '')).toString();
  expect(kept).not.toContain(secret);
  expect(Buffer.from(kept.split('base64')[1] ?? '', 'base64').toString()).toMatch(
    /words[\s\S]*a\.zip（SHA-256/,
  );
  await mailbox.stop();
});

test('a mail about nobody we know goes with its key when its time is over; one of a customer’s stays', async () => {
  const input = await sent();
  const { mailbox, rows } = await read([
    'From: a@b.example\r\nSubject: advertisement\r\n\r\nx',
    field('n02-reply-quoting', input),
  ]);
  const longAgo = new Date(Date.now() - 100 * 86_400_000);
  for (const { id } of rows)
    await settleIncomingMail(db, {
      id,
      note: '',
      outcome: 'read',
      staffId: 'tester',
      commandId: id,
      at: longAgo,
    });
  expect(await forgetIncomingMails(db, { now: now(), limit: 100 })).toBe(1);
  expect(await findIncomingMail(db, rows[0]?.id ?? '')).toBeNull();
  expect(await findIncomingMail(db, rows[1]?.id ?? '')).not.toBeNull();
  await mailbox.stop();
});
