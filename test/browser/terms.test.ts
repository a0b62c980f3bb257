import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findNoticeByCause } from '../../db/queries/notice/find.ts';
import { freezeRecipients } from '../../db/queries/notice/freeze.ts';
import { notices } from '../../db/schema/index.ts';
import type { Account } from '../../dev/base-data.ts';
import { addDays, jstDate, jstInstant } from '../../domain/civil-date.ts';
import { skipTo } from '../../gateway/clock.ts';
import { publicationWorkflowId } from '../../workflows/publication/messages.ts';
import { testAccounts } from '../support/accounts.ts';
import { openBrowser } from '../support/browser.ts';
import { applicants, eventually } from '../support/people.ts';
import { startWeb } from '../support/web.ts';
import { type RunningWorkers, startWorkers } from '../support/workers.ts';

/** So far ahead that no other test of the shared stack sees it in force. */
const effectiveOn = addDays(jstDate(Date.now()), 3_650);
const NUMBER = 900;
const DAY_MS = 86_400_000;

let workers: RunningWorkers;
let web: Awaited<ReturnType<typeof startWeb>>;
let accounts: Account[];
let nowMs = Date.now();
beforeAll(async () => {
  workers = await startWorkers();
  web = await startWeb(workers, { now: () => new Date(nowMs) });
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

const TERMS = `# Hasso 利用規約

第1条（目的）

この見本は、規約の表示と、版どうしの違いの表示を試すためのものです。

第2条（料金）

利用料金は、料金表に定める金額に消費税を加えた金額とします。
`;

test('from the upload of an edition to the day it binds: two people, notice, effect, without JavaScript', async () => {
  const { db } = workers.composed;
  const contractId = await applicants(db, workers.client).conclude();
  const [legal, approver, anybody] = await Promise.all(
    [1, 2, 3].map(() => openBrowser({ javaScriptEnabled: false })),
  );
  if (!legal || !approver || !anybody) throw new Error('no browser');
  try {
    const upload = await signIn(legal.context, 'legal');
    await upload.goto(`${web.url}/staff/terms/new`);
    await upload.getByRole('button', { name: '登録して承認に回す' }).click();
    expect(await upload.title()).toMatch(/^エラー：/);
    await upload.getByLabel('版の番号').fill(String(NUMBER));
    await upload.getByLabel('名称').fill('Hasso 利用規約');
    await upload.getByLabel('適用開始日').fill(effectiveOn);
    await upload.getByLabel('含む', { exact: true }).check();
    await upload.getByLabel('変更の理由と概要').fill('消費税の扱いを明らかにするため。');
    await upload
      .getByLabel('規約のファイル')
      .setInputFiles({ name: 'terms.md', mimeType: 'text/markdown', buffer: Buffer.from(TERMS) });
    await upload.getByRole('button', { name: '登録して承認に回す' }).click();
    await upload.waitForURL(/\/staff\/terms\/[0-9a-f-]{36}$/);
    const path = new URL(upload.url()).pathname;
    const id = path.split('/').at(-1) ?? '';
    expect(await upload.locator('ins').allTextContents()).toContainEqual(expect.stringContaining('消費税'));
    expect(await upload.locator('form [name="verdict"]').count()).toBe(0);
    const workflowId = publicationWorkflowId('termsEdition', id);
    const targetMs = jstInstant(effectiveOn) + DAY_MS / 2;
    const moved = await skipTo(workers.client, { workflowId, targetMs, id: randomUUID() });
    expect(moved.ok).toBe(true);
    await workers.client.workflow.getHandle(workflowId).result();
    nowMs = targetMs;
    await reader.goto(`${web.url}/terms`);
    expect(await reader.locator('.eyebrow').first().textContent()).toContain(`第${NUMBER}版`);
    await reader.goto(`${web.url}/apply`);
    expect(await reader.getByText(`利用規約 第${NUMBER}版に同意して申し込みます`).isVisible()).toBe(true);

    // The session of before has run out meanwhile.
    const later = await signIn(legal.context, 'legal');
    await later.goto(`${web.url}${path}/contracts`);
    const row = later.locator('tr', { has: later.locator(`a[href="/staff/contracts/${contractId}"]`) });
