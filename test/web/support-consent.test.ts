import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTask } from '../../db/queries/task/open.ts';
import { contracts } from '../../db/schema/index.ts';
import { addDays, jstDate } from '../../domain/calendar/civil-date.ts';
import { storedContract } from '../support/stored-contract.ts';
import { fieldValue, signedIn, startWeb, type WebTest } from './support.ts';

let web: WebTest;
beforeAll(async () => {
  web = await startWeb();
});
afterAll(() => web.close());

type Person = Awaited<ReturnType<typeof signedIn>>;
const today = jstDate(Date.now());

const consentForm = (person: Person, changes: Record<string, string> = {}) => ({
  csrf: person.csrf,
  commandId: randomUUID(),
  givenBy: '青葉花子',
  'scope.contact': 'yes',
  validFrom: today,
  validThrough: addDays(today, 6),
  way: 'phone',
  note: '10時に折返し、画面の確認に同意。',
  ...changes,
});

const viewsOf = (contractId: string) =>
  web.db.query.dataViews.findMany({ where: (t) => eq(t.contractId, contractId), orderBy: (t) => t.at });

describe('support', () => {
  test('without a consent sees the record of the contract, but neither address, contact nor mails, and is told why', async () => {
    const { path, input, contractId } = await storedContract(web);
    const support = await signedIn(web, 'support');
    const page = await support.browser.get(path);
    expect(page.status).toBe(200);
    expect(page.html).toContain(input.companyName);
    for (const hidden of [
      input.address,
      input.phone,
      input.contactName,
      input.contactEmail,
      input.contactPhone,
    ]) {
      expect(page.html).not.toContain(hidden);
    }
    expect(page.html).toContain(`${path}/consents`);
    expect(page.html).toContain('第13条2項');
    expect(await viewsOf(contractId)).toEqual([]);
  });

  test('is refused the application, its files, requests and certificates, with a link to record a consent', async () => {
    const { path, applicationId } = await storedContract(web);
    const { browser } = await signedIn(web, 'support');
    for (const refused of [
      `/staff/applications/${applicationId}`,
      `/staff/applications/${applicationId}/documents/${randomUUID()}`,
      `${path}/requests/${randomUUID()}`,
      `${path}/certificates/${randomUUID()}`,
      `${path}/certificate-preview`,
    ]) {
      const page = await browser.get(refused);
      expect(page.status, refused).toBe(403);
      expect(page.html, refused).toContain(`${path}/consents`);
    }
  });

  test('does not see the addresses of many customers at once, whatever consents there are', async () => {
    const { browser } = await signedIn(web, 'support');
    for (const page of ['recipients', 'preview']) {
      expect((await browser.get(`/staff/notices/${randomUUID()}/${page}`)).status).toBe(403);
    }
  });

  test('sees what a live consent opens and nothing else, and each look is noted with the consent', async () => {
    const { path, input, contractId, applicationId } = await storedContract(web);
    const support = await signedIn(web, 'support');
    const operations = await signedIn(web, 'operations');
    const recorded = await operations.browser.post(`${path}/consents`, consentForm(operations));
    expect(recorded).toMatchObject({ status: 303, location: `${path}/consents?done=recorded` });
    const page = await support.browser.get(path);
    expect(page.html).toContain(input.contactEmail);
    expect((await support.browser.get(`/staff/applications/${applicationId}`)).status).toBe(403);
    const [consent] = await web.db.query.supportConsents.findMany({
      where: (t) => eq(t.contractId, contractId),
    });
    expect(await viewsOf(contractId)).toMatchObject([
      { page: 'contract', staffId: support.id, scope: ['contact'], consentIds: [consent?.id] },
    ]);
  });

  test.each([
    ['has not begun', { validFrom: addDays(today, 1), validThrough: addDays(today, 2) }],
    ['is over', { validFrom: addDays(today, -3), validThrough: addDays(today, -1) }],
  ])('sees nothing by a consent that %s', async (_, period) => {
    const { path, input } = await storedContract(web);
    const support = await signedIn(web, 'support');
    const operations = await signedIn(web, 'operations');
    await operations.browser.post(`${path}/consents`, consentForm(operations, period));
    expect((await support.browser.get(path)).html).not.toContain(input.contactEmail);
  });

  test('sees nothing more once the consent was withdrawn', async () => {
    const { path, input, contractId } = await storedContract(web);
    const [support, operations] = [await signedIn(web, 'support'), await signedIn(web, 'operations')];
    await operations.browser.post(`${path}/consents`, consentForm(operations));
    const [consent] = await web.db.query.supportConsents.findMany({
      where: (t) => eq(t.contractId, contractId),
    });
    const withdrawn = `${path}/consents/${consent?.id}/withdraw`;
    expect((await support.browser.post(withdrawn, { csrf: support.csrf })).status).toBe(303);
    expect((await support.browser.get(path)).html).not.toContain(input.contactEmail);
    expect((await support.browser.post(withdrawn, { csrf: support.csrf })).status).toBe(409);
  });

  test('cannot use a consent after the last day of the contract', async () => {
    const { path, input, contractId } = await storedContract(web);
    const [support, operations] = [await signedIn(web, 'support'), await signedIn(web, 'operations')];
    await operations.browser.post(`${path}/consents`, consentForm(operations));
    const ended = { status: 'ending' as const, endsOn: addDays(today, -1) };
    await web.db.update(contracts).set(ended).where(eq(contracts.id, contractId));
    const page = await support.browser.get(path);
    expect(page.html).not.toContain(input.contactEmail);
    expect(page.html).toContain('第13条1項');
    expect((await support.browser.post(`${path}/consents`, consentForm(support))).status).toBe(409);
  });
});

