import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OffBoardingDriver, offBoardingDriver } from '../support/off-boarding-driver.ts';
import { eventually } from '../support/people.ts';
import { type ContractWeb, hiddenFields, type Person, startContractWeb } from './contract-support.ts';
import type { Page } from './support.ts';

let web: ContractWeb;
let driver: OffBoardingDriver;
let operations: Person;
/** An ended contract whose telephony has to be done by hand, and with a partner. */
let contractId: string;
let path: string;
beforeAll(async () => {
  web = await startContractWeb();
  driver = offBoardingDriver(web.db, web.client);
  operations = await web.signedIn('operations');
  const subaccountSid = `AC${randomUUID().replaceAll('-', '')}`;
  contractId = await driver.contract({ subaccountSid }, { partnerName: '株式会社販売店テスト' });
  path = `/staff/contracts/${contractId}`;
  await driver.terminate(contractId);
  await driver.reached(contractId, 'serviceOff', 'stuck');
});
afterAll(() => web.close());

/** The hidden fields of one step's form. */
function formOf(page: Page, step: string): Record<string, string> {
  const from = page.html.indexOf(`action="${path}/off-boarding/${step}"`);
  const html = `<form ${page.html.slice(from, page.html.indexOf('</form>', from))}`;
  return hiddenFields({ ...page, html });
}

test('the contract page shows the steps, and its tasks lead to the work', async () => {
  const page = await operations.browser.get(path);
  expect(page.html).toContain('契約終了後の手続き');
  expect(page.html).toContain('サービスの停止');
  expect(page.html).toContain(`${path}/off-boarding#work-serviceOff`);
  expect(page.html).not.toContain('>serviceOff<');
});

test('a step is completed by hand with words, once however often it is sent; without words nothing happens and nothing typed is lost', async () => {
  const address = `${path}/off-boarding`;
  const page = await operations.browser.get(address);
  expect(page.html).toContain('電話サービスとの連携が設定されていません');
  const fields = formOf(page, 'serviceOff');
  const silent = await operations.browser.post(`${address}/serviceOff`, {
    ...fields,
    verdict: 'complete',
    reason: ' ',
  });
  expect(silent.status).toBe(422);
  expect(silent.title).toMatch(/^エラー：/);
  expect(formOf(silent, 'serviceOff').commandId).toBe(fields.commandId);
  expect((await driver.stepOf(contractId, 'serviceOff'))?.state).toBe('stuck');

  const words = { verdict: 'complete', reason: '電話サービスの管理画面で停止しました。' };
  const done = await operations.browser.post(`${address}/serviceOff`, { ...fields, ...words });
  expect([done.status, done.location]).toEqual([303, address]);
  const again = await operations.browser.post(`${address}/serviceOff`, { ...fields, ...words });
  expect([again.status, again.location]).toEqual([303, address]);
  expect(await driver.stepOf(contractId, 'serviceOff')).toMatchObject({
    state: 'done',
    completedBy: operations.id,
  });
  const shown = await operations.browser.get(address);
  expect(shown.html).toContain('電話サービスの管理画面で停止しました。');
  expect(shown.html).toContain('手作業で完了（operations 太郎）');
});

test('trying again is possible without words, but not for work that only people can do', async () => {
  const address = `${path}/off-boarding`;
  await driver.reached(contractId, 'usageRead', 'stuck');
  const page = await operations.browser.get(address);
  const retry = await operations.browser.post(`${address}/usageRead`, {
    ...formOf(page, 'usageRead'),
    verdict: 'retry',
    reason: '',
  });
  expect(retry.status).toBe(303);
  await eventually('it was tried again', async () => {
    const notes = await web.db.query.decisions.findMany({
      where: (t, { eq }) => eq(t.subjectId, contractId),
    });
    return notes.some(({ verdict, outcome }) => verdict === 'retry' && outcome === 'effective') ? true : null;
  });
  const work = await operations.browser.post(`${address}/partnerTold`, {
    ...formOf(page, 'partnerTold'),
    verdict: 'retry',
    reason: '',
  });
  expect(work.status).toBe(403);
});

test('only the role of the task acts; others see the state without forms', async () => {
  const reviewer = await web.signedIn('reviewer');
  const address = `${path}/off-boarding`;
  const page = await reviewer.browser.get(address);
  expect(page.status).toBe(200);
  expect(page.html).not.toContain('name="verdict"');
  const fields = formOf(await operations.browser.get(address), 'accountsClosed');
  const refused = await reviewer.browser.post(`${address}/accountsClosed`, {
    ...fields,
    csrf: reviewer.csrf,
    verdict: 'complete',
    reason: '停止しました。',
  });
  expect(refused.status).toBe(403);
  expect((await driver.stepOf(contractId, 'accountsClosed'))?.state).toBe('waiting');
});

test('a contract that has not ended has no such page', async () => {
  const { path: live } = await web.concluded();
  expect((await operations.browser.get(`${live}/off-boarding`)).status).toBe(404);
});
