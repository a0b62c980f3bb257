import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { cleanApplication } from '../support/application.ts';
import { emlOf, type MailAttachment, mailBase64 } from '../support/eml.ts';
import { fieldFile } from '../support/field.ts';
import { pdfOf } from '../support/pdf.ts';
import { randomWord } from '../support/random-word.ts';
import { fieldValue, type Page, signedIn, startWeb, type WebTest } from './support.ts';

const PATH = '/staff/applications/new';
let web: WebTest;
let operations: Awaited<ReturnType<typeof signedIn>>;
beforeAll(async () => {
  web = await startWeb();
  operations = await signedIn(web, 'operations');
});
afterAll(() => web.close());
beforeEach(() => {
  web.registry.answer = { found: false, message: '照会していません。' };
});

const eml = (text: string, attachments: readonly MailAttachment[] = []): File =>
  new File([emlOf(text, attachments)], '申込.eml', { type: 'application/octet-stream' });

async function send(changes: Record<string, string | File>): Promise<Page> {
  const page = await operations.browser.get(PATH);
  const { options: _, usedInJapanOnly: __, licences, ...texts } = cleanApplication();
  const form = new FormData();
  const fields = {
    ...texts,
    licences: String(licences),
    csrf: operations.csrf,
    submissionKey: fieldValue(page, 'submissionKey'),
    ...changes,
  };
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  return operations.browser.post(PATH, form);
}

const documentsOf = async (page: Page) => {
  const rows = await web.db.query.applicationDocuments.findMany({
    where: (t, { eq }) => eq(t.applicationId, page.location?.split('/').at(-1) ?? ''),
  });
  return rows.toSorted((a, b) => (a.fileName < b.fileName ? -1 : 1));
};
const hrefs = (page: Page) => [...page.html.matchAll(/src="(\/staff\/applications\/new\/files\/[^"]*)"/g)];

test('a mail is shown beside the form with its arrival, and kept with its attachments', async () => {
  const scan = await pdfOf(`form ${randomWord()}`);
  const mail = eml(`お世話になっております。\n申込書を送ります。${randomWord()}`, [
    { name: '申込書.pdf', type: 'application/octet-stream', bytes: scan },
  ]);
  const shown = await send({ action: 'attach', scanFile: mail, companyName: '途中まで' });
  expect(shown.status).toBe(200);
  for (const words of [
    '青葉 花子',
    'hanako@aoba.example',
    '利用申込の件',
    '申込書を送ります。',
    '2026年3月2日 9:05',
  ]) {
    expect(shown.html).toContain(words);
  }
  expect(shown.html).toMatch(/name="channel" value="email" checked/);
  expect(shown.html).toMatch(/name="receivedOn"[^>]*value="2026-03-02"/);
  expect(shown.html).toMatch(/name="receivedTime"[^>]*value="09:05"/);
  expect(shown.html).toMatch(/name="companyName"[^>]*value="途中まで"/);
  expect(shown.headers.get('content-security-policy')).toContain("frame-src 'self'");

  const [framed] = hrefs(shown);
  const file = await operations.browser.get(framed?.[1] ?? '');
  expect(file.headers.get('content-type')).toBe('application/pdf');
  expect(file.headers.get('content-security-policy')).toMatch(/sandbox.*frame-ancestors 'self'/);
  const kept = await operations.browser.get(`${framed?.[1]}?download`);
  expect(kept.headers.get('content-disposition')).toMatch(/^attachment/);
  const support = await signedIn(web, 'support');
  expect((await support.browser.get(framed?.[1] ?? '')).status).toBe(403);

  const page = await send({
    uploads: fieldValue(shown, 'uploads'),
    channel: 'email',
    receivedOn: '2026-03-02',
    receivedTime: '09:05',
  });
  expect(page.status).toBe(303);
  expect(await documentsOf(page)).toMatchObject([
    { fileName: '申込.eml', contentType: 'message/rfc822', bytes: mail.size },
    { fileName: '申込書.pdf', contentType: 'application/pdf' },
  ]);
});

test('ZIP, HTML and SVG attachments are refused by name; the rest and a mail without them are kept', async () => {
  const secret = `inside ${randomWord()}`;
  const mail = eml('ご査収ください。', [
    { name: '爆弾.zip', type: 'application/zip', bytes: `PK\u0003\u0004${secret}` },
    { name: '頁.pdf', type: 'application/pdf', bytes: `<html>${secret}` },
    { name: '図.svg', type: 'image/png', bytes: '<svg onload="alert(1)">' },
    {
      name: '書類.png',
      type: 'image/png',
      bytes: Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    },
  ]);
  const shown = await send({ action: 'attach', scanFile: mail });
  expect(shown.status).toBe(422);
  for (const name of ['爆弾.zip', '頁.pdf', '図.svg']) expect(shown.html).toContain(`<li>${name}：`);
  const page = await send({
    uploads: fieldValue(shown, 'uploads'),
    channel: 'email',
    receivedOn: '2026-03-02',
    receivedTime: '09:05',
  });
  const documents = await documentsOf(page);
  expect(documents.map(({ fileName }) => fileName)).toEqual(['書類.png', '申込.eml'].toSorted());
  const stored = documents.find(({ fileName }) => fileName === '申込.eml');
  const record = `/staff/applications/${stored?.applicationId}/documents/${stored?.id}`;
  const { html } = await operations.browser.get(record);
  expect(html).toContain('Received: from relay.example');
  const text = Buffer.from(html.slice(html.indexOf('base64') + 6), 'base64').toString();
  expect(text).toContain('ご査収ください。');
  expect(text).toContain('爆弾.zip（SHA-256');
  expect(html + text).not.toContain(secret);
  expect(html).not.toContain(mailBase64(secret).slice(0, 40));
});

