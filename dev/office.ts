import { setTimeout as delay } from 'node:timers/promises';
import type { Account } from './base-data.ts';
import { HttpUser, type Page, titleOf } from './http-user.ts';

/** An application as `samples/applications.jsonl` holds it: the fields of the form by name. */
export interface SampleApplication {
  id: string;
  title: string;
  channel: 'web' | 'fax' | 'email' | 'post';
  outcome: 'accept' | 'refuse' | 'correct' | 'withdraw' | 'wait';
  form: Record<string, string>;
}

const TIMEOUT_MS = 90_000;

/** Polls until something is there; fails with a sentence. */
export async function until<T>(what: string, check: () => Promise<T | null | undefined>): Promise<T> {
  const deadline = Date.now() + TIMEOUT_MS;
  for (;;) {
    const found = await check();
    if (found !== null && found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(`Waited in vain for: ${what}`);
    await delay(150);
  }
}

/** Signs a member of staff in. */
export async function signIn(base: string, account: Account): Promise<HttpUser> {
  const user = new HttpUser(base);
  const page = await user.get('/staff/sign-in');
  const signedIn = await user.post(page, '/staff/sign-in', {
    email: account.email,
    password: account.password,
  });
  if (signedIn.path.startsWith('/staff/sign-in')) throw new Error(`${account.email} could not sign in`);
  return user;
}

/** Fills in the public form up to the check page, or to the form again with its errors. */
export async function fillIn(applicant: HttpUser, sample: SampleApplication): Promise<Page> {
  const form = await applicant.get('/apply');
  return applicant.post(form, '/apply/confirm', { ...sample.form, agree: 'yes' });
}

/** Sends a check page; the receipt page. */
export async function send(applicant: HttpUser, checkPage: Page): Promise<Page> {
  const receipt = await applicant.post(checkPage, '/apply', {});
  if (!receipt.path.startsWith('/apply/receipt'))
    throw new Error(`The form was not taken: ${errorsOf(receipt).join(' ')}`);
  return receipt;
}

/** Staff type in a paper application; the page of the application. */
export async function typeIn(clerk: HttpUser, sample: SampleApplication, receivedAt: Date): Promise<Page> {
  const jst = new Date(receivedAt.getTime() + 9 * 3_600_000).toISOString();
  const form = await clerk.get('/staff/applications/new');
  const page = await clerk.post(form, '/staff/applications/new', {
    ...sample.form,
    channel: sample.channel,
    receivedOn: jst.slice(0, 10),
    receivedTime: jst.slice(11, 16),
    agree: 'yes',
  });
  if (!/^\/staff\/applications\/[0-9a-f-]{36}$/.test(page.path)) {
    throw new Error(`The application was not taken: ${errorsOf(page).join(' ')}`);
  }
  return page;
}

export interface Decision {
  verdict: string;
  reasonCode?: string;
  reason: string;
}

/**
 * Posts a decision as soon as its form is on the page at `path`. A form that is gone because the decision counts already (a repeat
 * after a crash) is fine when `done` says so.
 */
export async function decide(
  user: HttpUser,
  path: string,
  form: string,
  decision: Decision,
  done: () => Promise<boolean>,
): Promise<void> {
  await until(`${form} of ${path}`, async () => {
    if (await done()) return true;
    const page = await user.get(path);
    if (!user.hasForm(page, `${path}/${form}`)) return null;
    const answer = await user.post(page, `${path}/${form}`, { ...decision });
    if (answer.status === 422) throw new Error(`${titleOf(answer)} ${errorsOf(answer).join(' ')}`);
    return (await done()) ? true : null;
  });
}

/** The messages of an error summary. */
export function errorsOf(page: Page): string[] {
  return page.html.querySelectorAll('.error-summary li').map((item) => item.text.trim());
}
