import { randomBytes, randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { commands } from '../../db/schema/index.ts';
import { civilDate } from '../../domain/calendar/civil-date.ts';
import { sha256 } from '../../web/http/signing.ts';
import { applicationReviewId } from '../../workflows/application-review/messages.ts';
import { cleanApplication, storeApplication } from '../support/application.ts';
import { move } from './cases.ts';
import { Browser, fieldValue, signedIn, startWeb, type WebTest } from './support.ts';

let web: WebTest;
beforeAll(async () => {
  web = await startWeb();
});
afterAll(() => web.close());
beforeEach(() => {
  web.gateway.answerWith(async () => ({ ok: true }));
  web.errors.length = 0;
});

const typed = (changes: Record<string, string> = {}): Record<string, string> => {
  const { options: _, usedInJapanOnly: __, licences, ...texts } = cleanApplication();
  return { ...texts, licences: String(licences), usedInJapanOnly: 'yes', agree: 'yes', ...changes };
};

async function filledForm(
  browser: Browser,
  changes: Record<string, string> = {},
): Promise<Record<string, string>> {
  const form = await browser.get('/apply');
  const hidden = { formToken: fieldValue(form, 'formToken'), termsEdition: fieldValue(form, 'termsEdition') };
  return { ...typed(), ...hidden, ...changes };
}

const rowsOf = async (companyName: string) =>
  (await web.db.query.applications.findMany()).filter((row) => row.companyName === companyName);

describe('a form sent again with other content', () => {
  test('is not lost: the applicant is asked, with all that was typed, and may send it as a second application', async () => {
    const browser = new Browser(web.app);
    const [first, second] = [`株式会社一番${randomUUID()}`, `株式会社二番${randomUUID()}`];
    const fields = await filledForm(browser, { companyName: first });
    expect((await browser.post('/apply', fields)).status).toBe(303);
    const asked = await browser.post('/apply', { ...fields, companyName: second });
    expect(asked.status).toBe(409);
    const [row] = await rowsOf(first);
    expect(asked.html).toContain(row?.receiptNumber);
    expect(asked.html).toContain(second);
    expect(await rowsOf(second)).toEqual([]);
    const formToken = fieldValue(asked, 'formToken');
    expect(formToken).not.toBe(fields.formToken);
    const sent = await browser.post('/apply', { ...fields, companyName: second, formToken });
    expect(sent.status).toBe(303);
    expect(await rowsOf(second)).toHaveLength(1);
    expect(await rowsOf(first)).toHaveLength(1);
  });

  test('is one question for each of two that differ in one field only', async () => {
    const browser = new Browser(web.app);
    const companyName = `株式会社差分${randomUUID()}`;
    const fields = await filledForm(browser, { companyName });
    await browser.post('/apply', fields);
    for (const change of [
      { licences: '13' },
      { contractKind: 'monthly' },
      { 'option.sms': '2' },
      { usePlace: '大阪' },
    ]) {
      expect((await browser.post('/apply', { ...fields, ...change })).status, JSON.stringify(change)).toBe(
        409,
      );
    }
    expect((await browser.post('/apply', fields)).status).toBe(303);
    expect(await rowsOf(companyName)).toHaveLength(1);
  });

  test('is another command where it corrects an application that nobody has taken back yet', async () => {
    const { applicationId } = await storeApplication(web.db, { representativeKana: '' });
    const token = randomBytes(32).toString('base64url');
    await move(web, applicationId, 'received', 'correction', {
      dueOn: civilDate('2999-12-31'),
      tokenHash: sha256(token),
    });
    const path = `/apply/correction/${token}`;
    const browser = new Browser(web.app);
    const formToken = fieldValue(await browser.get(path), 'formToken');
    web.gateway.answerWith(() => new Promise(() => undefined));
    const one = typed({ usePlace: '大阪府大阪市一番町' });
    expect((await browser.post(path, { ...one, formToken })).status).toBe(503);
    expect((await browser.post(path, { ...one, formToken })).status).toBe(503);
    expect((await browser.post(path, { ...one, usePlace: '福岡県福岡市二番町', formToken })).status).toBe(
      503,
    );
    const row = await web.db.query.applications.findFirst({
      where: (t, { eq: is }) => is(t.id, applicationId),
    });
    expect(row?.usePlace).toBe('福岡県福岡市二番町');
    const sent = await web.db
      .select()
      .from(commands)
      .where(eq(commands.workflowId, applicationReviewId(applicationId)));
    expect(sent.filter(({ update }) => update === 'resubmit')).toHaveLength(2);
  });

  test('by staff is asked about too', async () => {
    const { browser, csrf } = await signedIn(web, 'operations');
    const path = '/staff/applications/new';
    const submissionKey = fieldValue(await browser.get(path), 'submissionKey');
    const entry = { csrf, submissionKey, channel: 'fax', receivedOn: '2026-03-02', receivedTime: '10:30' };
    const [first, second] = [`株式会社甲${randomUUID()}`, `株式会社乙${randomUUID()}`];
    const fields = typed({ ...entry, companyName: first });
    expect((await browser.post(path, fields)).status).toBe(303);
    const asked = await browser.post(path, { ...fields, companyName: second });
    expect(asked.status).toBe(409);
    expect(asked.html).toContain(second);
    const again = { ...fields, companyName: second, submissionKey: fieldValue(asked, 'submissionKey') };
    expect((await browser.post(path, again)).status).toBe(303);
    expect([await rowsOf(first), await rowsOf(second)].map(({ length }) => length)).toEqual([1, 1]);
  });
});

describe('NUL breaks nothing', () => {
  test.each([
    '/staff/applications?q=a%00b',
    '/staff/contracts?q=%00',
    '/staff/archive?counterparty=%00&number=a%00',
    '/staff/disclosures?number=%00',
    '/staff/disclosures?contract=%00',
    '/staff/data-requests?contract=%00',
    '/staff/incoming-mails?status=%00',
    '/staff?kind=%00&view=%00',
    '/staff/sign-in?next=%00',
  ])('in the query of %s', async (path) => {
    const { browser } = await signedIn(web, 'reviewer', 'operations', 'admin', 'legal', 'billing', 'support');
    expect([200, 303, 404]).toContain((await browser.get(path)).status);
    expect(web.errors).toEqual([]);
  });

  test.each(['/verify/%00', '/apply/correction/a%00b', '/terms/%00', '/notices/%00', '/apply/receipt/%00'])(
    'in the path %s',
    async (path) => {
      expect((await new Browser(web.app).get(path)).status).toBe(404);
      expect(web.errors).toEqual([]);
    },
  );

  test('in any field of a form: the place is shown, and the field asks for another text', async () => {
    const browser = new Browser(web.app);
    const fields = await filledForm(browser);
    for (const name of Object.keys(fields).filter((field) => field !== 'formToken')) {
      const page = await browser.post('/apply/confirm', { ...fields, [name]: `a\0${fields[name]}` });
      expect([200, 422], name).toContain(page.status);
    }
    const page = await browser.post('/apply', { ...fields, contactName: '青葉\0花子' });
    expect(page.html).toContain('青葉\uFFFD花子');
    expect((await browser.post('/apply', { ...fields, formToken: 'a\0b' })).status).toBe(403);
    expect(web.errors).toEqual([]);
  });

  test('in the fields and file names of staff', async () => {
    const { browser, csrf } = await signedIn(
      web,
      'reviewer',
      'operations',
      'admin',
      'legal',
      'billing',
      'support',
    );
    const nul = 'a\0b';
    for (const path of [
      '/staff/applications/new',
      '/staff/policies',
      '/staff/notices/new',
      '/staff/data-requests',
    ]) {
      const page = await browser.post(path, {
        csrf,
        reason: nul,
        note: nul,
        subject: nul,
        key: nul,
        value: nul,
        commandId: nul,
      });
      expect(page.status, path).toBeLessThan(500);
    }
    const form = new FormData();
    const submissionKey = fieldValue(await browser.get('/staff/applications/new'), 'submissionKey');
    for (const [name, value] of Object.entries({ csrf, submissionKey, action: 'attach' }))
      form.append(name, value);
    form.append(
      'scanFile',
      new File([Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10])], 'a\0b.png'),
    );
    expect((await browser.post('/staff/applications/new', form)).status).toBe(200);
    expect(web.errors).toEqual([]);
  });
});
