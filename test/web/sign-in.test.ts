import { randomUUID } from 'node:crypto';
import { and, eq, like } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { changeStaff } from '../../db/queries/staff/change.ts';
import { attemptCounts, auditEntries } from '../../db/schema/index.ts';
import { Browser, fieldValue, type Page, signedIn, startWeb, type WebTest } from './support.ts';

let web: WebTest;
beforeAll(async () => {
  web = await startWeb();
});
afterEach(() => {
  vi.useRealTimers();
});
afterAll(() => web.close());

async function tryIn(browser: Browser, email: string, password: string): Promise<Page> {
  const form = await browser.get('/staff/sign-in');
  return browser.post('/staff/sign-in', { formToken: fieldValue(form, 'formToken'), email, password });
}

/** Somebody from elsewhere who guesses until they are held back. */
async function guessUntilHeldBack(browser: Browser, email: string): Promise<Page> {
  laterBy(0);
  for (let guess = 1; guess <= 6; guess += 1) {
    expect((await tryIn(browser, email, `guess ${guess}`)).status, `guess ${guess}`).toBe(422);
  }
  return tryIn(browser, email, 'guess 7');
}

const auditOf = (action: string, subjectId: string) =>
  web.db
    .select()
    .from(auditEntries)
    .where(and(eq(auditEntries.action, action), eq(auditEntries.subjectId, subjectId)))
    .orderBy(auditEntries.sequence);

/** Time stands still, so much later: a slow machine changes nothing. */
function laterBy(seconds: number): void {
  const now = Date.now();
  if (!vi.isFakeTimers()) vi.useFakeTimers({ toFake: ['Date'] });
  vi.setSystemTime(now + seconds * 1000);
}

