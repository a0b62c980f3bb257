import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addDays, civilDate } from '../../domain/calendar/civil-date.ts';
import { type PlantedPaper, plantPapers } from '../support/issued-papers.ts';
import { type Site, startSite } from '../support/site.ts';
import { type PaymentFact, transferFile } from '../support/statement.ts';

const FIRST = civilDate('2026-11-24');
const MATCHING = 148;
const IN_PART = 20;
const STRANGERS = 20;
const NOTHING_OPEN = 12;
const YEN = 10_000;

/** Digits as kana, in both widths. */
const code = (n: number, digits: string): string =>
  [...String(n).padStart(4, '0')].map((digit) => digits[Number(digit)]).join('');
const wide = (n: number): string => `テスト${code(n, 'アイウエオカキクケコ')}`;
const narrow = (n: number): string => `ｶ)ﾃｽﾄ${code(n, 'ｱｲｳｴｵｶｷｸｹｺ')}`;

let site: Site;
let papers: PlantedPaper[];
beforeAll(async () => {
  site = await startSite({ ownStack: true, now: () => new Date('2026-12-07T10:00:00+09:00') });
  const facts = Array.from({ length: MATCHING + IN_PART + STRANGERS }, (_, n) => ({
    ...{ kana: `カブシキガイシャ${wide(n)}`, totalYen: YEN + n },
    ...{ issuedOn: civilDate('2026-11-10'), dueOn: civilDate('2026-11-30') },
  }));
  papers = await plantPapers(site.db, 'PAY', facts);
});
afterAll(() => site.stop());

/** 200 payments: 148 that match by themselves, 20 in part, 20 under names that nobody has, 12 of those who owe nothing more. */
function payments(): PaymentFact[] {
  const matching = Array.from({ length: MATCHING }, (_, n) => ({
    ...{ on: addDays(FIRST, 1), amountYen: YEN + n, name: narrow(n) },
  }));
  const inPart = Array.from({ length: IN_PART }, (_, n) => ({
    ...{ on: FIRST, amountYen: 5_000, name: narrow(MATCHING + n) },
  }));
  const strangers = Array.from({ length: STRANGERS }, (_, n) => ({
    ...{
      on: addDays(FIRST, 2),
      amountYen: YEN + MATCHING + IN_PART + n,
      name: `ｼﾗﾅｲ${code(n, 'ｱｲｳｴｵｶｷｸｹｺ')}`,
    },
  }));
  const nothingOpen = Array.from({ length: NOTHING_OPEN }, (_, n) => ({
    ...{ on: addDays(FIRST, 3), amountYen: 777, name: narrow(n) },
  }));
  return [...inPart, ...matching, ...strangers, ...nothingOpen];
}

/** Enter, once the page has given the focus to what it proposes: it does so when it is first drawn, later than `load`. */
async function accept(page: Page): Promise<void> {
  await page.locator('main :focus').waitFor();
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
}

const left = async (page: Page): Promise<string> => page.locator('h1').innerText();

test('a file of 200 payments: 148 match by themselves, the rest is settled by keyboard, the month is closed and exported', async () => {
  const page = await site.signIn('billing');
  await page.goto(`${site.url}/staff/payments`);
  await page.setInputFiles('[name="statement"]', {
    ...{ name: 'furikomi.txt', mimeType: 'text/plain', buffer: Buffer.from(transferFile(payments())) },
  });
  await page.getByLabel('テスト環境の契約への入金として取り込む').check();
  await page.getByRole('button', { name: '取り込む' }).click();
  const facts = await page.locator('dl.facts').innerText();
  expect(facts).toContain('200件');
  expect(facts).toContain('148件');
  expect(facts).toContain('52件');

  await page.getByRole('link', { name: '続けて消し込む' }).click();
  // In part: the proposal is filled in and has the focus, so that one key does it; ten in a row and ten more.
  for (let n = 52; n > 32; n -= 1) {
    expect(await left(page)).toContain(`残り${n}件`);
    await accept(page);
  }
  // Strangers: the one who owes exactly that is offered first; the next key accepts the proposal.
  for (let n = 32; n > 12; n -= 1) {
    expect(await left(page)).toContain(`残り${n}件`);
    await accept(page);
    await accept(page);
  }
  // Nothing open: all of it is a credit.
  for (let n = 12; n > 0; n -= 1) {
    expect(await left(page)).toContain(`残り${n}件`);
    await accept(page);
  }
  expect(await page.locator('main').innerText()).toContain('確認待ちの入金 0件');

  await page.goto(`${site.url}/staff/closes?month=2026-11&sandbox=yes`);
  await page.getByRole('button', { name: '2026-11を締める' }).click();
  expect(await page.locator('main').innerText()).toContain('2026-11は締められています');
  const total = papers.reduce((sum, { totalYen }) => sum + totalYen, 0);
  expect(await page.locator('dl.facts').innerText()).toContain(`${total.toLocaleString('ja-JP')}円`);
  const saved = page.waitForEvent('download');
  await page.getByRole('link', { name: 'freee（取引）' }).click();
  expect((await saved).suggestedFilename()).toBe('freee_2026-11.csv');
});
