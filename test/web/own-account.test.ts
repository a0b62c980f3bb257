import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditEntries } from '../../db/schema/index.ts';
import { Browser, fieldValue, signedIn, startWeb, type WebTest } from './support.ts';

let web: WebTest;
beforeAll(async () => {
  web = await startWeb();
});
afterAll(() => web.close());

const NEW = 'correct horse battery';

async function elsewhere(email: string, password: string): Promise<Browser> {
  const browser = new Browser(web.app);
  browser.headers = { 'user-agent': 'Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36' };
  const formToken = fieldValue(await browser.get('/staff/sign-in'), 'formToken');
  expect((await browser.post('/staff/sign-in', { formToken, email, password })).status).toBe(303);
  return browser;
}
const isIn = async (browser: Browser) => (await browser.get('/staff')).status === 200;
const chosen = (newPassword: string, presentPassword: string) => ({
  ...{ newPassword, newPasswordAgain: newPassword, presentPassword },
});

test('another password takes the present one, ends the other sessions and keeps this one', async () => {
  const { browser, csrf, email, password } = await signedIn(web, 'reviewer');
  const other = await elsewhere(email, password);
  const send = (fields: Record<string, string>) =>
    browser.post('/staff/account/password', { csrf, ...fields });
  expect((await send(chosen(NEW, 'wrong'))).html).toContain('現在のパスワードが正しくありません');
  expect((await send(chosen('short', password))).status).toBe(422);
  expect((await send({ ...chosen(NEW, password), newPasswordAgain: 'x' })).html).toContain(
    '一致していません',
  );
  expect(await isIn(other)).toBe(true);
  expect((await send(chosen(NEW, password))).location).toBe('/staff/account?done=password');
  expect([await isIn(other), await isIn(browser)]).toEqual([false, true]);
  expect(await isIn(await elsewhere(email, NEW))).toBe(true);
});

test('a stolen session cannot guess the present password: it waits as at the sign-in', async () => {
  const { browser, csrf } = await signedIn(web, 'reviewer');
  const statuses: number[] = [];
  for (let guess = 0; guess < 8; guess += 1) {
    const page = await browser.post('/staff/account/password', { csrf, ...chosen(NEW, `guess ${guess}`) });
    statuses.push(page.status);
  }
  expect(statuses.slice(0, 6)).toEqual(Array(6).fill(422));
  expect(statuses).toContain(429);
});

test('the list says where from and when, and ends the others by one click', async () => {
  const { browser, csrf, id, email, password } = await signedIn(web, 'reviewer');
  const other = await elsewhere(email, password);
  const page = await browser.get('/staff/account');
  expect(page.html).toContain('Windows の Chrome');
  expect(page.html).toContain('この端末');
  const ended = await browser.post('/staff/account/sign-out-others', { csrf });
  expect(ended.location).toBe('/staff/account?done=others');
  expect([await isIn(other), await isIn(browser)]).toEqual([false, true]);
  expect((await browser.get('/staff/account')).html).not.toContain('Windows の Chrome');
  const audit = await web.db.select().from(auditEntries).where(eq(auditEntries.subjectId, id));
  expect(audit.map(({ action }) => action)).toContain('staff.sessionsEnded');
});
