import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { sessions } from '../../db/schema/index.ts';
import { Browser, fieldValue, signedIn, startWeb, type WebTest } from './support.ts';

let web: WebTest;
beforeAll(async () => {
  web = await startWeb();
});
afterAll(() => web.close());
beforeEach(() => {
  web.clock.now = null;
});
afterEach(() => {
  vi.useRealTimers();
});

const signIn = async (browser: Browser, fields: Record<string, string>) => {
  const form = await browser.get('/staff/sign-in');
  return browser.post('/staff/sign-in', { formToken: fieldValue(form, 'formToken'), ...fields });
};

describe('signing in', () => {
  test('an unknown account, a wrong password and an empty form get the same answer', async () => {
    const { email } = await signedIn(web, 'reviewer');
    const answers = [];
    for (const fields of [
      { email, password: 'wrong' },
      { email: `${randomUUID()}@hasso.example`, password: 'wrong' },
      { email: '', password: '' },
      { email: 'a\0b@hasso.example', password: 'wrong' },
      { email: `'; drop table staff; --`, password: `' or '1'='1` },
    ]) {
      const page = await signIn(new Browser(web.app), fields);
      expect(page.status).toBe(422);
      answers.push(/<div class="error-summary"[\s\S]*?<\/div>/.exec(page.html)?.[0]);
    }
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toContain('メールアドレスまたはパスワードが正しくありません');
  });

  test('the address may be typed in any width and case; the cookie is out of reach of scripts', async () => {
    const { email, password } = await signedIn(web, 'reviewer');
    const browser = new Browser(web.app);
    const page = await signIn(browser, { email: ` ${email.toUpperCase()}\u3000`, password });
    expect(page.location).toBe('/staff');
    const cookie = page.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^hasso=/);
    expect(cookie).toContain('HttpOnly');
    expect(cookie).toContain('SameSite=Lax');
  });

  test('only the hash of the token is stored', async () => {
    const { browser } = await signedIn(web, 'reviewer');
    const token = browser.cookies.get('hasso') ?? '';
    const rows = await web.db.select().from(sessions);
    expect(JSON.stringify(rows)).not.toContain(token);
  });

  test('afterwards people get where they wanted to go, but never to another site', async () => {
    const { email, password } = await signedIn(web, 'reviewer');
    const wanted = await new Browser(web.app).get('/staff/applications?q=a');
    expect(wanted.status).toBe(303);
    expect(wanted.location).toBe('/staff/sign-in?next=%2Fstaff%2Fapplications%3Fq%3Da');
    for (const [next, target] of [
      ['/staff/applications?q=a', '/staff/applications?q=a'],
      ['https://evil.example/staff', '/staff'],
      ['//evil.example', '/staff'],
      ['/staff//evil.example', '/staff'],
      ['/staff\\evil', '/staff'],
    ] as const) {
      expect((await signIn(new Browser(web.app), { email, password, next })).location).toBe(target);
    }
  });

  test('a form without our token is refused', async () => {
    const { email, password } = await signedIn(web, 'reviewer');
    expect((await new Browser(web.app).post('/staff/sign-in', { email, password })).status).toBe(403);
  });

  test('the seventh mistake in a row waits, with the right password too, and says so', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { email, password } = await signedIn(web, 'reviewer');
    const browser = new Browser(web.app);
    for (let attempt = 1; attempt <= 6; attempt += 1) {
      expect((await signIn(browser, { email, password: 'wrong' })).status).toBe(422);
    }
    const held = await signIn(browser, { email, password });
    expect(held.status).toBe(429);
    expect(held.html).toContain('ほど待ってから');
  });

  test('over https the cookie is a __Host- one; sample accounts do not get in in production', async () => {
    const { email, password } = await signedIn(web, 'reviewer');
    const https = await startWeb({ config: { WEB_URL: 'https://console.hasso.example' } });
    const live = await startWeb({ config: { HASSO_MODE: 'production' } });
    try {
      const secure = await signIn(new Browser(https.app), { email, password });
      expect(secure.headers.get('set-cookie')).toMatch(/^__Host-hasso=.*Secure/);
      expect(secure.headers.get('strict-transport-security')).toContain('max-age');
      const refused = await signIn(new Browser(live.app), { email, password });
      expect(refused.status).toBe(422);
      expect(refused.html).toContain('メールアドレスまたはパスワードが正しくありません');
    } finally {
      await https.close();
      await live.close();
    }
  });
});

describe('a session', () => {
  const isIn = async (browser: Browser) => (await browser.get('/staff')).status === 200;

  test('ends after 30 minutes without a visit', async () => {
    const { browser } = await signedIn(web, 'reviewer');
    const start = Date.now();
    web.clock.now = new Date(start + 29 * 60_000);
    expect(await isIn(browser)).toBe(true);
    web.clock.now = new Date(start + 58 * 60_000);
    expect(await isIn(browser)).toBe(true);
    web.clock.now = new Date(start + 90 * 60_000);
    expect(await isIn(browser)).toBe(false);
  });

  test('ends after 12 hours however busy', async () => {
    const { browser } = await signedIn(web, 'reviewer');
    const start = Date.now();
    for (let minutes = 25; minutes < 720; minutes += 25) {
      web.clock.now = new Date(start + minutes * 60_000);
      expect(await isIn(browser)).toBe(true);
    }
    web.clock.now = new Date(start + 721 * 60_000);
    expect(await isIn(browser)).toBe(false);
  });

  test('ends for good with the sign-out, on the server too', async () => {
    const { browser, csrf } = await signedIn(web, 'reviewer');
    const cookie = browser.cookies.get('hasso') ?? '';
    expect((await browser.post('/staff/sign-out', { csrf: 'wrong' })).status).toBe(403);
    expect((await browser.post('/staff/sign-out', { csrf })).location).toBe('/staff/sign-in');
    expect(browser.cookies.has('hasso')).toBe(false);
    const thief = new Browser(web.app);
    thief.cookies.set('hasso', cookie);
    expect(await isIn(thief)).toBe(false);
  });

  test('a command without a session, or with an expired one, is refused in words and not carried out', async () => {
    const { browser, csrf } = await signedIn(web, 'reviewer');
    web.clock.now = new Date(Date.now() + 3_600_000);
    const page = await browser.post('/staff/tasks/next', { csrf });
    expect(page.status).toBe(403);
    expect(page.html).toContain('送信した操作は行われていません');
    expect((await new Browser(web.app).post('/staff/tasks/next', { csrf })).status).toBe(403);
  });

  test('pages of the console are not kept by browsers or proxies', async () => {
    const { browser } = await signedIn(web, 'reviewer');
    expect((await browser.get('/staff')).headers.get('cache-control')).toBe('no-store');
  });
});
