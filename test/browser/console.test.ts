import { eq } from 'drizzle-orm';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { staff } from '../../db/schema/index.ts';
import { applicants } from '../support/people.ts';
import { type Site, startSite } from '../support/site.ts';

let site: Site;
let people: ReturnType<typeof applicants>;
beforeAll(async () => {
  site = await startSite({ javaScriptEnabled: true });
  people = applicants(site.db, site.client);
});
afterAll(() => site.stop());

async function waiting(): Promise<string> {
  const { applicationId } = await people.submit();
  await people.waitFor(applicationId, 'review');
  return applicationId;
}

const pathOf = (page: Page) => new URL(page.url()).pathname;
const inView = async (page: Page, selector: string) => {
  const box = await page.locator(selector).first().boundingBox();
  return box !== null && box.y >= 0 && box.y + box.height <= 720;
};

describe('the console at 1280 × 720', () => {
  test('7: application and evidence stand side by side, and the decision with its button is in view, also after scrolling', async () => {
    const page = await site.signIn('reviewer');
    await page.goto(`${site.url}/staff/applications/${await waiting()}`);
    const [left, right] = await Promise.all(
      ['#entered', '#judged'].map((id) => page.locator(id).boundingBox()),
    );
    expect(left?.y).toBe(right?.y);
    expect(left?.x ?? 0).toBeLessThan(right?.x ?? 0);
    await page
      .locator('.split-pane')
      .first()
      .evaluate((pane) => pane.scrollBy(0, 900));
    for (const part of [
      '#judged',
      '#decide [name=verdict]',
      '#decide [name=reason]',
      '#decide [type=submit]',
    ]) {
      expect(await inView(page, part), part).toBe(true);
    }
  });

  test('18: j and k walk the queue, Enter opens, a digit chooses, Ctrl+Enter asks and sends, and the next case is offered', async () => {
    const applicationId = await waiting();
    const page = await site.signIn('reviewer');
    await page.goto(`${site.url}/staff?view=all&sort=newest`);
    await page.keyboard.press('j');
    const first = await page.locator(':focus').getAttribute('href');
    expect(first).toBe(await page.locator('.row-link').first().getAttribute('href'));
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    expect(await page.locator(':focus').getAttribute('href')).toBe(first);
    await page.keyboard.press('Enter');
    await page.waitForURL(`**${first}`);

    await page.goto(`${site.url}/staff/applications/${applicationId}`);
    await page.keyboard.press('1');
    expect(await page.locator('input[name=verdict]').first().isChecked()).toBe(true);
    await page.locator('#decide [name=reasonCode]').selectOption({ index: 1 });
    await page.locator('#decide [name=reason]').focus();
    // Silent inside inputs: these are letters.
    await page.keyboard.type('j?/登記と一致');
    expect(await page.locator('#decide [name=reason]').inputValue()).toBe('j?/登記と一致');
    await page.keyboard.press('Control+Enter');
    const question = page.getByRole('dialog');
    expect(await question.textContent()).toContain('承諾を推薦する');
    await question.getByRole('button', { name: '確定する' }).click();
    await page.getByText('判断を記録しました。').waitFor();
    expect(pathOf(page)).toBe(`/staff/applications/${applicationId}`);
    expect(await page.getByRole('button', { name: '次の案件を担当する' }).isVisible()).toBe(true);
    await page.reload();
    expect(await page.getByText('判断を記録しました。').count()).toBe(0);
  });

  test('18: ? explains the keys, / goes to the search, and both can be switched off', async () => {
    const page = await site.signIn('support');
    await page.keyboard.press('?');
    const help = page.getByRole('dialog', { name: '表示とキー操作' });
    expect(await help.isVisible()).toBe(true);
    await help.getByRole('button', { name: '閉じる' }).click();
    await page.keyboard.press('/');
    expect(await page.locator(':focus').getAttribute('id')).toBe('search-all');
    await page.locator('h1').click();
    await page.keyboard.press('?');
    await help.getByLabel('キーで操作する').uncheck();
    await help.getByRole('button', { name: '保存する' }).click();
    await page.waitForSelector('body[data-keys=off]');
    await page.keyboard.press('?');
    expect(await page.getByRole('dialog').count()).toBe(0);
  });

  test('2: the whole row is clickable, and Back brings the same rows again', async () => {
    await waiting();
    const page = await site.signIn('reviewer');
    await page.goto(`${site.url}/staff?view=free&sort=newest`);
    const rows = await page.locator('.row-link').allTextContents();
    const row = page.locator('tr:has(.row-link)').first();
    const box = await row.locator('td').nth(3).boundingBox();
    await page.mouse.click((box?.x ?? 0) + 5, (box?.y ?? 0) + 30);
    await page.waitForURL(/\/staff\/applications\//);
    await page.goBack();
    expect(new URL(page.url()).search).toBe('?view=free&sort=newest');
    expect(await page.locator('.row-link').allTextContents()).toEqual(rows);
  });

  test('an open queue whose session has ended says so, and keeps what it shows', async () => {
    await waiting();
    const page = await site.signIn('reviewer');
    await page.clock.install();
    await page.goto(`${site.url}/staff?view=all`);
    const rows = await page.locator('.row-link').count();
    await page.context().clearCookies();
    await page.clock.runFor(31_000);
    await page.getByText('サインインの有効時間が終わりました').waitFor();
    expect(await page.locator('.row-link').count()).toBe(rows);
  });
});

describe('a contract', () => {
  test('19: its timeline runs from the application to what lies ahead, and shows one kind alone when asked', async () => {
    const contractId = await people.conclude();
    const page = await site.signIn('operations');
    await page.goto(`${site.url}/staff/contracts/${contractId}`);
    const history = page.locator('#timeline');
    for (const words of [
      '申込を受け付けました',
      '利用契約が成立しました',
      '次の更新を止める解約の到達期限',
      '第10条1項',
    ]) {
      expect(await history.textContent()).toContain(words);
    }
    await history.getByRole('link', { name: /^書類/ }).click();
    await page.waitForURL(/history=documents/);
    expect(await history.textContent()).toContain('契約証書を発行しました');
    expect(await history.textContent()).not.toContain('申込を受け付けました');
  });

  test('says in one line what it costs and until when it can be cancelled, scrolls as one page, and has one menu', async () => {
    const contractId = await people.conclude();
    const page = await site.signIn('operations');
    await page.goto(`${site.url}/staff/contracts/${contractId}`);
    const head = (await page.locator('.record-head').textContent()) ?? '';
    expect(head).toMatch(/額 [\d,]+円（税抜）/);
    expect(head).toContain('次の解約期限');
    await page.locator('.record-head summary').click();
    expect(await page.getByRole('link', { name: '解約を入力' }).isVisible()).toBe(true);
    const nested = await page.evaluate<number>(`[...document.querySelectorAll('main *')].filter((each) =>
      each.scrollHeight > each.clientHeight + 1 && /auto|scroll/.test(getComputedStyle(each).overflowY)).length`);
    expect(nested).toBe(0);
    await page.getByRole('link', { name: '経過と予定' }).click();
    await expect.poll(() => inView(page, '#timeline h3')).toBe(true);
  });

  test('21: a mail is read from its case as it was sent', async () => {
    const contractId = await people.conclude();
    const page = await site.signIn('operations');
    await page.goto(`${site.url}/staff/contracts/${contractId}`);
    await page.getByRole('link', { name: /契約証書をお送りします/ }).click();
    await page.waitForURL(/\/mails\//);
    expect(await page.locator('.mail-text').textContent()).toContain('契約証書');
    expect(await page.locator('.files').textContent()).toContain('.pdf');
  });

  test('on paper is black on white, without buttons, forms and menus', async () => {
    const contractId = await people.conclude();
    const page = await site.signIn('operations');
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    await page.goto(`${site.url}/staff/contracts/${contractId}`);
    for (const part of ['header.staff-header', 'main form', '.menu', '.jump', '.button']) {
      expect(await page.locator(part).filter({ visible: true }).count(), part).toBe(0);
    }
    const ink = await page.evaluate<string>("getComputedStyle(document.querySelector('h1')).color");
    expect(ink).toBe('rgb(26, 26, 28)');
  });
});

test('how a person wants the console is kept with the account, and closer rows are closer', async () => {
  const page = await site.signIn('legal');
  await page.goto(`${site.url}/staff/preferences`);
  const main = page.getByRole('main');
  await main.getByLabel('表の行をつめて表示する').check();
  await main.getByRole('button', { name: '保存する' }).click();
  await page.waitForSelector('body.dense');
  const rows = await site.db.select().from(staff).where(eq(staff.name, '試験 legal'));
  expect(rows.some(({ preferences }) => preferences.dense === true)).toBe(true);
});
