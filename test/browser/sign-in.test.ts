import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codeAt } from '../support/authenticator.ts';
import { mailText } from '../support/mail-text.ts';
import { applicants, eventually } from '../support/people.ts';
import { type Site, startSite } from '../support/site.ts';
import { stackEnv } from '../support/stacks.ts';

let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site.stop());

const PASSWORD = 'correct horse battery';

/** The link in the mail that was sent to an address. */
async function linkFor(email: string): Promise<string> {
  const person = await site.db.query.staff.findFirst({ where: (t, { eq }) => eq(t.email, email) });
  const mail = await eventually('the invitation is sent', () =>
    site.db.query.mails.findFirst({
      where: (t, { and, eq, isNotNull }) => and(eq(t.subjectId, person?.id ?? ''), isNotNull(t.acceptedAt)),
    }),
  );
  const text = await mailText(stackEnv().DOCUMENTS_DIR ?? '', mail.storageKey);
  // The worker of the tests writes the address of its own settings: the page is the same.
  return `${site.url}${/\/staff\/sign-in\/link\/[\w-]+/.exec(text)?.[0] ?? ''}`;
}

async function signIn(page: Page, email: string): Promise<void> {
  await page.goto(`${site.url}/staff/sign-in`);
  await page.getByLabel('メールアドレス').fill(email);
  await page.getByLabel('パスワード').fill(PASSWORD);
  await page.getByRole('button', { name: 'サインイン' }).click();
}

test('from the invitation to a sign-in with a code, without JavaScript', async () => {
  const admin = await site.signIn('admin');
  await admin.goto(`${site.url}/staff/accounts`);
  await admin.getByRole('link', { name: '担当者を招待する' }).click();
  const email = `${randomUUID()}@staff.example`;
  await admin.getByLabel('氏名').fill('若葉 花子');
  await admin.getByLabel('メールアドレス').fill(email);
  await admin.getByLabel('審査担当').check();
  await admin.getByRole('button', { name: '招待のメールを送る' }).click();
  expect(await admin.locator('h1').textContent()).toContain('招待中');

  const person = await site.newPage();
  await person.goto(await linkFor(email));
  await person.getByLabel('新しいパスワード', { exact: false }).first().fill(PASSWORD);
  await person.getByLabel('新しいパスワード（確認）').fill(PASSWORD);
  await person.getByRole('button', { name: 'パスワードを設定する' }).click();
  await signIn(person, email);
  await person.waitForURL(/\/staff(\?|$)/);

  await person.locator('.who summary').click();
  await person.getByRole('link', { name: '自分のアカウント' }).click();
  await person.getByRole('link', { name: '確認コードを設定する' }).click();
  expect(await person.getByRole('img', { name: /QRコード/ }).isVisible()).toBe(true);
  const secret = (await person.locator('code.secret').textContent()) ?? '';
  await person.getByLabel('確認コード').fill(codeAt(secret, new Date()));
  await person.getByRole('button', { name: '確認コードを設定する' }).click();
  const recovery = (await person.locator('.recovery-codes code').first().textContent()) ?? '';

  await person.locator('.who summary').click();
  await person.getByRole('button', { name: 'サインアウト' }).click();
  await signIn(person, email);
  expect(await person.locator('h1').textContent()).toBe('確認コードの入力');
  await person.getByLabel('確認コード').fill(recovery);
  await person.getByRole('button', { name: 'サインイン' }).click();
  await person.waitForURL(/\/staff(\?|$)/);
});

describe('with scripts', () => {
  let scripted: Site;
  beforeAll(async () => {
    scripted = await startSite({ javaScriptEnabled: true });
  });
  afterAll(() => scripted.stop());

  test('14: a drafted decision survives the death of its tab', async () => {
    const people = applicants(scripted.db, scripted.client);
    const { applicationId } = await people.submit();
    await people.waitFor(applicationId, 'review');
    const page = await scripted.signIn('reviewer');
    await page.goto(`${scripted.url}/staff/applications/${applicationId}`);
    await page.locator('#decide [name="reason"]').pressSequentially('登記と記載を確かめました。');
    await page.getByText('下書きを保存しました。').waitFor();
    const context = page.context();
    await page.close({ runBeforeUnload: false });
    const again = await context.newPage();
    await again.goto(`${scripted.url}/staff/applications/${applicationId}`);
    expect(await again.locator('#decide [name="reason"]').inputValue()).toBe('登記と記載を確かめました。');
  });

  test('a page that is left alone asks five minutes before the session ends', async () => {
    const page = await scripted.signIn('reviewer');
    await page.clock.install();
    await page.goto(`${scripted.url}/staff`);
    expect(await page.getByRole('alert').count()).toBe(0);
    await page.clock.fastForward('26:00');
    await page.getByRole('button', { name: 'サインインを続ける' }).click();
    await page.getByText('サインインを続けています。').waitFor();
    await page.clock.fastForward('31:00');
    await page.getByText('サインアウトしました。入力した内容は').waitFor();
  });
});

test.each([320, 390, 1280])('the field for robots is seen by nobody at %i px', async (width) => {
  const page = await site.newPage();
  await page.setViewportSize({ width, height: 800 });
  await page.goto(`${site.url}/apply`);
  const box = await page.locator('.trap').boundingBox();
  expect((box?.width ?? 0) * (box?.height ?? 0)).toBeLessThanOrEqual(1);
  const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
  expect(overflow).toBeLessThanOrEqual(0);
});
