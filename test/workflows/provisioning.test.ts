import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { findTelephonyAccount } from '../../db/queries/telephony/account.ts';
import { contractDriver } from '../support/contract-life.ts';
import { offBoardingDriver } from '../support/off-boarding-driver.ts';
import { provisioningDriver, updateOptions } from '../support/provisioning-driver.ts';
import { startTwilioServer, type TwilioServer } from '../support/twilio-server.ts';
import { type RunningWorkers, startWorkers } from '../support/workers.ts';

const STOCK = ['+815012340001', '+815012340002', '+815012340003', '+815012340004'];

let server: TwilioServer;
let workers: RunningWorkers;
let numbers: ReturnType<typeof provisioningDriver>;
let endings: ReturnType<typeof offBoardingDriver>;
beforeAll(async () => {
  server = await startTwilioServer();
  workers = await startWorkers({
    TWILIO_ACCOUNT_SID: server.accountSid,
    TWILIO_AUTH_TOKEN: server.authToken,
    TWILIO_BASE_URL: server.url,
    TWILIO_NUMBERS_URL: server.url,
  });
  const { composed, client, config } = workers;
  numbers = provisioningDriver(composed.db, client, config);
  endings = offBoardingDriver(composed.db, client);
});
afterEach(() => server.recover());
afterAll(async () => {
  await workers.stop();
  await server.close();
  expect(server.misfits).toEqual([]);
});

const OK = { ok: true };
const sidOf = async (contractId: string) =>
  (await findTelephonyAccount(workers.composed.db, contractId))?.subaccountSid ?? '';
const judge = async (contractId: string, status: 'twilio-approved' | 'twilio-rejected') => {
  const sid = await sidOf(contractId);
  for (const bundle of server.bundles) if (bundle.accountSid === sid) bundle.status = status;
};
const effectsOf = async (contractId: string) => {
  const sid = await sidOf(contractId);
  return server.effects.filter((effect) => effect.endsWith(sid)).map((effect) => effect.split(' ')[0]);
};

/** A contract for two numbers whose papers wait for staff. */
async function withPapers(): Promise<string> {
  const contractId = await endings.contract({}, { options: [{ code: 'number', quantity: 1 }] });
  await numbers.sweep();
  await numbers.reached(contractId, { waits: 'input' });
  expect(await numbers.ask(contractId)).toEqual(OK);
  await numbers.reached(contractId, { waits: 'papers', status: 'bundle' });
  return contractId;
}

test('from conclusion to numbers on the certificate, and back after the end: each effect once, every step in the audit log', async () => {
  server.stock.national = [...STOCK];
  const contractId = await endings.contract({}, { options: [{ code: 'number', quantity: 1 }] });
  await numbers.sweep();
  await numbers.reached(contractId, { waits: 'input', status: 'wanted' });
  expect(server.effects).toEqual([]);
  expect(await numbers.tasks(contractId)).toEqual([['input', 'open']]);

  await numbers.ask(contractId);
  await numbers.reached(contractId, { waits: 'papers', status: 'bundle' });
  expect(await effectsOf(contractId)).toEqual(['created', 'drafted']);
  await numbers.submit(contractId);
  await numbers.reached(contractId, { waits: 'review', status: 'review', submitAsked: false });
  expect(await numbers.tasks(contractId)).toEqual([
    ['input', 'done'],
    ['papers', 'done'],
  ]);

  await judge(contractId, 'twilio-approved');
  await numbers.pass(contractId, 1);
  await numbers.reached(contractId, { status: 'ready', waits: null, fulfilled: 2 });
  const sid = await sidOf(contractId);
  expect(server.held(sid)).toEqual(
    [1, 2].map((each) => ({
      phoneNumber: STOCK[each - 1],
      name: `contract/${contractId}/${each}`,
      statusCallback: `${workers.config.WEB_URL}/webhooks/twilio/calls`.replace('//webhooks', '/webhooks'),
    })),
  );
  expect(await effectsOf(contractId)).toEqual(['created', 'drafted', 'pending-review', 'bought', 'bought']);

  // The certificate states them, and the customer is told.
  const life = contractDriver(workers.composed.db, workers.client, contractId);
  await numbers.sweep();
  await life.mailed('certificateIssued', 2);
  const [, second, ...more] = await life.certificates();
  expect(more).toEqual([]);
  expect(JSON.parse(second?.payload ?? '{}').phoneNumbers).toEqual(['05012340001', '05012340002']);

  await endings.terminate(contractId);
  await numbers.pass(contractId, 25);
  await numbers.reached(contractId, { status: 'releasing', waits: 'offBoarding' });
  await endings.pass(contractId, 7);
  await endings.reached(contractId, 'subaccountClosed', 'done');
  // The closing is told, nobody waits for the next day.
  await numbers.sweep();
  await numbers.over(contractId);
  expect((await numbers.row(contractId))?.status).toBe('released');
  expect(server.held(sid)).toEqual([]);
  expect(await numbers.told(contractId)).toEqual([
    'provisioning.begun',
    'provisioning.asked',
    'telephony.registered',
    'provisioning.bundleMade',
    'provisioning.bundle',
    'provisioning.submitAsked',
    'provisioning.submitted',
    'provisioning.review',
    'provisioning.bought',
    'provisioning.numbers',
    'provisioning.bought',
    'telephony.numbersRead',
    'provisioning.ready',
    'provisioning.releasing',
    'telephony.closed',
    'provisioning.released',
  ]);
});

