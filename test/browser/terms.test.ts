import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findNoticeByCause } from '../../db/queries/notice/find.ts';
import { addDays, jstDate, jstInstant } from '../../domain/calendar/civil-date.ts';
import { skipTo } from '../../gateway/clock.ts';
import { publicationWorkflowId } from '../../workflows/publication/messages.ts';
import { endCampaign } from '../support/campaign.ts';
import { applicants, eventually } from '../support/people.ts';
import { type Site, startSite } from '../support/site.ts';

const effectiveOn = addDays(jstDate(Date.now()), 60);
const NUMBER = 12;
const DAY_MS = 86_400_000;

let nowMs = Date.now();
let site: Site;
beforeAll(async () => {
  site = await startSite({ ownStack: true, now: () => new Date(nowMs) });
});
afterAll(() => site.stop());

const TERMS = `# Hasso 利用規約

第1条（目的）

この見本は、規約の表示と、版どうしの違いの表示を試すためのものです。

第2条（料金）

利用料金は、料金表に定める金額に消費税を加えた金額とします。
`;

async function upload(page: Page): Promise<string> {
  await page.goto(`${site.url}/staff/terms/new`);
  await page.getByRole('button', { name: '登録して承認に回す' }).click();
  expect(await page.title()).toMatch(/^エラー：/);
  await page.getByLabel('版の番号').fill(String(NUMBER));
  await page.getByLabel('名称').fill('Hasso 利用規約');
  await page.getByLabel('適用開始日').fill(effectiveOn);
  await page.getByLabel('含む', { exact: true }).check();
  await page.getByLabel('変更の理由と概要').fill('消費税の扱いを明らかにするため。');
  await page
    .getByLabel('規約のファイル')
    .setInputFiles({ name: 'terms.md', mimeType: 'text/markdown', buffer: Buffer.from(TERMS) });
  await page.getByRole('button', { name: '登録して承認に回す' }).click();
  await page.waitForURL(/\/staff\/terms\/[0-9a-f-]{36}$/);
  return new URL(page.url()).pathname;
}

async function approve(page: Page, path: string): Promise<void> {
  await eventually('the approval is asked for', async () => {
    await page.goto(`${site.url}/staff?kind=termsApproval`);
    return (await page.getByText('利用規約の版の承認').count()) > 0 ? true : null;
  });
  await page.goto(`${site.url}${path}`);
  await page.locator('[name="verdict"][value="approve"]').check();
  await page.locator('[name="reasonCode"]').selectOption('contentChecked');
  await page.locator('[name="reason"]').fill('本文と告知の文面を確認しました。');
  await page.getByRole('button', { name: '判断を確定する' }).click();
  await page.waitForURL(`${site.url}${path}`);
}

test('from the upload of an edition to the day it binds: two people, notice, effect, without JavaScript', async () => {
  const { db, client } = site;
  const contractId = await applicants(db, client).conclude();
  const uploader = await site.signIn('legal');
  const path = await upload(uploader);
  const id = path.split('/').at(-1) ?? '';
  expect(await uploader.locator('ins').allTextContents()).toContainEqual(expect.stringContaining('消費税'));
  expect(await uploader.locator('form [name="verdict"]').count()).toBe(0);

  const second = await site.signIn('approver');
  await approve(second, path);
  expect(await second.locator('h1').textContent()).toContain('適用開始待ち');

  const notice = await eventually('the notice is posted and mailed', async () => {
    const row = await findNoticeByCause(db, { type: 'termsEdition', id });
    return row !== null && row.postedAt !== null && row.status === 'following' ? row : null;
  });
  const reader = await site.newPage();
  await reader.goto(`${site.url}/notices/${notice.id}`);
  expect(await reader.locator('h1').textContent()).toContain(`第${NUMBER}版`);
  const mailed = await db.query.noticeRecipients.findFirst({
    where: (t, { eq }) => eq(t.contractId, contractId),
  });
  expect(mailed).toMatchObject({ state: 'accepted', acceptedAt: expect.any(Date) });
  await reader.goto(`${site.url}/terms`);
  expect(await reader.locator('.eyebrow').first().textContent()).toContain('第11版');
  expect(await reader.locator('main .notice').textContent()).toContain(`第${NUMBER}版`);

  await endCampaign(client, notice.id);
  const workflowId = publicationWorkflowId('termsEdition', id);
  const targetMs = jstInstant(effectiveOn) + DAY_MS / 2;
  const moved = await skipTo(client, { workflowId, targetMs, id: randomUUID() });
  expect(moved.ok).toBe(true);
  expect(await client.workflow.getHandle(workflowId).result()).toBe('effective');
  nowMs = targetMs;
  await reader.goto(`${site.url}/terms`);
  expect(await reader.locator('.eyebrow').first().textContent()).toContain(`第${NUMBER}版`);
  await reader.goto(`${site.url}/apply`);
  expect(await reader.getByText(`利用規約 第${NUMBER}版に同意して申し込みます`).isVisible()).toBe(true);

  // The session of before has run out meanwhile.
  const later = await site.signIn('legal');
  await later.goto(`${site.url}${path}/contracts`);
  const row = later.locator('tr', { has: later.locator(`a[href="/staff/contracts/${contractId}"]`) });
  expect(await row.textContent()).toContain('適用開始日より前の告知');
});
