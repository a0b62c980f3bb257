import { randomUUID } from 'node:crypto';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Account } from '../../dev/base-data.ts';
import { testAccounts } from '../support/accounts.ts';
import { corporateNumber } from '../support/application.ts';
import { openBrowser } from '../support/browser.ts';
import { randomWord } from '../support/random-word.ts';
import { startWeb } from '../support/web.ts';
import { type RunningWorkers, startWorkers } from '../support/workers.ts';

let workers: RunningWorkers;
let web: Awaited<ReturnType<typeof startWeb>>;
let accounts: Account[];
beforeAll(async () => {
  workers = await startWorkers();
  web = await startWeb(workers);
  accounts = await testAccounts(workers.composed.db);
});
afterAll(async () => {
  await web.stop();
  await workers.stop();
});

async function signIn(context: BrowserContext, role: string): Promise<Page> {
  const account = accounts.find((each) => each.role === role);
  const page = await context.newPage();
  await page.goto(`${web.url}/staff/sign-in`);
  await page.getByLabel('メールアドレス').fill(account?.email ?? '');
  await page.getByLabel('パスワード').fill(account?.password ?? '');
  await page.getByRole('button', { name: 'サインイン' }).click();
  await page.waitForURL(/\/staff(\?|$)/);
  return page;
}

async function apply(page: Page, company: string, email: string): Promise<void> {
  await page.goto(`${web.url}/apply`);
  const fields: Record<string, string> = {
    companyName: company,
    companyKana: 'ﾌﾞﾗｳｻﾞﾃｽﾄ',
    corporateNumber: corporateNumber(),
    postalCode: '１０００００５',
    address: '東京都千代田区丸の内一丁目1番1号',
    phone: '０３－１２３４－５６７８',
    usePlace: '東京都千代田区丸の内一丁目1番1号',
    representativeName: '髙橋 一郎',
    representativeKana: 'たかはし いちろう',
    contactName: '渡邉 花',
    contactKana: 'ワタナベ ハナ',
    contactEmail: email,
    contactPhone: '0312345679',
    licences: '10',
  };
  for (const [name, value] of Object.entries(fields)) await page.locator(`[name="${name}"]`).fill(value);
  await page.locator('[name="usedInJapanOnly"][value="yes"]').check();
  await page.locator('[name="contractKind"][value="annual"]').check();
  await page.locator('[name="planCode"][value="standard"]').check();
  await page.locator('[name="communicationPayment"][value="postpaid"]').check();
  await page.locator('[name="agree"]').check();
  await page.getByRole('button', { name: /確認/ }).click();
  await page.waitForURL(/\/apply\/confirm/);
  await page.getByRole('button', { name: /送信|申し込む/ }).click();
  await page.waitForURL(/\/apply\/receipt/);
}

/** The review form is there once the checks have run. */
async function formIsThere(page: Page, applicationId: string): Promise<void> {
  const forms = async () => {
    await page.goto(`${web.url}/staff/applications/${applicationId}`);
    return page.locator('[name="verdict"]').count();
  };
  await expect.poll(forms, { timeout: 20_000 }).toBeGreaterThan(0);
}

async function decide(page: Page, applicationId: string, verdict: string, reasonCode: string): Promise<void> {
  await page.goto(`${web.url}/staff/applications/${applicationId}`);
  const form = page.locator(`form:has([name="verdict"][value="${verdict}"])`);
  await form.locator(`[name="verdict"][value="${verdict}"]`).check();
  await form.locator('[name="reasonCode"]').selectOption(reasonCode);
  await form.locator('[name="reason"]').fill('記載内容と確認結果に問題がないため。');
  await form.locator('button[type="submit"]').click();
  await page.waitForLoadState();
}

test('from the form to the certificate in the mailbox, with two people and without JavaScript', async () => {
  const company = `株式会社ブラウザ試験${randomUUID().slice(0, 8)}`;
  const email = `hana-${randomWord()}@browser.example`;
  const [applicant, reviewer, approver] = await Promise.all(
    [1, 2, 3].map(() => openBrowser({ javaScriptEnabled: false })),
  );
  if (!applicant || !reviewer || !approver) throw new Error('no browser');
  try {
    await apply(await applicant.context.newPage(), company, email);
    const { db } = workers.composed;
    const applications = await db.query.applications.findMany();
    const application = applications.find(({ companyName }) => companyName === company);
    expect(application).toMatchObject({
      channel: 'web',
      companyKana: 'ブラウザテスト',
      postalCode: '100-0005',
    });
    const id = application?.id ?? '';

    const reviewPage = await signIn(reviewer.context, 'reviewer');
    await formIsThere(reviewPage, id);
    await decide(reviewPage, id, 'recommendAccept', 'noProblem');
    await reviewPage.goto(`${web.url}/staff/applications/${id}`);
    expect(await reviewPage.locator('form:has([name="verdict"][value="accept"])').count()).toBe(0);

    const approvalPage = await signIn(approver.context, 'approver');
    await formIsThere(approvalPage, id);
    await decide(approvalPage, id, 'accept', 'agreeWithReview');

    const contract = await expect
      .poll(() => db.query.contracts.findFirst({ where: (t, { eq }) => eq(t.applicationId, id) }), {
        timeout: 20_000,
      })
      .toBeDefined()
      .then(() => db.query.contracts.findFirst({ where: (t, { eq }) => eq(t.applicationId, id) }));
    await approvalPage.goto(`${web.url}/staff/contracts/${contract?.id}`);
    expect(await approvalPage.locator('h1').innerText()).toContain(company);

    await expect
      .poll(
        async () => {
          await approvalPage.goto(`${web.url}/staff/outbox`);
          return approvalPage.locator('tr', { hasText: email }).filter({ hasText: '契約証書' }).count();
        },
        { timeout: 20_000 },
      )
      .toBe(1);
    await approvalPage
      .locator('tr', { hasText: email })
      .filter({ hasText: '契約証書' })
      .getByRole('link')
      .first()
      .click();
    expect(await approvalPage.content()).toContain('.pdf');
  } finally {
    await Promise.all([applicant.close(), reviewer.close(), approver.close()]);
  }
});
