import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import type { Account } from './base-data.ts';
import { CHROMIUM_ARGUMENTS, ensureChromium } from './chromium.ts';
import { varDir } from './paths.ts';
import { runProgram, stopRequest } from './program.ts';
import { startStack } from './stack.ts';

/** Below /staff, by a role that sees them; without what has a record of its own in the address. */
const CONSOLE_PAGES = {
  legal: [
    'archive',
    'notices',
    'notices/new',
    'terms',
    'terms/new',
    'suspensions',
    'suspensions/new',
    'lists',
  ],
  billing: ['billing', 'invoices'],
  admin: [
    'fee-changes',
    'fee-changes/new',
    'discontinuations',
    'discontinuations/new?scope=service&lastDay=2027-12-31',
    'data',
    'disclosures',
    'data-requests',
    'statistics',
    'data-map',
    'policies',
  ],
};
const PUBLIC_PAGES = ['terms', 'notices', 'verify'];

const outDir = join(varDir, 'screens');
const stateDir = join(outDir, '.state');

/** Takes a picture of every page, with the sample data, into var/screens. */
await runProgram(async () => {
  rmSync(outDir, { recursive: true, force: true });
  mkdirSync(outDir, { recursive: true });
  const signal = stopRequest();
  const executablePath = await ensureChromium();
  const stack = await startStack({
    stateDir,
    apps: ['web', 'interactive', 'background'],
    signal,
    throwaway: true,
  });
  try {
    await stack.run('sample-data', 'dev/sample-data.ts');
    const accounts = JSON.parse(readFileSync(join(stateDir, 'accounts.json'), 'utf8')) as Account[];
    const context = await chromium.launchPersistentContext(join(stateDir, 'browser'), {
      executablePath,
      args: [...CHROMIUM_ARGUMENTS],
      viewport: { width: 1280, height: 720 },
      locale: 'ja-JP',
    });
    await takeAll(context, stack.urls.web ?? '', accounts);
    await context.close();
  } finally {
    await stack.stop();
  }
  console.log(`Pictures: ${outDir}`);
  return 0;
});

async function takeAll(context: BrowserContext, base: string, accounts: Account[]): Promise<void> {
  const page = await context.newPage();
  const shoot = async (name: string, path: string | null, whole = false) => {
    if (path !== null) await page.goto(`${base}${path}`);
    await page.screenshot({ path: join(outDir, `${name}.png`), fullPage: whole });
  };
  const hrefs = (selector: string) =>
    page.locator(selector).evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));

  await shoot('01-apply', '/apply', true);
  await page.getByRole('button', { name: /確認/ }).click();
  await shoot('02-apply-errors', null);
  await signIn(page, base, accounts, 'operations', () => shoot('03-sign-in', null));
  await shoot('04-queue', '/staff');
  await shoot('05-applications', '/staff/applications');
  const applications = await hrefs('a[href^="/staff/applications/"]:not([href$="/new"])');
  for (const [index, href] of [...new Set(applications)].entries()) {
    await shoot(`06-application-${index + 1}`, href, true);
  }
  await shoot('07-entry', '/staff/applications/new', true);
  await shoot('08-contracts', '/staff/contracts');
  const contracts = await hrefs('a[href^="/staff/contracts/"]');
  for (const [index, href] of [...new Set(contracts)].entries())
    await shoot(`09-contract-${index + 1}`, href, true);
  for (const href of [...new Set(contracts)].slice(0, 1)) await shoot('09-contact', `${href}/contact`, true);
  for (const href of [...new Set(contracts)].slice(0, 1))
    await shoot('09-officers', `${href}/officers`, true);
  for (const href of [...new Set(contracts)].slice(0, 1)) {
    await shoot('09-deletion', `${href}/deletion`, true);
    await shoot('09-telephony', `${href}/telephony`, true);
  }
  await shoot('10-outbox', '/staff/outbox');
  const mails = await hrefs('a[href^="/staff/outbox/"]');
  for (const [index, href] of [...new Set(mails)].slice(0, 3).entries())
    await shoot(`11-mail-${index + 1}`, href, true);
  await shoot('12-not-found', '/staff/applications/00000000-0000-4000-8000-000000000000');
  // Nobody has every right: the rest is seen by who runs the settings and by who writes to customers.
  for (const [role, names] of Object.entries(CONSOLE_PAGES)) {
    await context.clearCookies();
    await signIn(page, base, accounts, role, async () => undefined);
    for (const name of names) {
      await shoot(`13-${name.replaceAll(/[^a-z-]+/g, '-')}`, `/staff/${name}`, true);
    }
  }
  for (const name of PUBLIC_PAGES) await shoot(`14-public-${name}`, `/${name}`, true);
}

async function signIn(
  page: Page,
  base: string,
  accounts: Account[],
  role: string,
  before: () => Promise<void>,
): Promise<void> {
  const account = accounts.find((each) => each.role === role);
  await page.goto(`${base}/staff/sign-in`);
  await before();
  await page.locator('[name="email"]').fill(account?.email ?? '');
  await page.locator('[name="password"]').fill(account?.password ?? '');
  await page.locator('main form button[type="submit"]').click();
  await page.waitForURL(/\/staff(\?|$)/);
}
