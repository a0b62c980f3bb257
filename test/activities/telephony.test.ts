import { randomUUID } from 'node:crypto';
import { ApplicationFailure } from '@temporalio/common';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createTelephonyActivities } from '../../activities/telephony/index.ts';
import { createTwilioTelephony, type Telephony, TelephonyError } from '../../clients/telephony/port.ts';
import type { Database } from '../../db/client.ts';
import {
  findTelephonyAccount,
  recordTelephonyState,
  registerTelephonyAccount,
} from '../../db/queries/telephony/account.ts';
import { readUsage } from '../../db/queries/telephony/usage.ts';
import { CALLS_GO_ON, FAILURE } from '../../domain/base/failures.ts';
import { contractRow } from '../support/contract-row.ts';
import { startTwilioServer, type TwilioServer } from '../support/twilio-server.ts';
import { openTestDatabase } from '../support/workers.ts';

const NUMBERS = ['+815012340001', '+815012340002', '+815012340003'];
const usage = (on: string, price: number) =>
  ({ category: 'calls', on, count: '3', usage: '7', price }) as const;

let server: TwilioServer;
let telephony: Telephony;
beforeAll(async () => {
  server = await startTwilioServer({ maxPage: 2 });
  telephony = client();
});
beforeEach(() => server.recover());
afterAll(async () => {
  await server.close();
  expect(server.misfits).toEqual([]);
});

function client(settings: Partial<Parameters<typeof createTwilioTelephony>[0]> = {}): Telephony {
  const { url: baseUrl, accountSid, authToken } = server;
  return createTwilioTelephony({
    ...{ baseUrl, numbersUrl: baseUrl, accountSid, authToken, timeoutMs: 500 },
    ...settings,
  });
}

/** The TelephonyError that a call ends with. */
async function problemOf(call: Promise<unknown>): Promise<TelephonyError> {
  const error: unknown = await call.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof TelephonyError)) throw new Error(`not a TelephonyError: ${String(error)}`);
  return error;
}