test.each<[string, () => Promise<File> | File]>([
  ['its text', () => eml('個人番号は 1234-5678-9018 です。')],
  ['an attachment’s name', () => eml('本文', [{ name: '123456789018.png', type: 'image/png', bytes: 'x' }])],
])('a mail with a My Number in %s is refused before anything is stored (第21条)', async (_, mail) => {
  const page = await send({ action: 'attach', scanFile: await mail() });
  expect(page.status).toBe(422);
  expect(page.html).toContain('個人番号（マイナンバー）');
  expect(page.html).not.toContain('class="split"');
  expect(page.html).not.toContain('9018');
});

test('a My Number in an attached PDF keeps the attachment out of the stored mail too', async () => {
  const bytes = await pdfOf('1234 5678 9018');
  const mail = eml('本文です。', [{ name: '通知.pdf', type: 'application/pdf', bytes }]);
  const shown = await send({ action: 'attach', scanFile: mail });
  expect(shown.html).toMatch(/<li>通知\.pdf：[^<]*個人番号/);
  expect(hrefs(shown)).toEqual([]);
  const download = /href="([^"]*\?download)"/.exec(shown.html)?.[1] ?? '';
  expect((await operations.browser.get(download)).html).not.toContain(mailBase64(bytes).slice(0, 60));
});

test('a text that only looks a little like a mail, and HTML named .eml, are refused', async () => {
  for (const content of ['Subject: only this\r\n\r\nx', '<html>From: a\r\n\r\n']) {
    const page = await send({ action: 'attach', scanFile: new File([content], 'a.eml') });
    expect(page.status).toBe(422);
    expect(page.html).toMatch(/PDF、PNG/);
  }
});

test('a file that was read by mistake can be taken away again', async () => {
  const shown = await send({ action: 'attach', scanFile: new File([await pdfOf(randomWord())], '誤り.pdf') });
  const remove = /value="(remove [^"]*)"/.exec(shown.html)?.[1] ?? '';
  const without = await send({ action: remove, uploads: fieldValue(shown, 'uploads') });
  expect(without.html).not.toContain('誤り.pdf');
});

test('the look-up fills name and address, keeps everything else, and stores nothing', async () => {
  web.registry.answer = {
    found: true,
    name: '株式会社登録商会',
    kana: '',
    postalCode: '100-0005',
    address: '東京都千代田区丸の内一丁目1番1号',
    closed: false,
  };
  const page = await send({ action: 'lookUp', companyKana: 'トウロクショウカイ', contactName: '入力 済み' });
  expect(page.status).toBe(200);
  expect(page.html).toContain('この法人です');
  expect(page.html).toMatch(/name="companyName"[^>]*value="株式会社登録商会"/);
  expect(page.html).toMatch(/name="address"[^>]*value="東京都千代田区丸の内一丁目1番1号"/);
  expect(page.html).toMatch(/name="companyKana"[^>]*value="トウロクショウカイ"/);
  expect(page.html).toMatch(/name="contactName"[^>]*value="入力 済み"/);
  expect(page.location).toBeNull();
});

test('FAX pages are shown beside the form as pictures', async () => {
  const fax = readFileSync('test/data/fax/fax-g4.tif');
  const shown = await send({ action: 'attach', scanFile: new File([Uint8Array.from(fax)], 'fax.tif') });
  expect(shown.status).toBe(200);
  const pages = [...shown.html.matchAll(/src="([^"]*\?page=\d)"/g)].map(([, src = '']) => src);
  expect(pages).toHaveLength(2);
  const drawn = await operations.browser.get(pages[1] ?? '');
  expect(drawn.headers.get('content-type')).toBe('image/png');
  expect((await operations.browser.get((pages[1] ?? '').replace('page=2', 'page=3'))).status).toBe(404);
});

test('a file in a forwarded mail is shown beside the form, and the mail is kept byte for byte', async () => {
  const bytes = fieldFile('eml', 'e27-forwarded-as-attachment.eml');
  const shown = await send({ action: 'attach', scanFile: new File([Uint8Array.from(bytes)], '転送.eml') });
  expect(shown.status).toBe(200);
  expect(hrefs(shown)).toHaveLength(1);
  expect(shown.html).toContain('in.pdf');
  const download = /href="([^"]*\?download)"/.exec(shown.html)?.[1] ?? '';
  expect((await operations.browser.get(download)).html).toBe(Buffer.from(bytes).toString());
});

test.each([
  ['e11-date-empty', '', 'メールから読み取れません'],
  ['e13-date-without-zone', '2026-03-20', '日本時間とみなしています'],
])('%s: the arrival is what the mail says, never the moment of the import', async (name, day, words) => {
  const shown = await send({
    action: 'attach',
    scanFile: new File([Uint8Array.from(fieldFile('eml', `${name}.eml`))], 'a.eml'),
  });
  expect(shown.html).toContain(words);
  expect(/name="receivedOn"[^>]*?value="([^"]*)"/.exec(shown.html)?.[1] ?? '').toBe(day);
});

test('a mail of too many parts is refused with words, what was typed stays', async () => {
  const bytes = Uint8Array.from(fieldFile('eml', 'e19-many-parts.eml'));
  const page = await send({
    action: 'attach',
    scanFile: new File([bytes], 'a.eml'),
    companyName: '途中まで',
  });
  expect(page.status).toBe(422);
  expect(page.html).toContain('部分が多すぎる');
  expect(page.html).toMatch(/name="companyName"[^>]*value="途中まで"/);
});
