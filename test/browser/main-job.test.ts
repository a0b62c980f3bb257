import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { corporateNumber } from '../support/application.ts';
import { randomWord } from '../support/random-word.ts';
import { type Site, startSite } from '../support/site.ts';

let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site.stop());

async function apply(page: Page, company: string, email: string): Promise<void> {
  await page.goto(`${site.url}/apply`);
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
    await page.goto(`${site.url}/staff/applications/${applicationId}`);
    return page.locator('[name="verdict"]').count();
  };
  await expect.poll(forms, { timeout: 20_000 }).toBeGreaterThan(0);
}

async function decide(page: Page, applicationId: string, verdict: string, reasonCode: string): Promise<void> {
  await page.goto(`${site.url}/staff/applications/${applicationId}`);
  const form = page.locator(`form:has([name="verdict"][value="${verdict}"])`);
  await form.locator(`[name="verdict"][value="${verdict}"]`).check();
  await form.locator('[name="reasonCode"]').selectOption(reasonCode);
  await form.locator('[name="reason"]').fill('記載内容と確認結果に問題がないため。');
  await form.locator('button.button-primary').click();
  await page.waitForLoadState();
}

test('from the form to the certificate in the mailbox, with two people and without JavaScript', async () => {
  const company = `株式会社ブラウザ試験${randomUUID().slice(0, 8)}`;
  const email = `hana-${randomWord()}@browser.example`;
  await apply(await site.newPage(), company, email);
  const { db } = site;
  const applications = await db.query.applications.findMany();
  const application = applications.find(({ companyName }) => companyName === company);
  expect(application).toMatchObject({
    channel: 'web',
    companyKana: 'ブラウザテスト',
    postalCode: '100-0005',
  });
  const id = application?.id ?? '';

  const reviewPage = await site.signIn('reviewer');
  await formIsThere(reviewPage, id);
  await decide(reviewPage, id, 'recommendAccept', 'noProblem');
  await reviewPage.goto(`${site.url}/staff/applications/${id}`);
  expect(await reviewPage.locator('form:has([name="verdict"][value="accept"])').count()).toBe(0);

  const approvalPage = await site.signIn('approver');
  await formIsThere(approvalPage, id);
  await decide(approvalPage, id, 'accept', 'agreeWithReview');

  const contract = await expect
    .poll(() => db.query.contracts.findFirst({ where: (t, { eq }) => eq(t.applicationId, id) }), {
      timeout: 20_000,
    })
    .toBeDefined()
    .then(() => db.query.contracts.findFirst({ where: (t, { eq }) => eq(t.applicationId, id) }));
  await approvalPage.goto(`${site.url}/staff/contracts/${contract?.id}`);
  expect(await approvalPage.locator('h1').innerText()).toContain(company);

  await expect
    .poll(
      async () => {
        await approvalPage.goto(`${site.url}/staff/outbox`);
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
});