describe('recording a consent', () => {
  test('by telephone opens nothing to who took the call until a second person agrees', async () => {
    const { path, input, contractId } = await storedContract(web);
    const [support, approver] = [await signedIn(web, 'support'), await signedIn(web, 'approver')];
    const form = consentForm(support);
    const asked = await support.browser.post(`${path}/consents`, form);
    expect(asked.location).toMatch(/^\/staff\/proposals\//);
    expect((await support.browser.post(`${path}/consents`, form)).location).toBe(asked.location);
    expect((await support.browser.get(path)).html).not.toContain(input.contactEmail);
    expect((await support.browser.get(`${path}/consents`)).html).toContain('二人目の確認待ち');
    const proposal = asked.location ?? '';
    const shown = await approver.browser.get(proposal);
    expect(shown.html).toContain('10時に折返し');
    const word = {
      csrf: approver.csrf,
      commandId: randomUUID(),
      taskId: fieldValue(shown, 'taskId'),
      verdict: 'confirm',
      reason: '通話の記録を聞いた。',
    };
    expect((await support.browser.post(`${proposal}/decision`, { ...word, csrf: support.csrf })).status).toBe(
      403,
    );
    expect((await approver.browser.post(`${proposal}/decision`, word)).status).toBe(303);
    expect((await approver.browser.post(`${proposal}/decision`, word)).status).toBe(303);
    expect((await support.browser.get(path)).html).toContain(input.contactEmail);
    const consents = await web.db.query.supportConsents.findMany({
      where: (t) => eq(t.contractId, contractId),
    });
    expect(consents).toMatchObject([{ recordedBy: support.id, confirmedBy: approver.id }]);
  });

  test('only the registered contact can give it; what was typed stays', async () => {
    const { path } = await storedContract(web);
    const support = await signedIn(web, 'support');
    const page = await support.browser.post(
      `${path}/consents`,
      consentForm(support, { givenBy: '山田一郎' }),
    );
    expect(page.status).toBe(422);
    expect(page.html).toContain('登録された連絡先の方のお名前と一致しません');
    expect(page.html).toContain('value="山田一郎"');
  });

  test('a telephone consent needs a note, one in writing its paper', async () => {
    const { path } = await storedContract(web);
    const support = await signedIn(web, 'support');
    const form = (changes: Record<string, string>) =>
      support.browser.post(`${path}/consents`, consentForm(support, changes));
    expect((await form({ note: '' })).html).toContain('電話のメモを入力してください。');
    expect((await form({ way: 'paper' })).html).toContain('ファイルを選択してください');
    expect((await form({ 'scope.contact': '' })).html).toContain('見てよい範囲を一つ以上');
  });

  test('sent twice it is one consent, with one audit entry', async () => {
    const { path, contractId } = await storedContract(web);
    const support = await signedIn(web, 'support');
    const form = consentForm(support);
    await support.browser.post(`${path}/consents`, form);
    expect((await support.browser.post(`${path}/consents`, form)).status).toBe(303);
    const entries = await web.db.query.auditEntries.findMany({ where: (t) => eq(t.subjectId, contractId) });
    expect(entries.filter(({ action }) => action === 'consent.recorded')).toHaveLength(1);
    expect(JSON.stringify(entries)).not.toContain('青葉');
  });

  test('billing may neither see nor record consents', async () => {
    const { path } = await storedContract(web);
    const billing = await signedIn(web, 'billing');
    expect((await billing.browser.get(`${path}/consents`)).status).toBe(403);
    expect((await billing.browser.post(`${path}/consents`, consentForm(billing))).status).toBe(403);
  });
});

describe('looks of other roles', () => {
  test('are noted, and shown on the contract to legal but not to operations', async () => {
    const { path, contractId, applicationId } = await storedContract(web);
    const operations = await signedIn(web, 'operations');
    await operations.browser.get(`/staff/applications/${applicationId}`);
    expect((await operations.browser.get(path)).html).not.toContain('閲覧の記録');
    const legal = await signedIn(web, 'legal');
    const page = await legal.browser.get(path);
    expect(page.html).toContain('閲覧の記録');
    expect(page.html).toContain('申込の画面');
    expect((await viewsOf(contractId)).map((view) => [view.page, view.staffId])).toEqual([
      ['application', operations.id],
      ['contract', operations.id],
      ['contract', legal.id],
    ]);
  });

  test('a form that comes back with the contact is noted, an answer that leads on is not, nor what was refused', async () => {
    const { path, contractId, applicationId } = await storedContract(web);
    const operations = await signedIn(web, 'operations');
    const form = (name: string) => ({
      csrf: operations.csrf,
      commandId: randomUUID(),
      ...{ name, kana: 'アオバハナコ', email: 'aoba@example.jp', phone: '0312345678', reason: '届出による' },
    });
    expect((await operations.browser.post(`${path}/contact`, form(''))).status).toBe(422);
    expect((await operations.browser.post(`${path}/opt-out`, form(''))).status).toBe(303);
    const billing = await signedIn(web, 'billing');
    expect((await billing.browser.get(`${path}/contact`)).status).toBe(403);
    await operations.browser.get(`/staff/applications/${applicationId}/contact`);
    expect((await viewsOf(contractId)).map((view) => [view.page, view.scope])).toEqual([
      ['contact', ['contact']],
      ['applicationContact', ['application']],
    ]);
  });

  test('the address on the page of a mail that did not arrive is a look too', async () => {
    const { contractId } = await storedContract(web);
    const taskId = randomUUID();
    const about = { subjectType: 'contract' as const, subjectId: contractId, about: 'certificate/unknown' };
    const reason = { kind: 'mailProblem' as const, cause: 'refused' as const, ...about };
    await openTask(web.db, { taskId, ...reason, involved: [], dueAt: new Date(), sandbox: true });
    const operations = await signedIn(web, 'operations');
    const page = await operations.browser.get(`/staff/mail-problems/${taskId}`);
    expect(page.html).toContain('受け取りを拒否しました');
    expect(await viewsOf(contractId)).toMatchObject([
      { page: 'mailProblem', scope: ['contact'], staffId: operations.id },
    ]);
  });

  test('support that is operations too needs no consent, and is noted without one', async () => {
    const { path, contractId, input } = await storedContract(web);
    const both = await signedIn(web, 'support', 'operations');
    expect((await both.browser.get(path)).html).toContain(input.contactEmail);
    expect(await viewsOf(contractId)).toMatchObject([{ page: 'contract', consentIds: [] }]);
  });

  test('the log of looks and disclosures can only be added to', async () => {
    for (const table of ['data_views', 'disclosures', 'disclosure_steps', 'disclosure_files']) {
      for (const statement of [`update ${table} set id = id`, `delete from ${table}`, `truncate ${table}`]) {
        await expect(web.db.execute(sql.raw(statement)), statement).rejects.toMatchObject({
          cause: { message: expect.stringContaining('permission denied') },
        });
      }
    }
  });
});
