import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changeStaff } from '../../db/queries/staff/change.ts';
import { staff } from '../../db/schema/index.ts';
import { codeAt } from '../support/authenticator.ts';
import { OIDC_CLIENT, startOidcServer } from '../support/oidc-server.ts';
import { Browser, fieldValue, signedIn, startWeb, type WebTest } from './support.ts';

let web: WebTest;
let service: Awaited<ReturnType<typeof startOidcServer>>;
beforeAll(async () => {
  service = await startOidcServer('http://localhost:8080/staff/sign-in/outside/callback');
  web = await startWeb({ oidc: { OIDC_ISSUER: service.issuer, ...OIDC_CLIENT } });
});
afterAll(async () => {
  await web.close();
  await service.close();
});

const pathOf = (url: string) => new URL(url).pathname + new URL(url).search;

/** From the button to where the service sends the browser back to. */
async function outAndBack(email: string, options: { verified?: boolean; browser?: Browser } = {}) {
  const { verified = true, browser = new Browser(web.app) } = options;
  service.served.person = { email, verified };
  const begun = await browser.get('/staff/sign-in/outside?next=/staff/contracts');
  expect(begun.status).toBe(302);
  return { browser, back: pathOf(await service.visit(begun.location ?? '')) };
}

const isIn = async (browser: Browser) => (await browser.get('/staff')).status === 200;

test('a verified address of an account signs in, in any case, and leads where the person wanted to go', async () => {
  const { email } = await signedIn(web, 'reviewer');
  const { browser, back } = await outAndBack(email.toUpperCase());
  expect((await browser.get(back)).location).toBe('/staff/contracts');
  expect(await isIn(browser)).toBe(true);
  expect((await new Browser(web.app).get('/staff/sign-in')).html).toContain('会社のアカウントでサインイン');
});

describe('nobody gets in', () => {
  const refused = async ({ browser, back }: Awaited<ReturnType<typeof outAndBack>>) => {
    const page = await browser.get(back);
    expect(page.status).toBe(403);
    expect(await isIn(browser)).toBe(false);
    return page;
  };

  test('with an address that no account has; none is made', async () => {
    const email = `${randomUUID()}@hasso.example`;
    expect((await refused(await outAndBack(email))).html).toContain('登録されていない');
    expect(await web.db.select().from(staff).where(eq(staff.email, email))).toHaveLength(0);
  });

  test('with an address that the service has not verified', async () => {
    const { email } = await signedIn(web, 'reviewer');
    await refused(await outAndBack(email, { verified: false }));
  });

  test('with a closed account', async () => {
    const { email } = await signedIn(web, 'reviewer');
    await changeStaff(web.db, { email }, { kind: 'disable' }, { actor: 'cli', now: new Date() });
    await refused(await outAndBack(email));
  });

  test('in another browser than the one that began, or twice', async () => {
    const { email } = await signedIn(web, 'reviewer');
    const { browser, back } = await outAndBack(email);
    await refused({ browser: new Browser(web.app), back });
    const other = new Browser(web.app);
    const another = await outAndBack(email, { browser: other });
    await refused({ browser: other, back });
    expect((await browser.get(back)).status).toBe(303);
    expect((await browser.get(back)).status).toBe(403);
    expect(another.back).not.toBe(back);
  });
});

test('whoever has an authenticator here is asked for its code here', async () => {
  const person = await signedIn(web, 'reviewer');
  const factor = '/staff/account/second-factor';
  const page = await person.browser.get(factor);
  const secret = /<code class="secret">([^<]*)/.exec(page.html)?.[1] ?? '';
  const code = codeAt(secret, new Date());
  await person.browser.post(factor, { csrf: person.csrf, sealed: fieldValue(page, 'sealed'), code });
  const { browser, back } = await outAndBack(person.email);
  expect((await browser.get(back)).title).toContain('確認コードの入力');
  expect(await isIn(browser)).toBe(false);
});

test('without the setting there is neither button nor address', async () => {
  const plain = await startWeb();
  try {
    const browser = new Browser(plain.app);
    expect((await browser.get('/staff/sign-in')).html).not.toContain('会社のアカウント');
    expect((await browser.get('/staff/sign-in/outside')).status).not.toBe(302);
  } finally {
    await plain.close();
  }
});
