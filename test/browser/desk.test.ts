import { afterAll, beforeAll, expect, test } from 'vitest';
import { applicants, eventually } from '../support/people.ts';
import { type Site, startSite } from '../support/site.ts';

let site: Site;
let people: ReturnType<typeof applicants>;
beforeAll(async () => {
  site = await startSite();
  people = applicants(site.db, site.client);
});
afterAll(() => site.stop());

/** The pages of the test are at a port of their own; the workers have another one in their settings. */
const withoutPort = (text: string | null) => text?.trim().replace(/localhost:\d+/, 'localhost');

test('12: the mail that is shown before a correction is asked for is, letter by letter, the mail that is received', async () => {
  const { applicationId } = await people.submit();
  await people.waitFor(applicationId, 'review');
  const page = await site.signIn('reviewer');
  await page.goto(`${site.url}/staff/applications/${applicationId}`);
  await page.getByLabel('申込者に修正を依頼する').check();
  await page.locator('#decide [name=reasonCode]').selectOption('mistakenEntry');
  await page.locator('#decide [name=reason]').fill('番地が登記と違います。\n確認してください。');
  await page.locator('#decide').getByRole('button', { name: '送るメールを確認する' }).click();
  await page.getByText('まだ送っていません').waitFor();
  const [subject, words] = [page.getByRole('heading', { level: 1 }), page.locator('.mail-text')];
  const shown = { subject: await subject.textContent(), text: await words.textContent() };

  // Nothing that was typed is lost on the way back.
  await page.getByRole('button', { name: '修正する' }).click();
  expect(await page.locator('#decide [name=reason]').inputValue()).toContain('確認してください。');
  await page.locator('#decide').getByRole('button', { name: '送るメールを確認する' }).click();
  await page.getByRole('button', { name: '判断を確定する（メールを送る）' }).click();
  await page.waitForURL(`**/staff/applications/${applicationId}`);

  const mail = await eventually('the mail was taken', () =>
    site.db.query.mails.findFirst({
      where: (t, { and, eq }) =>
        and(eq(t.subjectId, applicationId), eq(t.kind, 'correctionRequested'), eq(t.status, 'accepted')),
    }),
  );
  await page.goto(`${site.url}/staff/applications/${applicationId}/mails/${mail.id}`);
  expect(await subject.textContent()).toBe(shown.subject);
  expect(withoutPort(await words.textContent())).toBe(withoutPort(shown.text));
  expect(shown.text).toContain('/apply/correction/');
});

test('8: fields are marked as checked or differing, kept on reload; what differs goes out in the mail, and comes back with what stood there before', async () => {
  const { applicationId, input } = await people.submit();
  await people.waitFor(applicationId, 'review');
  const page = await site.signIn('reviewer');
  const address = `${site.url}/staff/applications/${applicationId}`;
  await page.goto(address);
  await page.locator('#mark-companyKana button[value=checked]').click();
  await page.locator('#mark-companyKana .field-mark').waitFor();
  const note = '建物名まで入力してください。';
  await page.locator('#mark-address summary').click();
  await page.locator('#note-address').fill(note);
  await page.locator('#mark-address').getByRole('button', { name: '「相違」と記録する' }).click();
  await page.locator('#mark-address .field-mark').waitFor();
  await page.reload();
  expect(await page.locator('#mark-companyKana .field-mark').textContent()).toContain('確認済');
  expect(await page.locator('#mark-address .field-mark').textContent()).toContain(note);
  expect(await page.locator('.mark-counts').first().textContent()).toContain('確認済 1・相違 1・未確認 20');
  expect(await page.getByLabel('承諾を推薦する', { exact: true }).count()).toBe(0);

  await page.getByLabel('申込者に修正を依頼する').check();
  await page.locator('#decide [name=reasonCode]').selectOption('mistakenEntry');
  await page.locator('#decide [name=reason]').fill('ご確認ください。');
  await page.locator('#decide').getByRole('button', { name: '送るメールを確認する' }).click();
  const words = await page.locator('.mail-text').textContent();
  expect(words).toContain(`本店所在地：${note}`);
  await page.getByRole('button', { name: '判断を確定する（メールを送る）' }).click();
  await people.waitFor(applicationId, 'correction');

  const path = /\/apply\/correction\/[\w-]+/.exec(words ?? '')?.[0] ?? '';
  const applicant = await site.newPage();
  await applicant.goto(`${site.url}${path}`);
  expect(await applicant.locator('#address-error').textContent()).toContain(note);
  await applicant.getByRole('button', { name: '修正した内容を送信する' }).click();
  await applicant.getByText('内容が変わっていません').first().waitFor();
  await applicant.locator('#address').fill(`${input.address} 青葉ビル2階`);
  await applicant.getByRole('button', { name: '修正した内容を送信する' }).click();
  await applicant.getByText('修正を受け付けました').waitFor();
  await people.waitFor(applicationId, 'review');
  await page.goto(address);
  const corrected = await page.locator('#mark-address .field-corrected').textContent();
  expect(corrected).toContain(input.address);
  expect(corrected).toContain(`前回の依頼：${note}`);
});

test('15: of two people who decide on one case, the second sees both decisions side by side and keeps the words', async () => {
  const { applicationId } = await people.submit();
  await people.waitFor(applicationId, 'review');
  const [first, second] = [await site.signIn('reviewer'), await site.signIn('reviewer')];
  const address = `${site.url}/staff/applications/${applicationId}`;
  for (const [page, verdict, code] of [
    [first, '承諾を推薦する', 'noProblem'],
    [second, '不承諾を推薦する', 'unsuitable'],
  ] as const) {
    await page.goto(address);
    await page.locator('#decide').getByLabel(verdict, { exact: true }).check();
    await page.locator('#decide [name=reasonCode]').selectOption(code);
    await page.locator('#decide [name=reason]').fill(`${verdict}理由`);
  }
  const send = (page: typeof first) =>
    page.locator('#decide').getByRole('button', { name: '審査の判断を確定する' }).click();
  await send(first);
  await first.waitForURL(`**/staff/applications/${applicationId}`);
  await send(second);
  const row = second.locator('main tr', { hasText: '承諾を推薦する理由' });
  await row.waitFor();
  expect(await row.textContent()).toContain('不承諾を推薦する理由');
  expect(await row.textContent()).toContain('違う');
  expect(await second.locator('textarea[name=reason]').inputValue()).toBe('不承諾を推薦する理由');
});
