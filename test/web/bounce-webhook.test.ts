import { createHmac, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { beginMails } from '../../db/queries/mail/records.ts';
import { storeApplication } from '../support/application.ts';
import { startWeb, type WebTest } from './support.ts';

const SECRET = 'a webhook secret of the tests, 32 characters';
const PATH = 'http://localhost:8080/webhooks/bounces';
const NOW = new Date('2026-11-24T01:00:00Z');
let web: WebTest;
let off: WebTest;
beforeAll(async () => {
  web = await startWeb({ config: { BOUNCE_WEBHOOK_SECRET: SECRET } });
  web.clock.now = NOW;
  off = await startWeb();
});
afterAll(async () => {
  await web.close();
  await off.close();
});

/** A mail that a server took. */
async function takenMail() {
  const { applicationId } = await storeApplication(web.db);
  const messageId = `<${randomUUID()}@hasso.example>`;
  await beginMails(web.db, [
    {
      status: 'queued',
      ownerId: applicationId,
      mail: {
        key: `receipt/${applicationId}`,
        kind: 'applicationReceived',
        subjectType: 'application',
        subjectId: applicationId,
        recipient: 'hanako@aoba.example',
        messageId,
        subjectLine: '受付のお知らせ',
        businessAt: NOW,
        sandbox: true,
      },
    },
  ]);
  return { applicationId, messageId };
}

const tasksOf = (subjectId: string) =>
  web.db.query.tasks.findMany({ where: (t, { eq }) => eq(t.subjectId, subjectId) });

function signed(body: string, { secret = SECRET, at = NOW } = {}): RequestInit {
  const seconds = Math.floor(at.getTime() / 1000);
  const mac = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
  const headers = { 'content-type': 'application/json', 'X-Hasso-Signature': `t=${seconds},v1=${mac}` };
  return { method: 'POST', body, headers };
}

const bodyOf = (messageId: string) =>
  JSON.stringify({ messageId, status: '5.1.1', answer: 'user unknown', recipient: 'not read' });

test('a signed report opens one task that names the mail, and the same report again changes nothing', async () => {
  const { applicationId, messageId } = await takenMail();
  const first = await web.app.request(PATH, signed(bodyOf(messageId)));
  expect([first.status, await first.json()]).toEqual([200, { result: 'recorded' }]);
  const again = await web.app.request(PATH, signed(bodyOf(messageId)));
  expect([again.status, await again.json()]).toEqual([200, { result: 'known' }]);
  expect((await tasksOf(applicationId)).map(({ kind, cause, about }) => ({ kind, cause, about }))).toEqual([
    { kind: 'mailProblem', cause: 'bounced', about: `receipt/${applicationId}` },
  ]);
});

test('a report about a mail that is not ours is answered and changes nothing', async () => {
  const answer = await web.app.request(PATH, signed(bodyOf(`<${randomUUID()}@elsewhere.example>`)));
  expect([answer.status, await answer.json()]).toEqual([200, { result: 'unknown' }]);
});

test('without the right signature, or with one of ten minutes ago, nothing is taken', async () => {
  const { applicationId, messageId } = await takenMail();
  const body = bodyOf(messageId);
  const old = new Date(NOW.getTime() - 600_000);
  const early = new Date(NOW.getTime() + 600_000);
  const attempts: RequestInit[] = [
    { method: 'POST', body, headers: { 'content-type': 'application/json' } },
    signed(body, { secret: 'another secret that is long enough too' }),
    signed(body, { at: old }),
    signed(body, { at: early }),
    { ...signed(body), body: body.replace('5.1.1', '5.2.2') },
  ];
  for (const attempt of attempts) expect((await web.app.request(PATH, attempt)).status).toBe(401);
  expect(await tasksOf(applicationId)).toEqual([]);
});

test('a signed body that is no report is refused by name, and a huge one is not read', async () => {
  for (const body of [
    '',
    '{}',
    '[]',
    'null',
    '{"messageId":"no brackets"}',
    '{"messageId":"<a@b>","status":"bad"}',
  ]) {
    expect((await web.app.request(PATH, signed(body))).status).toBe(400);
  }
  expect((await web.app.request(PATH, signed(' '.repeat(70_000)))).status).toBe(413);
});

test('without a secret there is no such address', async () => {
  expect((await off.app.request(PATH, signed(bodyOf('<a@b>')))).status).toBe(404);
});