describe('the telephony provider, every request by its published document', () => {
  test('a subaccount is made once for a key, also when the connection broke after it was made', async () => {
    const key = `contract/${randomUUID()}`;
    server.trouble('CreateAccount', 'cut');
    expect((await problemOf(telephony.createSubaccount(key))).problem).toBe('unavailable');
    const made = await telephony.createSubaccount(key);
    expect(await telephony.createSubaccount(key)).toEqual(made);
    expect(server.effects.filter((effect) => effect.startsWith('created'))).toEqual([`created ${made.sid}`]);
  });

  test('suspending, reactivating and closing may be repeated; each has its effect once', async () => {
    const sid = server.addAccount({ numbers: NUMBERS });
    expect([await telephony.suspend(sid), await telephony.suspend(sid)]).toEqual(['suspended', 'suspended']);
    expect([await telephony.reactivate(sid), await telephony.reactivate(sid)]).toEqual(['active', 'active']);
    await telephony.close(sid);
    await telephony.close(sid);
    expect(server.effects.filter((effect) => effect.endsWith(sid))).toEqual([
      `suspended ${sid}`,
      `active ${sid}`,
      `closed ${sid}`,
    ]);
  });

  test('what is closed stays closed: suspending says so, reactivating is refused', async () => {
    const sid = server.addAccount({ status: 'closed' });
    expect(await telephony.suspend(sid)).toBe('closed');
    expect((await problemOf(telephony.reactivate(sid))).problem).toBe('refused');
    server.forget(sid);
    expect(await telephony.findSubaccount(sid)).toBeNull();
    expect(await telephony.suspend(sid)).toBe('closed');
    await telephony.close(sid);
  });

  test('every call that is not over is ended, over many pages, and none is left', async () => {
    const sid = server.addAccount();
    const statuses = ['in-progress', 'ringing', 'queued', 'completed', 'busy'] as const;
    for (let i = 0; i < 25; i++) server.addCall(sid, { status: statuses[i % 5] ?? 'busy' });
    expect(await telephony.suspend(sid)).toBe('suspended');
    expect(server.runningCalls(sid)).toBe(15);
    expect(await telephony.endCalls(sid)).toBe(0);
    expect(server.runningCalls(sid)).toBe(0);
    expect(await telephony.endCalls(sid)).toBe(0);
    expect(server.effects.filter((effect) => effect.startsWith('ended'))).toHaveLength(15);
  });

  test('calls that go on although they were ended are counted; an end that came first is no refusal', async () => {
    const sid = server.addAccount();
    server.addCall(sid, { clings: 1 });
    server.addCall(sid);
    expect(await telephony.endCalls(sid)).toBe(1);
    server.trouble('UpdateCall', { status: 400, code: 21_220 });
    expect(await telephony.endCalls(sid)).toBe(1);
    expect(await telephony.endCalls(sid)).toBe(0);
    server.trouble('UpdateCall', { status: 403 });
    server.addCall(sid);
    expect((await problemOf(telephony.endCalls(sid))).problem).toBe('refused');
    server.forget(sid);
    expect(await telephony.endCalls(sid)).toBe(0);
  });

  test('what the provider itself has stopped is a state of its own, which we cannot lift', async () => {
    const sid = server.addAccount();
    server.stop(sid);
    expect(await telephony.suspend(sid)).toBe('suspended');
    expect(await telephony.reactivate(sid)).toBe('suspendedByProvider');
    expect(server.statusOf(sid)).toBe('suspended');
  });

  test('all numbers are listed, however short the pages', async () => {
    const sid = server.addAccount({ numbers: NUMBERS });
    const numbers = await telephony.listNumbers(sid);
    expect(numbers.map(({ phoneNumber }) => phoneNumber)).toEqual(NUMBERS);
  });

  test('a number that is gone already counts as released', async () => {
    const sid = server.addAccount({ numbers: NUMBERS });
    const [first] = await telephony.listNumbers(sid);
    await telephony.releaseNumber(sid, first?.sid ?? '');
    await telephony.releaseNumber(sid, first?.sid ?? '');
    expect(server.numbersOf(sid)).toEqual(NUMBERS.slice(1));
  });

  test('a connection that breaks after the release: the repeat finds it done', async () => {
    const sid = server.addAccount({ numbers: ['+815012340009'] });
    const [number] = await telephony.listNumbers(sid);
    server.trouble('DeleteIncomingPhoneNumber', 'cut');
    expect((await problemOf(telephony.releaseNumber(sid, number?.sid ?? ''))).problem).toBe('unavailable');
    await telephony.releaseNumber(sid, number?.sid ?? '');
    expect(server.effects.filter((effect) => effect === `released ${number?.sid}`)).toHaveLength(1);
  });

  test('usage comes by day and by month, within the window, prices as exact decimals', async () => {
    const rows = [
      usage('2026-09-29', 9),
      usage('2026-09-30', 0.1),
      usage('2026-10-01', 0.2),
      usage('2026-10-31', 0.0000007),
    ];
    const sid = server.addAccount({
      usage: [...rows, { ...usage('2026-10-02', 0), count: '0', usage: '0' }],
    });
    const window = { from: '2026-09-30', to: '2026-10-31' };
    const days = await telephony.readUsage(sid, { per: 'day', ...window });
    expect(days.map(({ from, to, price }) => [from, to, price])).toEqual([
      ['2026-09-30', '2026-09-30', '0.1'],
      ['2026-10-01', '2026-10-01', '0.2'],
      ['2026-10-31', '2026-10-31', '0.0000007'],
    ]);
    const months = await telephony.readUsage(sid, { per: 'month', ...window });
    expect(months.map(({ from, count, countUnit }) => [from, count, countUnit])).toEqual([
      ['2026-09-30', '3', 'calls'],
      ['2026-10-01', '6', 'calls'],
    ]);
  });
});

