import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cleanApplication } from '../support/application.ts';
import { emlOf } from '../support/eml.ts';
import { pdfOf } from '../support/pdf.ts';
import { applicants } from '../support/people.ts';
import { type Site, startSite } from '../support/site.ts';

const PICTURE = readFileSync('test/data/seal.png');

let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site.stop());

const uniqueName = (word: string) => `株式会社${word}${randomUUID().slice(0, 8)}`;

async function fillIn(page: Page, company: string): Promise<void> {
  const { options: _, usedInJapanOnly: __, licences, ...texts } = cleanApplication({ companyName: company });
  const { contractKind, planCode, communicationPayment, ...typed } = texts;
  for (const [name, value] of Object.entries({ ...typed, licences: String(licences) })) {
    await page.locator(`[name="${name}"]`).fill(value);
  }
  await page.locator('[name="usedInJapanOnly"]').check();
  await page.locator('[name="agree"]').check();
  for (const [name, value] of Object.entries({ contractKind, planCode, communicationPayment })) {
    await page.locator(`[name="${name}"][value="${value}"]`).check();
  }
}

const idOf = async (companyName: string): Promise<string> => {
  const rows = await site.db.query.applications.findMany();
  const row = rows.find((each) => each.companyName === companyName);
  if (row === undefined) throw new Error(`there is no application of ${companyName}`);
  return row.id;
};

async function applyOnTheWeb(company: string): Promise<string> {
  const page = await site.newPage();
  await page.goto(`${site.url}/apply`);
  await fillIn(page, company);
  await page.getByRole('button', { name: '入力内容を確認する' }).click();
  await page.getByRole('button', { name: 'この内容で申し込む' }).click();
  await page.waitForURL(/\/apply\/receipt/);
  return idOf(company);
}