test('papers that were sent back wait for staff with a task, and go in again; a review that takes too long is a task', async () => {
  server.stock.national = [...STOCK];
  const contractId = await withPapers();
  await numbers.submit(contractId);
  await numbers.reached(contractId, { waits: 'review' });
  await judge(contractId, 'twilio-rejected');
  await numbers.pass(contractId, 1);
  await numbers.reached(contractId, { waits: 'rejected', status: 'rejected' });
  expect((await numbers.tasks(contractId)).at(-1)).toEqual(['rejected', 'open']);
  await numbers.submit(contractId);
  await numbers.reached(contractId, { waits: 'review', status: 'review' });
  expect((await numbers.tasks(contractId)).at(-1)).toEqual(['rejected', 'done']);
  await numbers.pass(contractId, 11 * 24);
  await numbers.reached(contractId, { waits: 'reviewLong' });
  expect((await numbers.tasks(contractId)).at(-1)).toEqual(['reviewLong', 'open']);
});

test('answers that are lost, a provider that is away and one that refuses: nothing is made twice, and people hear why', async () => {
  server.stock.national = [...STOCK];
  const contractId = await endings.contract({}, { options: [{ code: 'number', quantity: 1 }] });
  await numbers.sweep();
  await numbers.reached(contractId, { waits: 'input' });
  for (const operation of ['CreateAccount', 'CreateBundle', 'UpdateBundle', 'CreateIncomingPhoneNumber']) {
    server.trouble(operation, 'cut');
  }
  const stepOn = async (expected: Parameters<typeof numbers.reached>[1]) => {
    for (let tries = 0; tries < 4; tries += 1) {
      const row = await numbers.row(contractId);
      if (row?.waits !== 'away') break;
      expect(await numbers.look(contractId)).toEqual(OK);
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }
    await numbers.reached(contractId, expected);
  };
  await numbers.ask(contractId);
  await numbers.reached(contractId, { waits: 'away' });
  await stepOn({ waits: 'papers' });
  await numbers.submit(contractId);
  await numbers.reached(contractId, { waits: 'away' });
  await stepOn({ waits: 'review' });
  await judge(contractId, 'twilio-approved');
  await numbers.look(contractId);
  await numbers.reached(contractId, { waits: 'away' });
  server.trouble('CreateIncomingPhoneNumber', { status: 400, code: 21_631 });
  await numbers.look(contractId);
  await numbers.reached(contractId, {
    ...{ waits: 'refused', reasonCode: 21_631 },
    ...{ status: 'numbers', bundleStatus: 'twilio-approved' },
  });
  expect((await numbers.tasks(contractId)).at(-1)).toEqual(['refused', 'open']);
  await numbers.look(contractId);
  await numbers.reached(contractId, { waits: null, status: 'ready', reasonCode: null, awaySince: null });
  expect(await effectsOf(contractId)).toEqual(['created', 'drafted', 'pending-review', 'bought', 'bought']);
});

test('an option more buys one more, one less asks people which goes; a lost number is not bought again by itself', async () => {
  server.stock.national = [...STOCK];
  const contractId = await withPapers();
  await judge(contractId, 'twilio-approved');
  await numbers.look(contractId);
  await numbers.reached(contractId, { status: 'ready', fulfilled: 2 });
  await updateOptions(workers.composed.db, contractId, 2);
  await numbers.pass(contractId, 25);
  await numbers.reached(contractId, { status: 'ready', fulfilled: 3 });
  await updateOptions(workers.composed.db, contractId, 1);
  await numbers.pass(contractId, 25);
  await numbers.reached(contractId, { waits: 'numbersBeyond' });
  await updateOptions(workers.composed.db, contractId, 2);
  server.lose(await sidOf(contractId), STOCK[0] ?? '');
  await numbers.look(contractId);
  await numbers.reached(contractId, { waits: 'numbersMissing', status: 'numbers' });
  await numbers.ask(contractId);
  await numbers.reached(contractId, { waits: null, status: 'ready' });
  expect(server.numbersOf(await sidOf(contractId))).toEqual([STOCK[1], STOCK[2], STOCK[3]]);
});
