import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createFileStorage } from '../../storage/file-storage.ts';
import { provisioningDriver } from '../support/provisioning-driver.ts';
import { startTwilioServer, type TwilioServer } from '../support/twilio-server.ts';
import { pdfText, withoutSpace } from '../templates/pdf/read-pdf.ts';
import { type ContractWeb, type Person, startContractWeb } from './contract-support.ts';
import { fieldValue } from './support.ts';

let server: TwilioServer;
let web: ContractWeb;
let operations: Person;
let documentsDir: string;
beforeAll(async () => {
  server = await startTwilioServer();
  web = await startContractWeb({
    TWILIO_ACCOUNT_SID: server.accountSid,
    TWILIO_AUTH_TOKEN: server.authToken,
    TWILIO_BASE_URL: server.url,
    TWILIO_NUMBERS_URL: server.url,
  });
  documentsDir = web.documentsDir;
  operations = await web.signedIn('operations');
});
afterEach(() => server.recover());
afterAll(async () => {
  await web.close();
  await server.close();
  expect(server.misfits).toEqual([]);
});

async function send(path: string, action: string, fields: Record<string, string> = {}, person = operations) {
  const page = await person.browser.get(path);
  const commandId = page.html.includes('name="commandId"')
    ? fieldValue(page, 'commandId')
    : crypto.randomUUID();
  return person.browser.post(`${path}/${action}`, { csrf: person.csrf, commandId, ...fields });
}
const accountOf = (contractId: string) =>
  web.db.query.telephonyAccounts.findFirst({ where: (t, { eq }) => eq(t.contractId, contractId) });

test('a subaccount is registered only when the provider knows it; what was typed stays', async () => {
  const { contractId, path } = await web.concluded();
  const unknown = `AC${'0'.repeat(32)}`;
  for (const subaccountSid of ['12345', unknown, server.addAccount({ status: 'closed' })]) {
    const refused = await send(`${path}/telephony`, 'register', { subaccountSid });
    expect(refused.status).toBe(422);
    expect(refused.html).toContain(`value="${subaccountSid}"`);
  }
  server.always({ status: 503 });
  const away = await send(`${path}/telephony`, 'register', { subaccountSid: server.addAccount() });
  expect([away.status, away.html.includes('接続できません')]).toEqual([409, true]);
  server.recover();
  expect(await accountOf(contractId)).toBeUndefined();

  const subaccountSid = server.addAccount();
  expect((await send(`${path}/telephony`, 'register', { subaccountSid })).status).toBe(303);
  expect(await accountOf(contractId)).toMatchObject({
    subaccountSid,
    state: 'active',
    registeredBy: operations.id,
  });
  const { path: other } = await web.concluded();
  const taken = await send(`${other}/telephony`, 'register', { subaccountSid });
  expect([taken.status, taken.html.includes('別の契約に登録')]).toEqual([422, true]);
});

test('a subaccount is made once for a contract, also when the first answer was lost', async () => {
  const { contractId, path } = await web.concluded();
  server.trouble('CreateAccount', 'cut');
  expect((await send(`${path}/telephony`, 'create')).status).toBe(409);
  expect((await send(`${path}/telephony`, 'create')).status).toBe(303);
  const account = await accountOf(contractId);
  expect(server.statusOf(account?.subaccountSid ?? '')).toBe('active');
  expect(server.effects.filter((effect) => effect.startsWith('created'))).toHaveLength(1);
});

test('numbers that were read make a new certificate revision, the same ones none', async () => {
  const { path, driver } = await web.concluded();
  await driver.mailed('certificateIssued');
  const subaccountSid = server.addAccount({ numbers: ['+815012340002', '+815012340001'] });
  await send(`${path}/telephony`, 'register', { subaccountSid });
  const read = await send(`${path}/telephony`, 'numbers');
  expect([read.status, read.location]).toEqual([303, `${path}/telephony?read=revised`]);
  await driver.mailed('certificateIssued', 2);
  const [first, second, ...more] = await driver.certificates();
  expect(more).toEqual([]);
  expect([first?.status, second?.status]).toEqual(['superseded', 'current']);
  const pdf = await createFileStorage(documentsDir).get(second?.storageKey ?? '');
  expect(withoutSpace(pdfText(pdf))).toContain('05012340001');
  expect((await operations.browser.get(`${path}/telephony?read=revised`)).html).toContain(
    '05012340001、05012340002',
  );

  const again = await send(`${path}/telephony`, 'numbers');
  expect(again.location).toBe(`${path}/telephony?read=same`);
  expect(await driver.certificates()).toHaveLength(2);
});

test('only operations register and read', async () => {
  const { path, contractId } = await web.concluded();
  const reviewer = await web.signedIn('reviewer');
  const page = await reviewer.browser.get(`${path}/telephony`);
  expect([page.status, page.html.includes('<input type="hidden" name="commandId"')]).toEqual([200, false]);
  const refused = await send(
    `${path}/telephony`,
    'register',
    { subaccountSid: server.addAccount() },
    reviewer,
  );
  expect(refused.status).toBe(403);
  expect(await accountOf(contractId)).toBeUndefined();
});

test('numbers are asked for, papers handed in and a look taken on the page; what is missing is said at its field', async () => {
  server.stock.local = ['+81312340001'];
  const { contractId, path } = await web.concluded();
  const numbers = provisioningDriver(web.db, web.client, web.config);
  await numbers.sweep();
  await numbers.reached(contractId, { waits: 'input' });
  const telephony = `${path}/telephony`;
  expect((await operations.browser.get(path)).html).toContain(
    '電話番号の種類を選んで、手配を始めてください。',
  );
  const empty = await send(telephony, 'numbers-wanted');
  expect([empty.status, empty.html.includes('番号の種類を選択してください。')]).toEqual([422, true]);
  const asked = await send(telephony, 'numbers-wanted', { numberType: 'local' });
  expect([asked.status, asked.location]).toEqual([303, `${telephony}#provisioning`]);
  await numbers.reached(contractId, { waits: 'papers' });

  const unchecked = await send(telephony, 'papers');
  expect([unchecked.status, unchecked.html.includes('確認してから提出してください。')]).toEqual([422, true]);
  expect((await send(telephony, 'papers', { checked: 'yes' })).status).toBe(303);
  await numbers.reached(contractId, { waits: 'review' });
  const reviewing = (await operations.browser.get(telephony)).html;
  expect(reviewing).toContain('提供者の審査を待っています。');
  expect(reviewing).not.toContain('審査に提出する');

  const { subaccountSid } = (await accountOf(contractId)) ?? {};
  for (const bundle of server.bundles) {
    if (bundle.accountSid === subaccountSid) bundle.status = 'twilio-approved';
  }
  server.trouble('CreateIncomingPhoneNumber', { status: 400, code: 21_631 });
  expect((await send(telephony, 'look')).status).toBe(303);
  await numbers.reached(contractId, { waits: 'refused' });
  expect((await operations.browser.get(telephony)).html).toContain('住所の登録が必要です。');
  expect((await send(telephony, 'look')).status).toBe(303);
  await numbers.reached(contractId, { status: 'ready', waits: null });
  const ready = (await operations.browser.get(telephony)).html;
  expect(ready).toContain('利用できる');
  expect(ready).toContain('0312340001');

  const reviewer = await web.signedIn('reviewer');
  for (const action of ['numbers-wanted', 'papers', 'look']) {
    expect((await send(telephony, action, { numberType: 'local' }, reviewer)).status).toBe(403);
  }
});
