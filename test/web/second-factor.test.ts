import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { setPolicy } from '../../db/queries/policy/set.ts';
import { policies, secondFactors, tasks } from '../../db/schema/index.ts';
import { codeAt } from '../support/authenticator.ts';
import { Browser, fieldValue, type Page, signedIn, startWeb, type WebTest } from './support.ts';

let web: WebTest;
beforeAll(async () => {
  web = await startWeb();
});
/** Time stands still, for pages and limits alike. */
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});
afterAll(() => web.close());

const FACTOR = '/staff/account/second-factor';
const later = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1000);
type Person = Awaited<ReturnType<typeof signedIn>>;

const secretOn = (page: Page) => /<code class="secret">([^<]*)/.exec(page.html)?.[1] ?? '';

/** Somebody who has set up an authenticator. */
async function enrolled(...roles: Parameters<typeof signedIn>[1][]) {
  const person = await signedIn(web, ...roles);
  const page = await person.browser.get(FACTOR);
  const secret = secretOn(page);
  const fields = { csrf: person.csrf, sealed: fieldValue(page, 'sealed'), code: codeAt(secret, new Date()) };
  const done = await person.browser.post(FACTOR, fields);
  return { ...person, secret, recovery: codesOn(done) };
}

const codesOn = ({ html }: Page) =>
  [...html.matchAll(/<code>([A-Z2-7-]{19})<\/code>/g)].map(([, code = '']) => code);

const auditOf = async (id: string) =>
  (await web.db.query.auditEntries.findMany({ where: (t, { eq: is }) => is(t.subjectId, id) })).map(
    ({ action }) => action,
  );

async function withPassword(
  { email, password }: Pick<Person, 'email' | 'password'>,
  browser = new Browser(web.app),
) {
  const formToken = fieldValue(await browser.get('/staff/sign-in'), 'formToken');
  const question = await browser.post('/staff/sign-in', {
    formToken,
    email,
    password,
    next: '/staff/contracts',
  });
  return { browser, question };
}

async function answer({ browser, question }: Awaited<ReturnType<typeof withPassword>>, code: string) {
  const fields = { formToken: fieldValue(question, 'formToken'), half: fieldValue(question, 'half') };
  return browser.post('/staff/sign-in/code', { ...fields, next: fieldValue(question, 'next'), code });
}

test('the secret is stored encrypted, recovery codes as digests, and both are shown once', async () => {
  const { id, secret, recovery, browser } = await enrolled('reviewer');
  expect(recovery).toHaveLength(10);
  for (const told of [secret.replace(/\s/g, ''), ...recovery]) {
    // Compared where it lies: what is read here comes decrypted.
    const [row] = await web.db.execute(
      sql`select secret || array_to_string(recovery_hashes, ' ') like ${`%${told}%`} as told
          from second_factors where staff_id = ${id}`,
    );
    expect(row).toEqual({ told: false });
  }
  expect((await browser.get(FACTOR)).status).toBe(409);
  expect((await browser.get('/staff/account')).html).toContain('残り10個');
});

describe('with a right code one by oneself', () => {
  test('gets new recovery codes, which end the old ones', async () => {
    const { id, browser, csrf, secret, recovery } = await enrolled('reviewer');
    later(60);
    const path = `${FACTOR}/recovery-codes`;
    const wrong = await browser.post(path, { csrf, code: '000000' });
    expect([wrong.status, wrong.html]).toEqual([
      422,
      expect.stringContaining('確認コードが正しくありません'),
    ]);
    const code = codeAt(secret, new Date());
    const renewed = codesOn(await browser.post(path, { csrf, code }));
    expect(renewed).toHaveLength(10);
    // A code counts once.
    expect((await browser.post(path, { csrf, code })).status).toBe(422);
    expect((await browser.post(path, { csrf, code: recovery[0] ?? '' })).status).toBe(422);
    expect((await browser.post(path, { csrf, code: renewed[0] ?? '' })).status).toBe(200);
    expect(await auditOf(id)).toEqual(
      expect.arrayContaining(['staff.recoveryRenewed', 'staff.recoveryUsed']),
    );
  });

  test('sets up another authenticator, once; until its first code the old one holds', async () => {
    const person = await enrolled('reviewer');
    const { browser, csrf } = person;
    later(60);
    const renewal = { csrf, code: codeAt(person.secret, new Date()) };
    const page = await browser.post(`${FACTOR}/renewal`, renewal);
    const secret = secretOn(page);
    expect(secret).not.toBe(person.secret);
    const set = { csrf, sealed: fieldValue(page, 'sealed') };
    expect((await browser.post(FACTOR, { ...set, code: '000000' })).status).toBe(422);
    const early = await answer(await withPassword(person), person.recovery[0] ?? '');
    expect(early.status).toBe(303);
    expect(codesOn(await browser.post(FACTOR, { ...set, code: codeAt(secret, new Date()) }))).toHaveLength(
      10,
    );
    later(60);
    expect((await browser.post(FACTOR, { ...set, code: codeAt(secret, new Date()) })).status).toBe(409);
    const [old, fresh] = [await withPassword(person), await withPassword(person)];
    expect((await answer(old, codeAt(person.secret, new Date()))).status).toBe(422);
    expect((await answer(fresh, codeAt(secret, new Date()))).status).toBe(303);
  });
});

