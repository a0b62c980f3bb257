import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { createStaff } from '../../db/queries/staff/create.ts';
import type { StaffRole } from '../../domain/desk/roles.ts';
import { openBrowser } from './browser.ts';
import { startOwnStack } from './own-stack.ts';
import { startWeb } from './web.ts';
import { startWorkers } from './workers.ts';

export type Site = Awaited<ReturnType<typeof startSite>>;

interface SiteOptions extends NonNullable<Parameters<typeof startWeb>[1]> {
  /** On a stack of its own: for what the test files on the shared stack would trip over. */
  ownStack?: boolean;
  /** Everything works without scripts, so the browsers have none unless this is set. */
  javaScriptEnabled?: boolean;
}

/** The web application in front of running workers, and people at browsers of their own; `stop` closes all of it. */
export async function startSite(options: SiteOptions = {}) {
  const { ownStack = false, javaScriptEnabled = false, ...webOptions } = options;
  const stack = ownStack ? await startOwnStack() : null;
  const workers = await startWorkers(stack?.env);
  const web = await startWeb(workers, webOptions);
  const { db } = workers.composed;
  const browsers: Awaited<ReturnType<typeof openBrowser>>[] = [];

  /** An empty page in a browser of its own. */
  async function newPage(): Promise<Page> {
    const browser = await openBrowser({ javaScriptEnabled });
    browsers.push(browser);
    return browser.context.newPage();
  }

  /** Somebody new with these roles, signed in, in a browser of their own. */
  async function signIn(...roles: StaffRole[]): Promise<Page> {
    const account = { email: `${randomUUID()}@staff.example`, password: randomUUID() };
    await createStaff(db, { ...account, name: `試験 ${roles[0]}`, roles, sample: true }, 'test');
    const page = await newPage();
    await page.goto(`${web.url}/staff/sign-in`);
    await page.getByLabel('メールアドレス').fill(account.email);
    await page.getByLabel('パスワード').fill(account.password);
    await page.getByRole('button', { name: 'サインイン' }).click();
    await page.waitForURL(/\/staff(\?|$)/);
    return page;
  }

  return {
    db,
    client: workers.client,
    url: web.url,
    newPage,
    signIn,
    async stop() {
      for (const browser of browsers) await browser.close();
      await web.stop();
      await workers.stop();
      await stack?.stop();
    },
  };
}
