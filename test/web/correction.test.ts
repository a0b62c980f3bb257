import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { fieldMarksOf, markField } from '../../db/queries/application/field-marks.ts';
import { submitApplication } from '../../db/queries/intake/submit-application.ts';
import type { ApplicationField, ApplicationInput } from '../../domain/application/application-input.ts';
import { refuse } from '../../domain/base/answers.ts';
import { civilDate } from '../../domain/calendar/civil-date.ts';
import { sha256 } from '../../web/http/signing.ts';
import { cleanApplication } from '../support/application.ts';
import { move } from './cases.ts';
import { Browser, fieldValue, startWeb, type WebTest } from './support.ts';

let web: WebTest;
beforeAll(async () => {
  web = await startWeb();
});
afterAll(() => web.close());
beforeEach(() => {
  web.gateway.sent.length = 0;
  web.gateway.answerWith(async () => ({ ok: true }));
});

/** An application by FAX that went back to the applicant, and the link in the mail. */
async function inCorrection(
  changes: Partial<ApplicationInput>,
  options: { agreed?: boolean } = {},
): Promise<{ applicationId: string; path: string }> {
  const token = randomBytes(32).toString('base64url');
  const terms = await web.db.query.termsEditions.findFirst();
  const { applicationId } = await submitApplication(web.db, {
    submissionKey: randomUUID(),
    channel: 'fax',
    receivedAt: new Date(),
    enteredBy: randomUUID(),
    sandbox: true,
    catalogueVersion: 1,
    input: cleanApplication(changes),
    agreement: options.agreed === false ? null : { termsEditionId: terms?.id ?? '', how: 'paper' },
    documents: [],
  });
  await move(web, applicationId, 'received', 'correction', {
    dueOn: civilDate('2999-12-31'),
    tokenHash: sha256(token),
  });
  return { applicationId, path: `/apply/correction/${token}` };
}

const row = async (applicationId: string) =>
  web.db.query.applications.findFirst({ where: (t, { eq }) => eq(t.id, applicationId) });

const markOf = async (applicationId: string, field: ApplicationField) =>
  (await fieldMarksOf(web.db, applicationId)).find((each) => each.field === field);

/** The corrected form as the applicant sends it. */
async function corrected(
  path: string,
  changes: Record<string, string> = {},
): Promise<Record<string, string>> {
  const page = await new Browser(web.app).get(path);
  expect(page.status).toBe(200);
  const { options: _, usedInJapanOnly: __, licences, ...texts } = cleanApplication();
  const formToken = fieldValue(page, 'formToken');
  return { ...texts, licences: String(licences), usedInJapanOnly: 'yes', formToken, ...changes };
}