describe('after the password', () => {
  test('a code is asked for: nobody is in before, and everybody gets where they wanted to go', async () => {
    const person = await enrolled('reviewer');
    later(60);
    const asked = await withPassword(person);
    expect(asked.question.title).toContain('確認コードの入力');
    expect((await asked.browser.get('/staff')).status).toBe(303);
    expect((await answer(asked, '000000')).status).toBe(422);
    expect((await answer(asked, codeAt(person.secret, new Date()))).location).toBe('/staff/contracts');
    expect((await asked.browser.get('/staff')).status).toBe(200);
  });

  test('a code counts once, also the one that set it up, and codes of long ago never', async () => {
    const person = await enrolled('reviewer');
    expect((await answer(await withPassword(person), codeAt(person.secret, new Date()))).status).toBe(422);
    later(60);
    const code = codeAt(person.secret, new Date());
    expect((await answer(await withPassword(person), code)).status).toBe(303);
    expect((await answer(await withPassword(person), code)).status).toBe(422);
    later(300);
    expect((await answer(await withPassword(person), code)).status).toBe(422);
  });

  test('a recovery code stands for it, once, in whatever width it is typed', async () => {
    const person = await enrolled('reviewer');
    const [first = ''] = person.recovery;
    const typed = first.toLowerCase().replaceAll('-', ' ');
    expect((await answer(await withPassword(person), typed)).status).toBe(303);
    expect((await answer(await withPassword(person), first)).status).toBe(422);
    expect((await person.browser.get('/staff/account')).html).toContain('残り9個');
  });

  test('wrong codes make wait from wherever they come, and the password in between forgets none', async () => {
    const person = await enrolled('reviewer');
    later(60);
    for (let guess = 1; guess <= 6; guess += 1) {
      expect((await answer(await withPassword(person), '000000')).status, `guess ${guess}`).toBe(422);
    }
    const held = await answer(await withPassword(person), codeAt(person.secret, new Date()));
    expect(held.status).toBe(429);
    later(5);
    expect((await answer(await withPassword(person), codeAt(person.secret, new Date()))).status).toBe(303);
  });

  test('the first proof lasts ten minutes, and is another’s or made up for nobody', async () => {
    const person = await enrolled('reviewer');
    const asked = await withPassword(person);
    const made = { formToken: fieldValue(asked.question, 'formToken'), half: 'made-up' };
    expect((await asked.browser.post('/staff/sign-in/code', { ...made, code: '000000' })).status).toBe(403);
    later(601);
    expect((await answer(asked, codeAt(person.secret, new Date()))).status).toBe(403);
  });
});

test('a reset takes two administrators, and the person sets it up anew', async () => {
  const person = await enrolled('reviewer');
  const [first, second] = [await signedIn(web, 'admin'), await signedIn(web, 'admin')];
  const asked = await first.browser.post(`/staff/accounts/${person.id}/resetSecondFactor`, {
    ...{ csrf: first.csrf, commandId: randomUUID(), reason: '端末をなくしました。' },
  });
  const rows = () => web.db.select().from(secondFactors).where(eq(secondFactors.staffId, person.id));
  expect(await rows()).toHaveLength(1);
  const location = asked.location ?? '';
  const [task] = await web.db
    .select()
    .from(tasks)
    .where(eq(tasks.subjectId, location.split('/').at(-1) ?? ''));
  await second.browser.post(`${location}/decision`, {
    ...{ csrf: second.csrf, commandId: randomUUID(), taskId: task?.id ?? '' },
    ...{ verdict: 'confirm', reason: '本人に確かめました。' },
  });
  expect(await rows()).toHaveLength(0);
  expect((await withPassword(person)).question.location).toBe('/staff/contracts');
});

test('whoever has to have one sets it up before anything else is open', async () => {
  const person = await signedIn(web, 'auditor');
  const key = 'signIn.codeRoles' as const;
  const before = { key, afterVersion: 0, setBy: 'test', reason: '' };
  expect(await setPolicy(web.db, { ...before, value: ['auditor'] })).toBe(1);
  const { browser, question } = await withPassword(person);
  // Whoever signs in after this test is asked for nothing more.
  await web.db.delete(policies).where(eq(policies.key, key));
  expect(question.status).toBe(303);
  expect((await browser.get('/staff/contracts')).location).toBe(FACTOR);
  expect((await browser.get(`/api/contracts/${randomUUID()}/what-if`)).status).toBe(401);
  const page = await browser.get(FACTOR);
  expect(page.html).toContain('確認コードの設定が必要です');
  const secret = secretOn(page);
  const fields = { csrf: fieldValue(page, 'csrf'), sealed: fieldValue(page, 'sealed') };
  expect((await browser.post(FACTOR, { ...fields, code: '000000' })).status).toBe(422);
  expect((await browser.post(FACTOR, { ...fields, code: codeAt(secret, new Date()) })).status).toBe(200);
  expect((await browser.get('/staff/contracts')).status).toBe(200);
});
