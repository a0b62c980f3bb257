import { afterAll, beforeAll, expect, test } from 'vitest';
import { addDays, jstDate } from '../../domain/calendar/civil-date.ts';
import { type ContractWeb, startContractWeb } from './contract-support.ts';

let web: ContractWeb;
beforeAll(async () => {
  web = await startContractWeb();
});
afterAll(() => web.close());

test('accounts in use are recorded with the day of their count; a change to fewer licences is then refused (第7条1項)', async () => {
  const { path, driver, contractId } = await web.concluded({ contractKind: 'monthly', licences: 20 });
  const operations = await web.signedIn('operations');
  const page = await operations.browser.get(`${path}/accounts`);
  expect(page.html).toContain('記録なし');
  const today = jstDate(Date.now());
  const count = (accounts: string, countedOn: string) =>
    operations.browser.post(`${path}/accounts`, { csrf: operations.csrf, accounts, countedOn });
  const wrong = await count('十二', addDays(today, 1));
  expect(wrong.status).toBe(422);
  for (const field of ['accounts', 'countedOn']) expect(wrong.html).toContain(`href="#${field}"`);
  expect(wrong.html).toContain('value="十二"');
  for (const _ of [1, 2]) expect((await count('１２', today)).status).toBe(303);
  expect((await operations.browser.get(path)).html).toContain('12件（');
  const entries = await web.db.query.auditEntries.findMany({
    where: (t, { and, eq }) => and(eq(t.subjectId, contractId), eq(t.action, 'contract.accountsCounted')),
  });
  expect(entries).toMatchObject([
    { before: { accounts: 0, countedOn: null }, after: { accounts: 12, countedOn: today } },
  ]);

  const arrived = new Date().toISOString();
  const cut = (licences: number) => driver.ask({ kind: 'change', arrived, change: { licences } });
  expect((await cut(11)).answer).toMatchObject({ ok: false, clause: '第7条1項' });
  expect((await cut(12)).answer).toMatchObject({ ok: true });
});

test('who may not count accounts is told so', async () => {
  const { path } = await web.concluded({ contractKind: 'monthly' });
  const billing = await web.signedIn('billing');
  expect((await billing.browser.get(`${path}/accounts`)).status).toBe(403);
});
