import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Page, signedIn, startWeb, type WebTest } from './support.ts';

let web: WebTest;
let auditor: Awaited<ReturnType<typeof signedIn>>;
beforeAll(async () => {
  web = await startWeb();
  auditor = await signedIn(web, 'auditor');
});
afterAll(() => web.close());

const pathsOf = (method: 'GET' | 'POST'): string[] => [
  ...new Set(
    web.app.routes
      .filter((route) => route.method === method && /^\/(staff|api)\//.test(route.path))
      .map(({ path }) => path)
      .filter((path) => !path.startsWith('/staff/sign-in')),
  ),
];
/** A path with something in place of its parameters. */
const filled = (path: string) =>
  path.replace(/:\w+\{([^}|]+)[^}]*\}/g, '$1').replace(/:\w+/g, () => randomUUID());
const isRefused = ({ status, html }: Page) => status === 403 && html.includes('権限がありません');

/** What is about nobody but whoever sends it, and what only looks something up. */
const OPEN_POSTS = [
  '/staff/account/password',
  '/staff/account/second-factor',
  '/staff/account/second-factor/recovery-codes',
  '/staff/account/second-factor/renewal',
  '/staff/account/sign-out-others',
  '/staff/applications/search',
  '/staff/archive/search',
  '/staff/contracts/:id/numbers',
  '/staff/contracts/search',
  '/staff/disclosures/search',
  '/staff/invoices/search',
  '/staff/preferences',
  '/staff/search',
  '/staff/sign-out',
];

/** Pages on which something is entered, and where staged files are on their way. */
const FORMS = [
  '/staff/accounts/new',
  '/staff/applications/:id/mails/:mailId/again',
  '/staff/applications/new',
  '/staff/applications/new/files/:sealed',
  '/staff/contracts/:id/accounts',
  '/staff/contracts/:id/bank-account',
  '/staff/contracts/:id/mails/:mailId/again',
  '/staff/contracts/:id/requests/new/:kind',
  '/staff/data-requests/new',
  '/staff/disclosures/new',
  '/staff/fee-changes/new',
  '/staff/lists/:list/imports/:id',
  '/staff/lists/:list/readings/:id',
  '/staff/lists/:list/versions/:version/rollback',
  '/staff/notices/:id/edit',
  '/staff/notices/new',
  '/staff/partners/new',
  '/staff/suspensions/new',
  '/staff/terms/new',
];

test('an auditor sends nothing that changes anything: every route for a form refuses, but those named here', async () => {
  const open: string[] = [];
  const posts = pathsOf('POST');
  expect(posts.length).toBeGreaterThan(70);
  for (const path of posts) {
    // Without the token of the session: what lets the auditor through does nothing either.
    if (!isRefused(await auditor.browser.post(filled(path), {}))) open.push(path);
  }
  expect(open.toSorted()).toEqual(OPEN_POSTS);
});

test('an auditor reads everything but the pages that are a form and nothing else', async () => {
  const closed: string[] = [];
  for (const path of pathsOf('GET')) {
    if (isRefused(await auditor.browser.get(filled(path)))) closed.push(path);
  }
  expect(closed.toSorted()).toEqual(FORMS);
});

test('no form that changes something is offered to an auditor', async () => {
  for (const path of [
    '/staff',
    '/staff/policies',
    '/staff/accounts',
    '/staff/lists/antisocial',
    '/staff/payments',
  ]) {
    const { status, html } = await auditor.browser.get(path);
    expect(status, path).toBe(200);
    const actions = [...html.matchAll(/<form[^>]*method="post"[^>]*action="([^"]*)"/g)].map(([, to]) => to);
    expect(
      actions.filter((to) => !OPEN_POSTS.includes(to ?? '')),
      path,
    ).toEqual([]);
  }
});
