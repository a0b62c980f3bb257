import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import type { Account } from './base-data.ts';
import { CHROMIUM_ARGUMENTS, ensureChromium } from './chromium.ts';
import { varDir } from './paths.ts';
import { runProgram, stopRequest } from './program.ts';
import { addressKind, album, pictureName, VIEWS } from './screens/album.ts';
import { startStack } from './stack.ts';

/** How many records of a kind are shown: one that is open and one that is over, where there are both. */
const EXAMPLES = 2;
const PUBLIC_PAGES = ['/apply', '/terms', '/notices', '/verify'];

const outDir = join(varDir, 'screens');
const stateDir = join(outDir, '.state');

/**
 * Takes pictures of every page that links lead to over the sample data, as each role and as the public, each in light, dark, on a
 * phone and on paper, into var/screens with an index.html of them.
 */
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
      viewport: VIEWS.light,
      locale: 'ja-JP',
    });
    const taken = await takeAll(context, stack.urls.web ?? '', accounts);
    await context.close();
    writeFileSync(join(outDir, 'index.html'), album(taken));
    console.log(`Pictures of ${taken.length} pages: ${join(outDir, 'index.html')}`);
  } finally {
    await stack.stop();
  }
  return 0;
});

/** Gives the names of the pictures, in the order in which the pages were met. */
async function takeAll(context: BrowserContext, base: string, accounts: Account[]): Promise<string[]> {
  const page = await context.newPage();
  const shown = new Map<string, number>();
  const taken: string[] = [];
  const pictured = new Set<string>();

  /** Follows links from these pages on, each kind of address a few times; takes what nobody before had seen. */
  async function follow(starts: readonly string[], isOurs: (path: string) => boolean): Promise<void> {
    const waiting = [...starts];
    const met = new Set<string>();
    const opened = new Map<string, number>();
    for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
      const kind = addressKind(path);
      const before = opened.get(kind) ?? 0;
      if (met.has(path) || before >= EXAMPLES) continue;
      met.add(path);
      if (!(await opens(page, `${base}${path}`))) continue;
      opened.set(kind, before + 1);
      waiting.push(...(await links(page)).filter(isOurs));
      const number = (shown.get(kind) ?? 0) + 1;
      if (pictured.has(path) || number > EXAMPLES) continue;
      pictured.add(path);
      shown.set(kind, number);
      taken.push(pictureName(kind, number));
      await shoot(page, pictureName(kind, number));
    }
  }

  await follow(PUBLIC_PAGES, (path) => !path.startsWith('/staff'));
  await page.goto(`${base}/apply`);
  await page.getByRole('button', { name: /確認/ }).click();
  await shoot(page, 'apply-errors');
  taken.push('apply-errors');
  await follow(['/staff/sign-in'], () => false);
  for (const { role, email, password } of accounts) {
    await context.clearCookies();
    await signIn(page, base, { email, password });
    const before = taken.length;
    await follow(['/staff'], (path) => path.startsWith('/staff'));
    console.log(`${role}: ${taken.length - before} pages more`);
  }
  return taken;
}

/** Whether an address is a page: one that is saved as a file is none. */
async function opens(page: Page, url: string): Promise<boolean> {
  try {
    const answer = await page.goto(url);
    return answer?.headers()['content-type']?.startsWith('text/html') ?? false;
  } catch (error) {
    if (String(error).includes('Download is starting')) return false;
    throw error;
  }
}

/** The addresses of this site that a page leads to, without what stands behind `#`. */
function links(page: Page): Promise<string[]> {
  return page
    .locator('a[href^="/"]')
    .evaluateAll((found) => found.map((link) => (link.getAttribute('href') ?? '').replace(/#.*/, '')));
}

async function shoot(page: Page, name: string): Promise<void> {
  for (const [view, { width, height, ...media }] of Object.entries(VIEWS)) {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme: 'light', media: 'screen', ...media });
    await page.screenshot({ path: join(outDir, `${name}-${view}.png`), fullPage: true });
  }
  // What is not for paper is to be pressed again.
  await page.emulateMedia({ media: 'screen' });
}

async function signIn(page: Page, base: string, account: { email: string; password: string }): Promise<void> {
  await page.goto(`${base}/staff/sign-in`);
  await page.locator('[name="email"]').fill(account.email);
  await page.locator('[name="password"]').fill(account.password);
  await page.locator('main form button[type="submit"]').click();
  await page.waitForURL(/\/staff(\?|$)/);
}