describe('the correction link (第4条4項①)', () => {
  test('shows what was entered and what is wrong beside each field', async () => {
    const { path } = await inCorrection({ representativeKana: '', corporateNumber: '1234567890123' });
    const page = await new Browser(web.app).get(path);
    expect(page.html).toContain('修正が必要な項目が2件あります');
    expect(page.html).toContain('href="#representativeKana"');
    expect(page.html).toContain('検査用数字が合いません');
    expect(page.html).toContain('value="1234567890123"');
    expect(page.html).toContain('株式会社青葉テスト商会');
    expect(page.headers.get('cache-control')).toBe('no-store');
  });

  test('stores the corrected values and tells the workflow the round', async () => {
    const { applicationId, path } = await inCorrection({ representativeKana: '' });
    const page = await new Browser(web.app).post(
      path,
      await corrected(path, { representativeKana: 'あおば たろう' }),
    );
    expect(page.status).toBe(303);
    expect((await new Browser(web.app).get(page.location ?? '')).html).toContain('修正を受け付けました');
    expect(await row(applicationId)).toMatchObject({ representativeKana: 'アオバ タロウ', round: 1 });
    expect(web.gateway.sent).toMatchObject([
      { method: 'resubmit', applicationId, command: { round: 1, actor: { kind: 'applicant' } } },
    ]);
  });

  test('asks for the agreement where the paper lacked it', async () => {
    const { applicationId, path } = await inCorrection({}, { agreed: false });
    const browser = new Browser(web.app);
    const without = await browser.post(path, await corrected(path));
    expect(without.status).toBe(422);
    expect(without.html).toContain('href="#agree"');
    expect((await browser.post(path, await corrected(path, { agree: 'yes' }))).status).toBe(303);
    const agreed = await web.db.query.agreements.findMany({
      where: (t, { eq }) => eq(t.applicationId, applicationId),
    });
    expect(agreed).toMatchObject([{ how: 'form' }]);
  });

  test('keeps what is still wrong out, and what was typed in', async () => {
    const { applicationId, path } = await inCorrection({ phone: '' });
    const page = await new Browser(web.app).post(
      path,
      await corrected(path, { phone: '110', usePlace: '大阪支店' }),
    );
    expect(page.status).toBe(422);
    expect(page.title).toMatch(/^エラー：/);
    expect(page.html).toContain('value="110"');
    expect(page.html).toContain('大阪支店');
    expect(await row(applicationId)).toMatchObject({ phone: '' });
    expect(web.gateway.sent).toEqual([]);
  });

  test('a wrong link and a used one say so', async () => {
    const browser = new Browser(web.app);
    const wrong = await browser.get(`/apply/correction/${randomBytes(32).toString('base64url')}`);
    expect(wrong.status).toBe(404);
    expect(wrong.html).toContain('このリンクは使えません');
    const { applicationId, path } = await inCorrection({});
    const fields = await corrected(path);
    await move(web, applicationId, 'correction', 'lapsed');
    expect((await browser.get(path)).status).toBe(404);
    expect((await browser.post(path, fields)).status).toBe(404);
  });

  test('shows beside each field what the reviewer asks; sent as it was, that is said once, and may be meant', async () => {
    const { applicationId, path } = await inCorrection({});
    const said = { mark: 'differs' as const, note: '登記では「丁目」まであります。', staffId: randomUUID() };
    await markField(web.db, { applicationId, round: 1, field: 'address' }, { ...said, now: new Date() });
    const browser = new Browser(web.app);
    const page = await browser.get(path);
    expect(page.html).toContain('修正が必要な項目が1件あります');
    expect(page.html).toContain('href="#address"');
    expect(page.html).toContain(said.note);
    const same = await browser.post(path, await corrected(path));
    expect(same.status).toBe(422);
    expect(same.html).toContain('内容が変わっていません');
    expect(same.html).toContain('name="unchanged"');
    expect(web.gateway.sent).toEqual([]);
    expect((await browser.post(path, await corrected(path, { unchanged: 'yes' }))).status).toBe(303);
    expect(web.gateway.sent).toMatchObject([{ method: 'resubmit', applicationId }]);
    expect(await markOf(applicationId, 'address')).toMatchObject({ replaced: null });
  });

  test('keeps what it replaced, also where it is sent twice', async () => {
    const { applicationId, path } = await inCorrection({ phone: '03-1111-2222' });
    const browser = new Browser(web.app);
    for (const phone of ['03-3333-4444', '03-5555-6666']) {
      expect((await browser.post(path, await corrected(path, { phone }))).status).toBe(303);
    }
    expect(await markOf(applicationId, 'phone')).toMatchObject({
      ...{ round: 1, mark: null, note: '', replaced: '03-1111-2222' },
    });
  });

  test('without our token nothing is stored', async () => {
    const { applicationId, path } = await inCorrection({ phone: '' });
    const fields = await corrected(path);
    const browser = new Browser(web.app);
    expect((await browser.post(path, { ...fields, formToken: '' })).status).toBe(403);
    browser.origin = 'https://evil.example';
    expect((await browser.post(path, fields)).status).toBe(403);
    expect(await row(applicationId)).toMatchObject({ phone: '' });
  });

  test('a refusal of the workflow is told', async () => {
    const { path } = await inCorrection({});
    web.gateway.answerWith(async () => refuse('stale', 'この修正画面は古いものです。'));
    const page = await new Browser(web.app).post(path, await corrected(path));
    expect(page.status).toBe(409);
    expect(page.html).toContain('この修正画面は古いものです。');
  });

  test('withdraws after a tick, as a command of its own', async () => {
    const { applicationId, path } = await inCorrection({});
    const browser = new Browser(web.app);
    const formToken = fieldValue(await browser.get(path), 'formToken');
    expect((await browser.post(`${path}/withdraw`, { formToken })).status).toBe(422);
    expect(web.gateway.sent).toEqual([]);
    expect((await browser.post(`${path}/withdraw`, { formToken, confirm: 'yes' })).status).toBe(303);
    expect(web.gateway.sent).toMatchObject([{ method: 'withdraw', applicationId }]);
    expect(web.gateway.sent[0]?.command.commandId).toMatch(/^withdraw\//);
  });
});