describe('when the provider is in trouble', () => {
  test.each([
    ['429', { status: 429, retryAfter: 7 }, 'unavailable', 7_000],
    ['429 for an absurd time', { status: 429, retryAfter: 999_999 }, 'unavailable', 300_000],
    ['500', { status: 500 }, 'unavailable', null],
    ['503', { status: 503 }, 'unavailable', null],
    ['no answer', 'hang', 'unavailable', null],
    ['an answer that is not the provider’s', 'garbage', 'unavailable', null],
    ['a redirect', { status: 307 }, 'refused', null],
    ['400', { status: 400, code: 21478 }, 'refused', null],
    ['401', { status: 401 }, 'refused', null],
    ['403', { status: 403 }, 'refused', null],
  ] as const)('%s', async (_, trouble, problem, retryAfterMs) => {
    const sid = server.addAccount();
    server.always(trouble);
    expect(await problemOf(telephony.suspend(sid))).toMatchObject({ problem, retryAfterMs });
    expect(server.statusOf(sid)).toBe('active');
  });

  test('a server that is not there is unavailable', async () => {
    const nowhere = client({ baseUrl: 'http://127.0.0.1:9' });
    expect((await problemOf(nowhere.findSubaccount(server.accountSid))).problem).toBe('unavailable');
  });

  test('wrong credentials are refused', async () => {
    const stranger = client({ authToken: 'wrong' });
    expect((await problemOf(stranger.listNumbers(server.addAccount()))).problem).toBe('refused');
  });

  test('no error names an account, a number, the token or the provider’s words', async () => {
    const sid = server.addAccount({ numbers: NUMBERS });
    for (const trouble of [{ status: 400 }, { status: 500 }, 'hang', 'garbage', 'cut'] as const) {
      server.always(trouble);
      const error = await problemOf(telephony.listNumbers(sid));
      const whole = `${error.message} ${error.stack} ${JSON.stringify(error)} ${String(error.cause)}`;
      for (const secret of [
        sid,
        server.accountSid,
        server.authToken,
        '8150',
        '/2010-04-01/Acc',
        'trouble with',
      ])
        expect(whole).not.toContain(secret);
    }
  });

  test('the stand-in itself refuses what the document does not know', async () => {
    const { url, accountSid, authToken } = server;
    const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;
    const ask = async (method: string, path: string, form?: string) => {
      const type = { 'content-type': 'application/x-www-form-urlencoded' };
      const answer = await fetch(`${url}/2010-04-01/${path}`, {
        method,
        headers: { authorization, ...(form === undefined ? {} : type) },
        ...(form === undefined ? {} : { body: form }),
      });
      return [answer.status, ((await answer.json()) as { code: number }).code];
    };
    const sid = server.addAccount();
    expect(await ask('GET', 'Nowhere.json')).toEqual([404, 20404]);
    expect(await ask('PUT', `Accounts/${sid}.json`)).toEqual([405, 20004]);
    expect(await ask('GET', 'Accounts/AC12.json')).toEqual([400, 20001]);
    expect(await ask('POST', `Accounts/${sid}.json`, 'Status=asleep')).toEqual([400, 20001]);
    expect(await ask('POST', `Accounts/${sid}.json`, 'Status=closed&Colour=red')).toEqual([400, 20001]);
    expect(await ask('GET', `Accounts/${sid}/IncomingPhoneNumbers.json?PageSize=0`)).toEqual([400, 20001]);
    expect(server.statusOf(sid)).toBe('active');
    server.misfits.length = 0;
  });
});

