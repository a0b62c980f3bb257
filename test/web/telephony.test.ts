import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createFileStorage } from '../../storage/file-storage.ts';
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
