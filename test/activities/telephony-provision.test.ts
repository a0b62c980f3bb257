import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createTwilioTelephony, type Telephony, TelephonyError } from '../../clients/telephony/port.ts';
import { NUMBER_TYPES } from '../../domain/telephony/provisioning.ts';
import { startTwilioServer, type TwilioServer } from '../support/twilio-server.ts';

let server: TwilioServer;
let telephony: Telephony;
beforeAll(async () => {
  server = await startTwilioServer();
  const { url: baseUrl, accountSid, authToken } = server;
  const urls = { baseUrl, numbersUrl: baseUrl };
  telephony = createTwilioTelephony({ ...urls, accountSid, authToken, timeoutMs: 2_000 });
});
beforeEach(() => {
  server.recover();
  server.stock.national = ['+815012340001', '+815012340002', '+815012340003'];
});
afterAll(async () => {
  await server.close();
  expect(server.misfits).toEqual([]);
});

const effects = (word: string, sid: string) =>
  server.effects.filter((effect) => effect === `${word} ${sid}`).length;

/** A subaccount whose papers are approved. */
async function approved() {
  const sid = server.addAccount();
  const papers = {
    key: `contract/${randomUUID()}`,
    email: 'ops@example.jp',
    numberType: 'national',
  } as const;
  const { sid: bundleSid } = await telephony.createBundle(sid, papers);
  const bundle = server.bundles.find((each) => each.sid === bundleSid);
  if (bundle !== undefined) bundle.status = 'twilio-approved';
  return { sid, bundleSid };
}

describe('papers for numbers, on a host of their own and in the name of the subaccount', () => {
  test('a draft is made once for its key, also when the connection broke after it was made', async () => {
    const sid = server.addAccount();
    for (const numberType of NUMBER_TYPES) {
      const papers = { key: `contract/${numberType}`, email: 'ops@example.jp', numberType };
      server.trouble('CreateBundle', 'cut');
      await expect(telephony.createBundle(sid, papers)).rejects.toThrow(TelephonyError);
      const made = await telephony.createBundle(sid, papers);
      expect(await telephony.createBundle(sid, papers)).toEqual(made);
    }
    expect(effects('drafted', sid)).toBe(3);
    const own = server.bundles.filter(({ accountSid }) => accountSid === sid);
    expect(own.map(({ numberType, status }) => [numberType, status])).toEqual([
      ['national', 'draft'],
      ['local', 'draft'],
      ['toll-free', 'draft'],
    ]);
  });

  test('they are handed in once, and again after they were sent back; another subaccount does not see them', async () => {
    const sid = server.addAccount();
    const papers = { key: 'contract/1', email: 'ops@example.jp', numberType: 'local' } as const;
    const { sid: bundleSid } = await telephony.createBundle(sid, papers);
    expect((await telephony.submitBundle(sid, bundleSid)).status).toBe('pending-review');
    await telephony.submitBundle(sid, bundleSid);
    expect(effects('pending-review', sid)).toBe(1);
    const bundle = server.bundles.find((each) => each.sid === bundleSid);
    if (bundle !== undefined) bundle.status = 'twilio-rejected';
    expect(await telephony.findBundle(sid, bundleSid)).toEqual({ sid: bundleSid, status: 'twilio-rejected' });
    await telephony.submitBundle(sid, bundleSid);
    expect(effects('pending-review', sid)).toBe(2);
    expect(await telephony.findBundle(server.addAccount(), bundleSid)).toBeNull();
  });
});

describe('buying a number', () => {
  const order = (bundleSid: string, key: string, from: readonly string[]) => ({
    ...{ key, from, bundleSid, statusCallback: 'https://hasso.example.jp/webhooks/twilio/calls' },
  });

  test('a repeat after a lost answer buys no second one', async () => {
    const { sid, bundleSid } = await approved();
    const from = await telephony.findAvailable(sid, 'national');
    server.trouble('CreateIncomingPhoneNumber', 'cut');
    await expect(telephony.buyNumber(sid, order(bundleSid, 'contract/1/1', from))).rejects.toThrow(
      TelephonyError,
    );
    const bought = await telephony.buyNumber(sid, order(bundleSid, 'contract/1/1', from));
    expect(bought).toMatchObject({ phoneNumber: '+815012340001', name: 'contract/1/1' });
    expect(effects('bought', sid)).toBe(1);
    expect(server.held(sid)).toEqual([
      {
        phoneNumber: '+815012340001',
        name: 'contract/1/1',
        statusCallback: 'https://hasso.example.jp/webhooks/twilio/calls',
      },
    ]);
  });

  test('where somebody else was faster the next one is taken; where all are gone there is none', async () => {
    const { sid, bundleSid } = await approved();
    const from = ['+815099999999', '+815012340002'];
    expect((await telephony.buyNumber(sid, order(bundleSid, 'a', from)))?.phoneNumber).toBe('+815012340002');
    expect(await telephony.buyNumber(sid, order(bundleSid, 'b', from))).toBeNull();
    server.stock.national = [];
    expect(await telephony.findAvailable(sid, 'national')).toEqual([]);
  });

  test('without approved papers the provider refuses, and says why by its number', async () => {
    const sid = server.addAccount();
    const papers = { key: 'contract/2', email: 'ops@example.jp', numberType: 'national' } as const;
    const { sid: bundleSid } = await telephony.createBundle(sid, papers);
    const from = await telephony.findAvailable(sid, 'national');
    await expect(telephony.buyNumber(sid, order(bundleSid, 'a', from))).rejects.toMatchObject({
      ...{ problem: 'refused', code: 21_649 },
    });
  });

  test('the address for calls can be set afterwards', async () => {
    const sid = server.addAccount({ numbers: ['+815012345678'] });
    const [number] = await telephony.listNumbers(sid);
    expect(number?.statusCallback).toBe('');
    await telephony.setCallback(sid, number?.sid ?? '', 'https://hasso.example.jp/calls');
    expect((await telephony.listNumbers(sid))[0]?.statusCallback).toBe('https://hasso.example.jp/calls');
  });
});