describe('activities of a contract', () => {
  let db: Database;
  let close: () => Promise<void>;
  beforeAll(() => {
    ({ db, close } = openTestDatabase());
  });
  afterAll(() => close());

  /** A contract with a registered subaccount. */
  async function registered(account: Parameters<TwilioServer['addAccount']>[0] = {}) {
    const contractId = await contractRow(db);
    const subaccountSid = server.addAccount(account);
    const by = { staffId: randomUUID(), commandId: randomUUID() };
    await registerTelephonyAccount(db, { contractId, subaccountSid, state: 'active', ...by });
    return { contractId, subaccountSid };
  }
  const activities = () => createTelephonyActivities({ db, telephony });
  const command = (contractId: string) => ({ contractId, clause: '第15条', businessMs: Date.now() });

  test('a suspension and its end are seen at the provider, in the row and in the audit log, once each', async () => {
    const { contractId, subaccountSid } = await registered();
    const { suspendTelephony, reactivateTelephony } = activities();
    expect(await suspendTelephony(command(contractId))).toEqual({ state: 'suspended' });
    expect(await suspendTelephony(command(contractId))).toEqual({ state: 'suspended' });
    expect(server.statusOf(subaccountSid)).toBe('suspended');
    expect(await reactivateTelephony(command(contractId))).toEqual({ state: 'active' });
    const entries = await db.query.auditEntries.findMany({
      where: (t, { eq }) => eq(t.subjectId, contractId),
      orderBy: (t, { asc }) => asc(t.sequence),
    });
    expect(entries.map(({ action }) => action)).toEqual([
      'contract.concluded',
      'telephony.registered',
      'telephony.suspended',
      'telephony.active',
    ]);
  });

  test('that the provider itself stopped a contract stays on record until it is seen running again', async () => {
    const { contractId, subaccountSid } = await registered();
    const { suspendTelephony, reactivateTelephony } = activities();
    server.stop(subaccountSid);
    expect(await reactivateTelephony(command(contractId))).toEqual({ state: 'suspendedByProvider' });
    await suspendTelephony(command(contractId));
    const recorded = () => findTelephonyAccount(db, contractId).then((row) => row?.state);
    expect(await recorded()).toBe('suspendedByProvider');
    const seen = { contractId, clause: '第15条', businessAt: new Date() };
    await recordTelephonyState(db, { ...seen, state: 'active' });
    expect(await recorded()).toBe('active');
  });

  test('a suspension of which calls go on is on record and fails until none is left', async () => {
    const { contractId, subaccountSid } = await registered();
    server.addCall(subaccountSid, { clings: 1 });
    const { suspendTelephony } = activities();
    await expect(suspendTelephony(command(contractId))).rejects.toMatchObject({
      type: CALLS_GO_ON,
      nonRetryable: false,
    });
    expect((await findTelephonyAccount(db, contractId))?.state).toBe('suspended');
    expect(await suspendTelephony(command(contractId))).toEqual({ state: 'suspended' });
    expect(server.runningCalls(subaccountSid)).toBe(0);
  });

  test('a contract without a subaccount asks nothing of the provider, also where telephony is off', async () => {
    const contractId = await contractRow(db);
    const asked = server.requests.length;
    expect(await activities().suspendTelephony(command(contractId))).toEqual({ state: 'notRegistered' });
    const off = createTelephonyActivities({ db, telephony: null });
    expect(await off.countNumbers({ contractId })).toEqual({ numbers: null });
    expect(server.requests.length).toBe(asked);
  });

  test('telephony that is off and a refusal are failures that no retry mends; a pause asked for is kept', async () => {
    const { contractId } = await registered();
    const failure = async (call: Promise<unknown>) => {
      const error: unknown = await call.catch((thrown: unknown) => thrown);
      if (!(error instanceof ApplicationFailure)) throw new Error(`not a failure: ${String(error)}`);
      const { type, nonRetryable, nextRetryDelay } = error;
      return { type, nonRetryable, nextRetryDelay };
    };
    const off = createTelephonyActivities({ db, telephony: null });
    expect(await failure(off.suspendTelephony(command(contractId)))).toMatchObject({
      type: FAILURE.telephonyOff,
      nonRetryable: true,
    });
    server.trouble('FetchAccount', { status: 403 }, { status: 429, retryAfter: 3 });
    expect(await failure(activities().suspendTelephony(command(contractId)))).toMatchObject({
      type: FAILURE.telephonyRefused,
      nonRetryable: true,
    });
    expect(await failure(activities().suspendTelephony(command(contractId)))).toMatchObject({
      nonRetryable: false,
      nextRetryDelay: 3_000,
    });
  });

  test('numbers are counted and released, then the subaccount is closed', async () => {
    const { contractId, subaccountSid } = await registered({ numbers: NUMBERS });
    const { countNumbers, releaseNumbers, closeTelephony } = activities();
    expect(await countNumbers({ contractId })).toEqual({ numbers: 3 });
    server.trouble('DeleteIncomingPhoneNumber', 'cut');
    await expect(releaseNumbers({ contractId })).rejects.toThrow('no answer');
    await releaseNumbers({ contractId });
    expect(server.numbersOf(subaccountSid)).toEqual([]);
    expect(await closeTelephony(command(contractId))).toEqual({ state: 'closed' });
    server.forget(subaccountSid);
    await releaseNumbers({ contractId });
    expect(await closeTelephony(command(contractId))).toEqual({ state: 'closed' });
  });

  test('usage is kept by day and month; a later reading replaces the earlier one', async () => {
    const { contractId, subaccountSid } = await registered({ usage: [usage('2026-10-31', 1.5)] });
    const window = { contractId, from: '2026-08-31', to: '2026-10-31' };
    expect(await activities().readUsage(window)).toEqual({ records: 1 });
    server.addUsage(subaccountSid, { ...usage('2026-10-30', 0.25), category: 'sms' });
    expect(await activities().readUsage(window)).toEqual({ records: 2 });
    const kept = await readUsage(db, contractId);
    expect(
      kept.map(({ usageOn, month, category, price, priceUnit }) => [
        usageOn,
        month,
        category,
        price,
        priceUnit,
      ]),
    ).toEqual([
      ['2026-10-30', '2026-10', 'sms', '0.25', 'usd'],
      ['2026-10-31', '2026-10', 'calls', '1.5', 'usd'],
    ]);
  });

  test('one subaccount never serves two contracts', async () => {
    const { contractId, subaccountSid } = await registered();
    const register = (of: string, sid: string) =>
      registerTelephonyAccount(db, {
        contractId: of,
        subaccountSid: sid,
        state: 'active',
        staffId: randomUUID(),
        commandId: randomUUID(),
      });
    expect(await register(await contractRow(db), subaccountSid)).toBe('taken');
    expect(await register(contractId, server.addAccount())).toBe('taken');
    expect(await register(contractId, subaccountSid)).toBe('registered');
  });
});
