import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { takeIncomingMail } from '../../activities/mail/incoming.ts';
import { beginMails } from '../../db/queries/mail/records.ts';
import { mails } from '../../db/schema/index.ts';
import { storeApplication } from '../support/application.ts';
import { fieldFile } from '../support/field.ts';
import { randomWord } from '../support/random-word.ts';
import { fieldValue, signedIn, startWeb, type WebTest } from './support.ts';

const PATH = '/staff/incoming-mails';
let web: WebTest;
let operations: Awaited<ReturnType<typeof signedIn>>;
let uid = 0;
const mailbox = `test ${randomUUID()}`;

beforeAll(async () => {
  web = await startWeb();
  operations = await signedIn(web, 'operations');
});
afterAll(() => web.close());

/** A mail that came in, by its row. */
async function came(raw: string | Uint8Array): Promise<string> {
  uid += 1;
  const place = { mailbox, uid };
  const ports = { db: web.db, storage: web.documents };
  expect(
    await takeIncomingMail(ports, typeof raw === 'string' ? Buffer.from(raw) : raw, place, new Date()),
  ).toBe('shown');
  const row = await web.db.query.incomingMails.findFirst({
    where: (t, { and, eq: is }) => and(is(t.mailbox, mailbox), is(t.uid, place.uid)),
  });
  return row?.id ?? '';
}

test('a customer’s mail is listed and read as a person reads it; its source is a download; done closes its task', async () => {
  const word = randomWord();
  const id = await came(
    `From: =?UTF-8?B?${Buffer.from('青葉 花子').toString('base64')}?= <hanako@aoba.example>\r\nDate: Fri, 20 Mar 2026 10:00:00\r\nSubject: ${word}\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>解約を申し込みます。</p><script>alert(1)</script>`,
  );
  expect((await operations.browser.get(PATH)).html).toContain(word);
  const page = await operations.browser.get(`${PATH}/${id}`);
  for (const words of ['青葉 花子', '解約を申し込みます。', '2026年3月20日 10:00'])
    expect(page.html).toContain(words);
  expect(page.html).not.toContain('alert(1)');
  const original = await operations.browser.get(`${PATH}/${id}/original`);
  expect(original.headers.get('content-disposition')).toMatch(/^attachment/);
  expect(original.html).toContain('<script>alert(1)</script>');

  const fields = { csrf: operations.csrf, commandId: fieldValue(page, 'commandId') };
  expect((await operations.browser.post(`${PATH}/${id}/done`, { ...fields, reason: '' })).status).toBe(422);
  expect(
    (await operations.browser.post(`${PATH}/${id}/done`, { ...fields, reason: '解約として入力' })).status,
  ).toBe(303);
  expect((await operations.browser.get(`${PATH}/${id}`)).html).toContain('解約として入力');
  expect((await operations.browser.get(PATH)).html).not.toContain(word);
  expect((await operations.browser.get(`${PATH}?status=done`)).html).toContain(word);
  const tasks = await web.db.query.tasks.findMany({ where: (t, { eq: is }) => is(t.subjectId, id) });
  expect(tasks).toMatchObject([{ kind: 'incomingMail', status: 'done' }]);
});

test('a report without an id is said to be about a mail that was sent to the same address', async () => {
  const { applicationId } = await storeApplication(web.db);
  const [key, recipient, subjectLine] = [
    randomUUID(),
    `${randomWord()}@aozora.example`,
    `件名 ${randomWord()}`,
  ];
  const mail = {
    key,
    kind: 'applicationReceived' as const,
    subjectType: 'application' as const,
    subjectId: applicationId,
    recipient,
    messageId: `<${key}@hasso.example>`,
    subjectLine,
    businessAt: new Date(),
    sandbox: true,
  };
  await beginMails(web.db, [{ mail, ownerId: applicationId, status: 'sending' }]);
  const raw = Buffer.from(fieldFile('bounce', 'b12-text-no-id.eml'))
    .toString('latin1')
    .replaceAll('ito@aozora.example', recipient);
  const id = await came(raw);
  const page = await operations.browser.get(`${PATH}/${id}`);
  expect(page.html).toContain(subjectLine);
  const [, mailId = ''] = /name="mailId" value="([^"]+)"/.exec(page.html) ?? [];
  const fields = { csrf: operations.csrf, commandId: fieldValue(page, 'commandId') };
  expect(
    (await operations.browser.post(`${PATH}/${id}/bounce`, { ...fields, mailId: randomUUID() })).status,
  ).toBe(422);
  expect((await operations.browser.post(`${PATH}/${id}/bounce`, { ...fields, mailId })).status).toBe(303);
  const [row] = await web.db.select().from(mails).where(eq(mails.key, key));
  expect(row?.status).toBe('bounced');
});

test('a mail that cannot be read, or holds a My Number, is listed with the reason and without its words', async () => {
  const poison = await came(fieldFile('bounce', 'p01-many-parts.eml'));
  expect((await operations.browser.get(`${PATH}/${poison}`)).html).toContain('部分が多すぎる');
  const secret = await came('From: a@b.example\r\nSubject: x\r\n\r\n1234 5678 9018');
  const page = await operations.browser.get(`${PATH}/${secret}`);
  expect(page.html).toContain('個人番号');
  expect(page.html).not.toContain('9018');
  expect((await operations.browser.get(`${PATH}/${secret}/original`)).status).toBe(404);
});

test('only those who mend mails see it', async () => {
  const support = await signedIn(web, 'support');
  expect((await support.browser.get(PATH)).status).toBe(403);
  expect((await operations.browser.get(`${PATH}/${randomUUID()}`)).status).toBe(404);
});
