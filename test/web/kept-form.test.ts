import { randomUUID } from 'node:crypto';
import { parse } from 'node-html-parser';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { Browser, fieldValue, type Page, signedIn, startWeb, type WebTest } from './support.ts';

let web: WebTest;
beforeAll(async () => {
  web = await startWeb();
});
beforeEach(() => {
  web.clock.now = null;
});
afterAll(() => web.close());

const WORDS = '二月から運用を移すため。\n詳しくは別紙のとおりです。';
type Person = Awaited<ReturnType<typeof signedIn>>;

/** A form that is sent an hour after the last visit. */
async function sentTooLate(person: Person, fields: Record<string, string> = {}): Promise<Page> {
  web.clock.now = new Date(Date.now() + 3_600_000);
  const typed = { key: 'billing.day', version: '0', value: '12', reason: WORDS, commandId: randomUUID() };
  return person.browser.post('/staff/policies', { csrf: person.csrf, ...typed, ...fields });
}

async function signInOn(page: Page, { browser, email, password }: Omit<Person, 'id' | 'csrf'>) {
  const carried = { formToken: fieldValue(page, 'formToken'), next: fieldValue(page, 'next') };
  return browser.post('/staff/sign-in', { ...carried, kept: fieldValue(page, 'kept'), email, password });
}

/** The fields of the form that sends it again. */
function keptFields(page: Page): Record<string, string> {
  const form = parse(page.html).querySelector('form[action="/staff/policies"]');
  const inputs = form?.querySelectorAll('[name]') ?? [];
  return Object.fromEntries(
    inputs.map((each) => [
      each.getAttribute('name') ?? '',
      // The line break right after the opening of a text area belongs to its markup.
      each.tagName === 'TEXTAREA'
        ? each.textContent.replace(/^\s*\n/, '')
        : (each.getAttribute('value') ?? ''),
    ]),
  );
}

test('what was typed before the session ended is there after the sign-in, and is sent by a click alone', async () => {
  const person = await signedIn(web, 'admin');
  const late = await sentTooLate(person);
  expect(late.status).toBe(403);
  expect(late.html).toContain('送信した操作は行われていません');
  expect(late.html).not.toContain('二月から');
  const kept = await signInOn(late, person);
  expect(kept.status).toBe(200);
  expect(kept.html).toContain('二月から運用を移すため。');
  const before = (await person.browser.get('/staff/policies')).html;
  expect(before).not.toContain('詳しくは別紙');
  const fields = keptFields(kept);
  expect(fields).toMatchObject({ key: 'billing.day', value: '12', reason: WORDS });
  expect((await person.browser.post('/staff/policies', fields)).location).toContain('done=billing.day');
});

test('a wrong password in between loses nothing', async () => {
  const person = await signedIn(web, 'admin');
  const wrong = await signInOn(await sentTooLate(person), { ...person, password: 'wrong' });
  expect(wrong.status).toBe(422);
  expect((await signInOn(wrong, person)).html).toContain('二月から運用を移すため。');
});

test('somebody else who signs in on that page sees nothing of it', async () => {
  const person = await signedIn(web, 'admin');
  const other = await signedIn(web, 'admin');
  const entered = await signInOn(await sentTooLate(person), { ...other, browser: person.browser });
  expect(entered.status).toBe(303);
  expect(entered.html).not.toContain('二月から');
});

test('after twelve hours, when the browser has dropped its cookie, the form still tells whose it is', async () => {
  const person = await signedIn(web, 'admin');
  person.browser.cookies.delete('hasso');
  expect((await signInOn(await sentTooLate(person), person)).html).toContain('二月から運用を移すため。');
});

test('passwords are not carried, and a form of nobody is refused as before', async () => {
  const person = await signedIn(web, 'admin');
  const late = await sentTooLate(person, { presentPassword: 'secret-in-form' });
  expect((await signInOn(late, person)).html).not.toContain('secret-in-form');
  const stranger = new Browser(web.app);
  const refused = await stranger.post('/staff/policies', { csrf: 'made-up', reason: WORDS });
  expect(refused.status).toBe(403);
  expect(refused.html).not.toContain('name="kept"');
});
