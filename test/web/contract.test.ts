import { randomUUID } from 'node:crypto';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createContract } from '../../db/queries/contract/create.ts';
import { civilDate } from '../../domain/calendar/civil-date.ts';
import { outboxDir } from '../../web/staff/console.ts';
import { storeApplication } from '../support/application.ts';
import { CONFIG, signedIn, startWeb, type WebTest } from './support.ts';

let web: WebTest;
let contractId: string;
beforeAll(async () => {
  web = await startWeb();
  const { applicationId } = await storeApplication(web.db, { companyName: '株式会社<b>契約</b>' });
  contractId = randomUUID();
  await createContract(web.db, {
    applicationId,
    contractId,
    concludedOn: civilDate('2026-03-15'),
    firstDay: civilDate('2026-04-01'),
    businessAt: new Date(),
  });
});
afterAll(() => web.close());

const row = () => web.db.query.contracts.findFirst({ where: (t, { eq }) => eq(t.id, contractId) });
const log = () =>
  web.db.query.auditEntries.findMany({
    where: (t, { eq }) => eq(t.subjectId, contractId),
    orderBy: (t, { asc }) => asc(t.sequence),
  });

describe('contract number and company ID are confidential (第12条2項)', () => {
  test('masked in list and page, shown on request to those who may, and the look is logged', async () => {
    const { browser, csrf, id } = await signedIn(web, 'operations');
    const path = `/staff/contracts/${contractId}`;
    const { contractNumber = '', companyId = '' } = (await row()) ?? {};
    for (const page of [await browser.get('/staff/contracts'), await browser.get(path)]) {
      expect(page.status).toBe(200);
      expect(page.html).not.toContain(contractNumber);
      expect(page.html).not.toContain(companyId);
      expect(page.html).toContain('株式会社&lt;b&gt;契約&lt;/b&gt;');
    }
    expect((await browser.post(`${path}/numbers`, { csrf: '' })).status).toBe(403);
    const shown = await browser.post(`${path}/numbers`, { csrf });
    expect(shown.html).toContain(contractNumber);
    expect(shown.html).toContain(companyId);
    expect(await log()).toContainEqual(
      expect.objectContaining({ action: 'contract.numberShown', actor: id }),
    );
    const reviewer = await signedIn(web, 'reviewer');
    expect((await reviewer.browser.post(`${path}/numbers`, { csrf: reviewer.csrf })).status).toBe(403);
  });

  test('the page stands when the workflow does not answer', async () => {
    const { browser } = await signedIn(web, 'support');
    const page = await browser.get(`/staff/contracts/${contractId}`);
    expect(page.status).toBe(200);
    expect(page.html).toContain('現在の状態を取得できませんでした');
  });

  test('a certificate that is not of the contract is not there', async () => {
    const { browser } = await signedIn(web, 'operations');
    expect((await browser.get(`/staff/contracts/${contractId}/certificates/${randomUUID()}`)).status).toBe(
      404,
    );
  });
});

test('the outbox of a development stack shows mails as text and gives attachments as files only', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'hasso-outbox-'));
  const mail = [
    'From: Hasso <noreply@hasso.example>',
    'To: <jiro@example.jp>',
    'Subject: =?UTF-8?B?5pel5pys6Kqe?=',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=x',
    '',
    '--x',
    'Content-Type: text/html; charset=utf-8',
    '',
    '<p>本文</p><script>alert(1)</script>',
    '--x',
    'Content-Type: text/html; name="a.html"',
    'Content-Disposition: attachment; filename="a.html"',
    '',
    '<script>alert(2)</script>',
    '--x--',
  ].join('\r\n');
  await writeFile(join(dir, '1772000000000-1-abc.eml'), mail);
  const development = await startWeb({ config: { OUTBOX_DIR: dir } });
  try {
    const { browser } = await signedIn(development, 'operations');
    expect((await browser.get('/staff/outbox')).html).toContain('日本語');
    const page = await browser.get('/staff/outbox/1772000000000-1-abc.eml');
    expect(page.html).toContain('本文');
    expect(page.html).not.toContain('<script>alert');
    const file = await browser.get('/staff/outbox/1772000000000-1-abc.eml/0');
    expect(file.headers.get('content-disposition')).toContain('attachment');
    expect(file.headers.get('x-content-type-options')).toBe('nosniff');
    const reviewer = await signedIn(development, 'reviewer');
    expect((await reviewer.browser.get('/staff/outbox')).status).toBe(403);
    for (const name of ['..%2F..%2Fpackage.json', '1-1-x.eml', 'x']) {
      expect((await browser.get(`/staff/outbox/${name}`)).status).toBe(404);
    }
  } finally {
    await development.close();
  }
  const { browser } = await signedIn(web, 'operations');
  expect((await browser.get('/staff/outbox')).status).toBe(404);
  expect(outboxDir({ ...CONFIG, HASSO_MODE: 'production', OUTBOX_DIR: dir })).toBeNull();
  expect(outboxDir({ ...CONFIG, OUTBOX_DIR: dir })).toBe(dir);
});
