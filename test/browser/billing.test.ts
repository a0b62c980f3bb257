import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { insertContractRows } from '../../dev/contract-rows.ts';
import { applicants, eventually } from '../support/people.ts';
import { type Site, startSite } from '../support/site.ts';

const DAY = '2027-05-10';

let site: Site;
let contractId: string;
beforeAll(async () => {
  site = await startSite({ ownStack: true });
  await insertContractRows(site.db, 2, { prefix: 'WEB' });
  contractId = await applicants(site.db, site.client).conclude();
});
afterAll(() => site.stop());

/** Reloads a run's page until it says something. */
const says = (page: Page, path: string, text: string) =>
  eventually(`the run's page says ${text}`, async () => {
    await page.goto(`${site.url}${path}`);
    return (await page.getByText(text).count()) > 0 ? true : null;
  });

async function decide(page: Page, path: string, heading: string, verdict: string): Promise<void> {
  await says(page, path, heading);
  await page.locator(`[name="verdict"][value="${verdict}"]`).check();
  await page.locator('[name="reason"]').fill('金額と先月との違いを確かめました。');
  await page.getByRole('button', { name: '判断を確定する' }).click();
  await page.waitForLoadState();
}

test('from the run that is begun by hand to the invoice in the mailbox, with two people and without JavaScript', async () => {
  const billing = await site.signIn('billing');
  await billing.goto(`${site.url}/staff/billing`);
  expect(await billing.locator('main').innerText()).toContain('いまの内容での請求額');
  await billing.locator('summary', { hasText: '請求処理を手で始める' }).click();
  await billing.getByLabel('請求処理の日').fill(DAY);
  await billing.getByLabel('テスト環境の契約を対象にする').check();
  await billing.getByRole('button', { name: '下書きの作成を始める' }).click();
  await billing.waitForURL(/\/staff\/billing\/runs\/[0-9a-f-]{36}$/);
  const path = new URL(billing.url()).pathname;
  await decide(billing, path, '請求の下書きの確認', 'agree');

  const approver = await site.signIn('approver');
  await decide(approver, path, '請求の発行の承認', 'agree');
  await says(approver, path, '請求書を発行・送付しました');
  expect(await approver.locator('main').innerText()).toContain('TEST-INV-2027-000003');

  await billing.goto(`${site.url}/staff/invoices`);
  await billing.getByLabel('検索').fill('INV-2027-000002');
  await billing.getByRole('button', { name: '検索する' }).click();
  expect(await billing.locator('main tbody > tr').count()).toBeGreaterThan(0);
  await billing.getByRole('link', { name: 'TEST-INV-2027-000002' }).click();
  expect(await billing.locator('main').innerText()).toContain('請求書');
  await billing.goto(`${site.url}/staff/contracts/${contractId}`);
  expect(await billing.locator('#billing').innerText()).toContain('これからの請求');
  await approver.goto(`${site.url}/staff/outbox`);
  expect(await approver.locator('tr', { hasText: '請求書をお送りします' }).count()).toBe(3);
});
