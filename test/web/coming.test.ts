import { afterAll, beforeAll, expect, test } from 'vitest';
import { storedContract } from '../support/stored-contract.ts';
import { signedIn, startWeb, type WebTest } from './support.ts';

let web: WebTest;
beforeAll(async () => {
  web = await startWeb();
});
afterAll(() => web.close());

test('the question about an end shows the invoices until it to those who may see them, and to nobody else', async () => {
  const { path } = await storedContract(web);
  const [billing, support] = [await signedIn(web, 'billing'), await signedIn(web, 'support')];
  const page = await billing.browser.get(`${path}/what-if`);
  expect(page.status).toBe(200);
  expect(page.html).toContain('それまでの請求書（見込み）');
  expect((await support.browser.get(`${path}/what-if`)).html).not.toContain('それまでの請求書');
});