interface IncomingFile {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

/** Staff read the file, look at it beside the form while typing, and register. */
async function typeIn(
  page: Page,
  entry: { company: string; file: IncomingFile; channel?: string; look: () => Promise<void> },
): Promise<string> {
  await page.goto(`${site.url}/staff/applications/new`);
  await page.locator('[name="scanFile"]').setInputFiles(entry.file);
  await page.getByRole('button', { name: 'ファイルを読み込む' }).click();
  await page.getByRole('heading', { name: entry.file.name }).waitFor();
  await entry.look();
  if (entry.channel !== undefined) {
    await page.locator(`[name="channel"][value="${entry.channel}"]`).check();
    await page.locator('[name="receivedOn"]').fill('2026-03-02');
    await page.locator('[name="receivedTime"]').fill('10:30');
  }
  await fillIn(page, entry.company);
  await page.getByRole('button', { name: '登録して確認を始める' }).click();
  await page.waitForURL(/\/staff\/applications\/[0-9a-f-]{36}/);
  return idOf(entry.company);
}

/** Waits until the form for a decision is there, once the checks have run. */
async function openForm(page: Page, applicationId: string, verdict: string) {
  const form = page.locator(`form:has([name="verdict"][value="${verdict}"])`).last();
  await expect
    .poll(
      async () => {
        await page.goto(`${site.url}/staff/applications/${applicationId}`);
        return form.count();
      },
      { timeout: 20_000 },
    )
    .toBe(1);
  return form;
}

async function decide(page: Page, applicationId: string, verdict: string, reasonCode: string) {
  const form = await openForm(page, applicationId, verdict);
  await form.locator(`[name="verdict"][value="${verdict}"]`).check();
  await form.locator('[name="reasonCode"]').selectOption(reasonCode);
  await form.locator('[name="reason"]').fill('記載内容と確認結果を確かめたため。');
  await form.locator('button.button-primary').click();
  await page.waitForLoadState();
}

/** The status of a decision that is sent by hand, past the form. */
async function byHand(page: Page, path: string, fields: Record<string, string>): Promise<number> {
  const csrf = (await page.locator('[name="csrf"]').first().getAttribute('value')) ?? '';
  const response = await page.request.post(`${site.url}${path}`, {
    headers: { origin: site.url },
    form: { csrf, commandId: randomUUID(), reason: '手で送信', ...fields },
    maxRedirects: 0,
  });
  return response.status();
}

const statusOf = async (id: string) =>
  (await site.db.query.applications.findFirst({ where: (t, { eq }) => eq(t.id, id) }))?.status;
const openTask = async (id: string, kind: string) =>
  (
    await site.db.query.tasks.findMany({
      where: (t, { and, eq }) => and(eq(t.subjectId, id), eq(t.status, 'open')),
    })
  ).find((task) => task.kind === kind)?.id ?? '';

test('an application by each channel goes through review to a contract, with what came in beside the fields', async () => {
  const clerk = await site.signIn('operations');
  const frame = clerk.locator('iframe.scan');
  const scan = Buffer.from(await pdfOf('APPLICATION BY FAX'));
  const mail = emlOf('申込書をお送りします。', [
    { name: '申込書.pdf', type: 'application/pdf', bytes: scan },
  ]);
  const ids = {
    web: await applyOnTheWeb(uniqueName('ウェブ')),
    email: await typeIn(clerk, {
      company: uniqueName('メール'),
      file: { name: '申込.eml', mimeType: 'message/rfc822', buffer: Buffer.from(mail) },
      look: async () => {
        const words = await clerk.locator('.split-pane').first().innerText();
        for (const word of ['青葉 花子', '利用申込の件', '申込書をお送りします。', '9:05'])
          expect(words).toContain(word);
        expect(await clerk.locator('[name="channel"][value="email"]').isChecked()).toBe(true);
        expect(await clerk.locator('[name="receivedOn"]').inputValue()).toBe('2026-03-02');
      },
    }),
    fax: await typeIn(clerk, {
      company: uniqueName('ファクス'),
      file: { name: 'fax.pdf', mimeType: 'application/pdf', buffer: scan },
      channel: 'fax',
      look: async () => {
        const [left, right] = await Promise.all([
          frame.boundingBox(),
          clerk.locator('#companyName').boundingBox(),
        ]);
        expect((left?.x ?? 0) + (left?.width ?? 0)).toBeLessThan(right?.x ?? 0);
      },
    }),
    post: await typeIn(clerk, {
      company: uniqueName('郵送'),
      file: { name: 'scan.png', mimeType: 'image/png', buffer: PICTURE },
      channel: 'post',
      look: async () => {
        await clerk.locator('img.scan-image').waitFor();
      },
    }),
  };
  const [reviewer, approver] = [await site.signIn('reviewer'), await site.signIn('approver')];
  for (const [channel, id] of Object.entries(ids)) {
    await decide(reviewer, id, 'recommendAccept', 'noProblem');
    await decide(approver, id, 'accept', 'agreeWithReview');
    await expect.poll(() => statusOf(id), { timeout: 20_000 }).toBe('concluded');
    const row = await site.db.query.applications.findFirst({
      where: (t, { eq }) => eq(t.id, id),
    });
    expect(row?.channel).toBe(channel);
  }
});

test('a reviewer sees a hit side by side; once confirmed nobody can accept, not even by hand', async () => {
  const company = '株式会社黒鉄興業';
  const people = applicants(site.db, site.client);
  const { applicationId: id } = await people.submit({
    companyName: company,
    companyKana: 'クロガネコウギョウ',
  });
  const reviewer = await site.signIn('reviewer');
  await openForm(reviewer, id, 'confirmed');
  const finding = reviewer.locator('article.finding-hit').first();
  const boxes = await Promise.all(
    [0, 1].map((side) => finding.locator('.compare > div').nth(side).boundingBox()),
  );
  expect(boxes[0]?.y).toBe(boxes[1]?.y);
  expect(await finding.locator('.compare').innerText()).toMatch(
    /申込の記載[\s\S]*反社会的勢力リスト 第\d+版/,
  );
  expect(await finding.innerText()).toContain('一致する点');

  await decide(reviewer, id, 'confirmed', 'sameSubject');
  await reviewer.goto(`${site.url}/staff/applications/${id}`);
  expect(await reviewer.locator('[name="verdict"][value="recommendAccept"]').count()).toBe(0);
  const taskId = await openTask(id, 'review');
  const recommend = { taskId, verdict: 'recommendAccept', reasonCode: 'noProblem' };
  expect(await byHand(reviewer, `/staff/applications/${id}/review`, recommend)).toBe(422);

  await decide(reviewer, id, 'recommendRefuse', 'antisocial');
  const approver = await site.signIn('approver');
  await openForm(approver, id, 'refuse');
  expect(await approver.locator('[name="verdict"][value="accept"]').count()).toBe(0);
  const accept = { taskId: await openTask(id, 'approval'), verdict: 'accept', reasonCode: 'noProblem' };
  expect(await byHand(approver, `/staff/applications/${id}/approval`, accept)).toBe(422);
  expect(await statusOf(id)).toBe('approval');
});

test('nobody approves their own review: the form is missing, and a decision by hand is 403', async () => {
  const both = await site.signIn('reviewer', 'approver');
  const people = applicants(site.db, site.client);
  const { applicationId: id } = await people.submit({ companyName: uniqueName('兼務') });
  await decide(both, id, 'recommendAccept', 'noProblem');
  await people.waitFor(id, 'approval');
  await both.goto(`${site.url}/staff/applications/${id}`);
  expect(await both.locator('[name="verdict"]').count()).toBe(0);
  expect(await both.locator('#decide').innerText()).toContain('あなたが審査しました');
  const accept = { taskId: await openTask(id, 'approval'), verdict: 'accept', reasonCode: 'agreeWithReview' };
  expect(await byHand(both, `/staff/applications/${id}/approval`, accept)).toBe(403);
  expect(await statusOf(id)).toBe('approval');
});

test('a new list version opens a case on a live contract; the decision changes nothing by itself', async () => {
  const company = uniqueName('再確認');
  const people = applicants(site.db, site.client);
  const contractId = await people.conclude({ companyName: company });
  const legal = await site.signIn('legal');
  await legal.goto(`${site.url}/staff/lists/internal`);
  const csv = ['id,種別,名称,住所', `B-1,法人,${company},東京都千代田区`, 'B-2,法人,,'].join('\n');
  const file = { name: '社内.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) };
  await legal.locator('[name="listFile"]').setInputFiles(file);
  await legal.getByRole('button', { name: 'ファイルを読み込んで確認する' }).click();
  await legal.waitForURL(/\/imports\//);
  expect(await legal.locator('main').innerText()).toMatch(/3行目[\s\S]*名称がありません/);
  await legal.getByRole('button', { name: /取り込む$/ }).click();
  await legal.waitForURL(/\/rescreening$/);
  await legal.getByText(/完了（\d+件）/).waitFor({ timeout: 30_000 });

  await legal.goto(`${site.url}/staff/contracts/${contractId}`);
  await legal.getByRole('link', { name: '一致を確認する' }).click();
  const compared = await legal.locator('.compare').allInnerTexts();
  expect(compared.join()).toMatch(/契約の記載[\s\S]*社内リスト 第\d+版/);
  expect(compared.join()).toContain('東京都千代田区千代田1番1号');
  const form = legal.locator('form:has([name="verdict"])');
  await form.locator('button.button-primary').click();
  expect(await legal.title()).toMatch(/^エラー：/);
  await form.locator('[name="verdict"][value="confirmed"]').check();
  await form.locator('[name="reasonCode"]').selectOption('sameSubject');
  await form.locator('[name="reason"]').fill('登記簿で同一の法人と確認したため。');
  await form.locator('button.button-primary').click();
  await legal.getByText('「該当」と判断されています').waitFor();
  expect(await legal.locator('form:has([name="verdict"])').count()).toBe(0);
  const contract = await site.db.query.contracts.findFirst({
    where: (t, { eq }) => eq(t.id, contractId),
  });
  expect(contract?.status).toBe('active');
});