describe('wrong passwords', () => {
  test('make whoever guesses wait, with the right password too, and say for how long', async () => {
    const { email, password } = await signedIn(web, 'reviewer');
    const stranger = new Browser(web.app);
    const held = await guessUntilHeldBack(stranger, email);
    expect(held.status).toBe(429);
    expect(held.html).toMatch(/[12]秒ほど待ってから/);
    expect((await tryIn(stranger, email, password)).status).toBe(429);
  });

  test('lock nobody out: the person comes in from elsewhere at once, and from the same address after the wait', async () => {
    const { email, password } = await signedIn(web, 'reviewer');
    const stranger = new Browser(web.app);
    expect((await guessUntilHeldBack(stranger, email)).status).toBe(429);
    expect((await tryIn(new Browser(web.app), email, password)).status).toBe(303);
    laterBy(3);
    expect((await tryIn(stranger, email, password)).status).toBe(303);
  });

  test('of a colleague behind the same address hold nobody back in a browser that they use', async () => {
    const { browser, email, password } = await signedIn(web, 'reviewer');
    const colleague = new Browser(web.app);
    colleague.address = browser.address;
    expect((await guessUntilHeldBack(colleague, email)).status).toBe(429);
    expect((await tryIn(browser, email, password)).status).toBe(303);
    colleague.cookies.set('hasso-browser', 'made.up');
    expect((await tryIn(colleague, email, password)).status).toBe(429);
  });

  test('make each wait longer than the last, and attempts during a wait do not', async () => {
    const { email } = await signedIn(web, 'reviewer');
    const stranger = new Browser(web.app);
    await guessUntilHeldBack(stranger, email);
    for (let more = 0; more < 5; more += 1) expect((await tryIn(stranger, email, 'x')).status).toBe(429);
    laterBy(3);
    expect((await tryIn(stranger, email, 'x')).status).toBe(422);
    expect((await tryIn(stranger, email, 'x')).html).toMatch(/[34]秒ほど待ってから/);
  });

  test('that come in hundreds at the same moment are not more than those that come one by one', async () => {
    const { email } = await signedIn(web, 'reviewer');
    const stranger = new Browser(web.app);
    laterBy(0);
    const formToken = fieldValue(await stranger.get('/staff/sign-in'), 'formToken');
    const fields = { formToken, email, password: 'x' };
    const pages = await Promise.all(
      Array.from({ length: 30 }, () => stranger.post('/staff/sign-in', fields)),
    );
    expect(pages.filter(({ status }) => status === 422)).toHaveLength(6);
    expect(pages.filter(({ status }) => status === 429)).toHaveLength(24);
  });

  test('are forgotten with a success', async () => {
    const { email, password } = await signedIn(web, 'reviewer');
    const browser = new Browser(web.app);
    laterBy(0);
    for (let round = 0; round < 3; round += 1) {
      for (let guess = 0; guess < 5; guess += 1) {
        expect((await tryIn(browser, email, 'mistyped')).status).toBe(422);
      }
      browser.cookies.clear();
      expect((await tryIn(browser, email, password)).status, `round ${round}`).toBe(303);
      browser.cookies.clear();
    }
  });

  test('and being held back are in the audit log, for accounts that there are not too, without what was typed', async () => {
    const { email, id } = await signedIn(web, 'reviewer');
    const stranger = new Browser(web.app);
    await guessUntilHeldBack(stranger, email);
    await tryIn(stranger, email, 'guess 8');
    const failed = await auditOf('staff.signInFailed', id);
    expect(failed.map(({ after }) => after?.attempt)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(new Set(failed.map(({ after }) => after?.from)).size).toBe(1);
    expect(await auditOf('staff.signInHeldBack', id)).toHaveLength(1);
    const typed = `${randomUUID()}@nowhere.example`;
    const before = (await auditOf('staff.signInFailed', 'unknown')).length;
    await tryIn(new Browser(web.app), typed, 'secret-typed');
    const unknown = await auditOf('staff.signInFailed', 'unknown');
    expect(unknown.length).toBe(before + 1);
    expect(JSON.stringify([...unknown, ...failed])).not.toMatch(/nowhere|secret-typed|guess/);
  });
});

describe('limits', () => {
  test('count in Postgres, so that another process, or a restart, does not begin anew; no address is stored', async () => {
    const { email } = await signedIn(web, 'reviewer');
    const stranger = new Browser(web.app);
    await guessUntilHeldBack(stranger, email);
    const other = await startWeb();
    try {
      const again = new Browser(other.app);
      again.address = stranger.address;
      expect((await tryIn(again, email, 'x')).status).toBe(429);
    } finally {
      await other.close();
    }
    const rows = await web.db.select().from(attemptCounts).where(like(attemptCounts.key, 'sign-in/%'));
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toContain(stranger.address.slice(0, 10));
    expect(JSON.stringify(rows)).not.toContain(email);
  });

  test('count the last hop before the trusted proxies: a made-up header neither helps nor harms', async () => {
    const { email } = await signedIn(web, 'reviewer');
    const behind = await startWeb({ config: { TRUSTED_PROXIES: '10.0.0.0/8' } });
    const from = (client: string) => {
      const browser = new Browser(behind.app);
      browser.address = '10.1.2.3';
      browser.headers = { 'x-forwarded-for': client };
      return browser;
    };
    try {
      const own = `198.51.100.${Math.ceil(Math.random() * 250)}`;
      await guessUntilHeldBack(from(`1.1.1.1, ${own}`), email);
      expect((await tryIn(from(`2.2.2.2, ${own}`), email, 'x')).status).toBe(429);
      expect((await tryIn(from(`${own}, 203.0.113.7`), email, 'x')).status).toBe(422);
    } finally {
      await behind.close();
    }
  });

  test('of the console count after the form has proved that it is ours', async () => {
    const strict = await startWeb({ limits: { signInsPerClient: 2 } });
    try {
      const { email } = await signedIn(web, 'reviewer');
      const browser = new Browser(strict.app);
      for (let forged = 0; forged < 5; forged += 1) {
        expect((await browser.post('/staff/sign-in', { email, password: 'x' })).status).toBe(403);
      }
      expect((await tryIn(browser, email, 'x')).status).toBe(422);
      expect((await tryIn(browser, `${randomUUID()}@a.example`, 'x')).status).toBe(422);
      expect((await tryIn(browser, `${randomUUID()}@a.example`, 'x')).status).toBe(429);
    } finally {
      await strict.close();
    }
  });

  test('of the public form and of the console are apart', async () => {
    const strict = await startWeb({ limits: { signInsPerClient: 1, submitsPerClient: 1 } });
    try {
      const browser = new Browser(strict.app);
      await tryIn(browser, `${randomUUID()}@a.example`, 'x');
      expect((await tryIn(browser, `${randomUUID()}@a.example`, 'x')).status).toBe(429);
      const formToken = fieldValue(await browser.get('/apply'), 'formToken');
      const forged = await browser.post('/apply', { formToken: 'forged' });
      expect(forged.status).toBe(403);
      expect((await browser.post('/apply', { formToken })).status).toBe(422);
      expect((await browser.post('/apply', { formToken })).status).toBe(429);
    } finally {
      await strict.close();
    }
  });

  test('are not used up by those who sign in rightly', async () => {
    const strict = await startWeb({ limits: { signInsPerClient: 2 } });
    try {
      const { email, password } = await signedIn(web, 'reviewer');
      const browser = new Browser(strict.app);
      for (let time = 0; time < 4; time += 1) {
        browser.cookies.clear();
        expect((await tryIn(browser, email, password)).status).toBe(303);
      }
    } finally {
      await strict.close();
    }
  });
});

describe('sessions end', () => {
  const now = () => ({ actor: 'cli', now: new Date() });
  const isIn = async (browser: Browser) => (await browser.get('/staff')).status === 200;

  test.each([
    ['with another password', { kind: 'password', password: 'another one' }],
    ['with other roles', { kind: 'roles', roles: ['operations'] }],
    ['with a closed account', { kind: 'disable' }],
    ['when somebody asks for it', { kind: 'endSessions' }],
  ] as const)('%s, in every browser of that person and of nobody else', async (_, change) => {
    const { browser, email, password, id } = await signedIn(web, 'reviewer');
    const other = await signedIn(web, 'reviewer');
    const second = new Browser(web.app);
    await tryIn(second, email, password);
    expect([await isIn(browser), await isIn(second)]).toEqual([true, true]);
    expect(await changeStaff(web.db, { email }, change, now())).toEqual({ ok: true, endedSessions: 2 });
    expect([await isIn(browser), await isIn(second), await isIn(other.browser)]).toEqual([
      false,
      false,
      true,
    ]);
    const [entry] = await web.db
      .select()
      .from(auditEntries)
      .where(and(eq(auditEntries.subjectId, id), eq(auditEntries.actor, 'cli')));
    expect(entry?.after).toMatchObject({ endedSessions: 2 });
  });

  test('and a closed account is opened again without its old sessions', async () => {
    const { browser, email, password } = await signedIn(web, 'reviewer');
    await changeStaff(web.db, { email }, { kind: 'disable' }, now());
    expect((await tryIn(new Browser(web.app), email, password)).status).toBe(422);
    await changeStaff(web.db, { email }, { kind: 'enable' }, now());
    expect(await isIn(browser)).toBe(false);
    expect((await tryIn(new Browser(web.app), email, password)).status).toBe(303);
  });
});
