import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { cleanApplication } from '../support/application.ts';
import { pdfOf } from '../support/pdf.ts';
import { fieldValue, type Page, signedIn, startWeb, type WebTest } from './support.ts';

let web: WebTest;
let operations: Awaited<ReturnType<typeof signedIn>>;
beforeAll(async () => {
  web = await startWeb();
  operations = await signedIn(web, 'operations');
});
afterAll(() => web.close());
beforeEach(() => {
  web.gateway.sent.length = 0;
});

const PATH = '/staff/applications/new';

/** The paper as staff type it in; undefined leaves a field out. */
async function paper(changes: Record<string, string | File | undefined> = {}): Promise<FormData> {
  const page = await operations.browser.get(PATH);
  const { options: _, usedInJapanOnly: __, licences, ...texts } = cleanApplication();
  const fields = {
    ...texts,
    licences: String(licences),
    usedInJapanOnly: 'yes',
    agree: 'yes',
    channel: 'fax',
    receivedOn: '2026-03-02',
    receivedTime: '10:30',
    csrf: operations.csrf,
    submissionKey: fieldValue(page, 'submissionKey'),
    ...changes,
  };
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) form.append(name, value);
  return form;
}

const pdf = async (text: string) => new File([await pdfOf(text)], '申込書\u0007.pdf', { type: 'text/html' });
const stored = async (page: Page) => {
  const id = page.location?.split('/').at(-1) ?? '';
  return web.db.query.applications.findFirst({ where: (t, { eq }) => eq(t.id, id) });
};

describe('entry by staff', () => {
  test.each([
    ['2026/03/02', '10:30'],
    ['2026年3月2日', '10時30分'],
    ['令和8年3月2日', '午前10時半'],
    ['２０２６．３．２', '１０：３０'],
  ])('walk d1: takes the arrival as people write it: %s %s', async (receivedOn, receivedTime) => {
    const scanFile = await pdf(`fax ${randomUUID()}`);
    const page = await operations.browser.post(PATH, await paper({ scanFile, receivedOn, receivedTime }));
    expect(page.status).toBe(303);
    expect((await stored(page))?.receivedAt.toISOString()).toBe('2026-03-02T01:30:00.000Z');
  });

  test('stores channel, arrival, who typed it and the scan, which staff alone can fetch', async () => {
    const scan = await pdf(`fax ${randomUUID()}`);
    const page = await operations.browser.post(PATH, await paper({ scanFile: scan }));
    expect(page.status).toBe(303);
    const row = await stored(page);
    expect(row).toMatchObject({ channel: 'fax', enteredBy: operations.id, sandbox: true });
    expect(row?.receivedAt.toISOString()).toBe('2026-03-02T01:30:00.000Z');
    expect(web.gateway.sent).toMatchObject([
      { method: 'submit', command: { actor: { kind: 'staff', id: operations.id } } },
    ]);
    const record = await operations.browser.get(page.location ?? '');
    const link = /href="([^"]*\/documents\/[^"]*)"/.exec(record.html)?.[1] ?? '';
    const file = await operations.browser.get(link);
    expect(file.html).toBe(await scan.text());
    expect(file.headers.get('content-type')).toBe('application/pdf');
    expect(file.headers.get('content-disposition')).toMatch(/^attachment; filename=/);
    const billing = await signedIn(web, 'billing');
    expect((await billing.browser.get(link)).status).toBe(403);
    const log = await web.db.query.auditEntries.findMany({
      where: (t, { eq }) => eq(t.subjectId, row?.id ?? ''),
    });
    expect(log.map(({ action }) => action)).toContain('document.downloaded');
  });

  test('keeps gaps and mistakes: they go back to the applicant', async () => {
    const gaps = { representativeKana: '', corporateNumber: '1234567890123', licences: '', agree: undefined };
    const page = await operations.browser.post(PATH, await paper(gaps));
    expect(page.status).toBe(303);
    const row = await stored(page);
    expect(row).toMatchObject({ representativeKana: '', corporateNumber: '1234567890123', licences: 0 });
  });

  test('sent twice is one application', async () => {
    const form = await paper();
    const [first, second] = await Promise.all([
      operations.browser.post(PATH, form),
      operations.browser.post(PATH, form),
    ]);
    expect(first.location).toBe(second.location);
  });

  test.each<[string, Record<string, string | File | undefined>, string, RegExp]>([
    ['no channel', { channel: undefined }, 'channel', /受付方法を選択/],
    ['the channel of the public form', { channel: 'web' }, 'channel', /受付方法を選択/],
    ['no day', { receivedOn: '' }, 'receivedOn', /届いた日を入力/],
    ['a day that does not exist', { receivedOn: '2026-02-30' }, 'receivedOn', /形式が正しくありません/],
    ['a time in the future', { receivedOn: '2999-01-01' }, 'receivedOn', /未来の日時/],
    ['a name that is too long', { contactName: '髙'.repeat(81) }, 'contactName', /80文字以内/],
    ['a NUL', { usePlace: 'a\0b' }, 'usePlace', /使えない文字/],
    ['no kind of contract', { contractKind: '' }, 'contractKind', /契約種別を選択/],
    [
      'HTML named .pdf',
      { scanFile: new File(['<html>'], 'a.pdf', { type: 'application/pdf' }) },
      'scanFile',
      /PDF、PNG/,
    ],
    ['SVG', { scanFile: new File(['<svg onload=alert(1)>'], 'a.png') }, 'scanFile', /PDF、PNG/],
  ])('with %s is 422 and stores nothing', async (_, changes, field, message) => {
    const page = await operations.browser.post(PATH, await paper(changes));
    expect(page.status).toBe(422);
    expect(page.title).toMatch(/^エラー：/);
    expect(page.html).toContain(`href="#${field}"`);
    expect(page.html).toMatch(message);
    expect(web.gateway.sent).toEqual([]);
  });

  test('a scan survives an error in another field', async () => {
    const scan = await pdf(`kept ${randomUUID()}`);
    const wrong = await operations.browser.post(PATH, await paper({ scanFile: scan, channel: undefined }));
    expect(wrong.html).toContain('<h3>申込書.pdf</h3>');
    const page = await operations.browser.post(PATH, await paper({ uploads: fieldValue(wrong, 'uploads') }));
    const row = await stored(page);
    const documents = await web.db.query.applicationDocuments.findMany({
      where: (t, { eq }) => eq(t.applicationId, row?.id ?? ''),
    });
    expect(documents).toMatchObject([{ contentType: 'application/pdf', fileName: '申込書.pdf' }]);
  });

  test('a scan with a My Number is refused and nothing of it is kept (第21条)', async () => {
    const scan = await pdf(`1234 5678 9018 of ${randomUUID()}`);
    const page = await operations.browser.post(PATH, await paper({ scanFile: scan }));
    expect(page.status).toBe(422);
    expect(page.html).toMatch(/個人番号（マイナンバー）/);
    expect(page.html).not.toContain('届いた書類：');
    expect(web.gateway.sent).toEqual([]);
  });

  test('a file over the limit is refused', async () => {
    const big = new File([new Uint8Array(12 * 1024 * 1024)], 'big.pdf');
    expect((await operations.browser.post(PATH, await paper({ scanFile: big }))).status).toBe(413);
  });

  test('needs the role and the token of the session', async () => {
    const support = await signedIn(web, 'support');
    expect((await support.browser.get(PATH)).status).toBe(403);
    const form = await paper();
    expect((await support.browser.post(PATH, form)).status).toBe(403);
    form.set('csrf', 'wrong');
    expect((await operations.browser.post(PATH, form)).status).toBe(403);
  });
});
