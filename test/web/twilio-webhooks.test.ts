import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { registerTelephonyAccount } from '../../db/queries/telephony/account.ts';
import { meterEvents } from '../../db/queries/telephony/meter.ts';
import { contractRow } from '../support/contract-row.ts';
import { signedContract } from '../support/telephony-account.ts';
import { postForm, postJson } from '../support/twilio-webhook.ts';
import { startWeb, type WebTest } from './support.ts';

const NOW = new Date('2027-05-12T01:00:50Z');
const OTHER = '+819012345678';

let web: WebTest;
let contractId: string;
let signer: { account: string; token: string };
beforeAll(async () => {
  web = await startWeb();
});
beforeEach(async () => {
  web.clock.now = NOW;
  ({ contractId, signer } = await signedContract(web.db));
});
afterAll(() => web.close());

const sid = (prefix: string) => `${prefix}${randomBytes(16).toString('hex')}`;
const call = (fields: Record<string, string> = {}) => ({
  CallSid: sid('CA'),
  CallStatus: 'completed',
  CallDuration: '49',
  Duration: '1',
  Direction: 'outbound-dial',
  From: '+815000000101',
  To: OTHER,
  Timestamp: 'Wed, 12 May 2027 01:00:49 +0000',
  ...fields,
});
const stored = () =>
  web.db.query.telephonyEvents.findMany({
    where: (t, { eq }) => eq(t.contractId, contractId),
    orderBy: (t, { asc }) => asc(t.occurredAt),
  });

test('a signed callback is kept with a hash and a mask of the other side, and no raw number or body', async () => {
  expect(await postForm(web.app, 'calls', call(), signer)).toBe(204);
  const message = { MessageSid: sid('SM'), MessageStatus: 'sent', From: '+815000000101', To: OTHER };
  expect(await postForm(web.app, 'messages', { ...message, Body: '予約の確認です' }, signer)).toBe(204);
  const number = { Sid: sid('PN'), Status: 'purchased', PhoneNumber: '+815012345678' };
  expect(await postForm(web.app, 'numbers', number, signer)).toBe(204);
  const rows = await stored();
  expect(rows.map(({ type, status }) => `${type} ${status}`)).toEqual([
    'call completed',
    'sms sent',
    'number purchased',
  ]);
  expect(rows[0]?.fact).toMatchObject({
    ...{ inbound: false, withheld: false, durationS: 49, atMs: Date.parse('2027-05-12T01:00:49Z') },
    other: { mask: '+81901234****' },
  });
  const whole = JSON.stringify(rows);
  for (const raw of ['9012345678', '5000000101', '5012345678', '予約']) expect(whole).not.toContain(raw);
});

test('the same callback again, at once or later, is one line; the earliest arrival counts', async () => {
  const fields = call();
  web.clock.now = new Date('2027-05-12T01:05:00Z');
  await Promise.all([1, 2, 3].map(() => postForm(web.app, 'calls', fields, signer)));
  expect(await stored()).toHaveLength(1);
  web.clock.now = NOW;
  expect(await postForm(web.app, 'calls', fields, signer)).toBe(204);
  expect((await stored()).map(({ receivedAt }) => receivedAt)).toEqual([NOW]);
});

test('JSON carries many events at once, with milliseconds, each read by the same rules', async () => {
  const events = ['initiated', 'in-progress'].map((callStatus, at) => ({
    ...{ callSid: sid('CA'), callStatus, direction: 'inbound', from: OTHER, to: '+815000000101' },
    timestamp: `2027-05-12T01:00:0${at}.123Z`,
  }));
  expect(await postJson(web.app, 'calls', events, signer)).toBe(204);
  const rows = await stored();
  expect(rows.map(({ status, occurredAt }) => [status, occurredAt?.toISOString()])).toEqual([
    ['initiated', '2027-05-12T01:00:00.123Z'],
    ['in-progress', '2027-05-12T01:00:01.123Z'],
  ]);
});

describe('what nobody signed is not taken', () => {
  test.each([
    ['a stranger’s token', () => ({ ...signer, token: 'f'.repeat(32) })],
    ['an account that nobody registered', () => ({ ...signer, account: `AC${'c'.repeat(32)}` })],
  ])('%s', async (_, by) => {
    expect(await postForm(web.app, 'calls', call(), by())).toBe(403);
    expect(await postJson(web.app, 'calls', [call()], by())).toBe(403);
    expect(await stored()).toEqual([]);
  });

  test('a contract whose token was never read', async () => {
    const other = await contractRow(web.db);
    const subaccountSid = `AC${randomBytes(16).toString('hex')}`;
    const by = { staffId: randomUUID(), commandId: randomUUID() };
    await registerTelephonyAccount(web.db, { contractId: other, subaccountSid, state: 'active', ...by });
    expect(await postForm(web.app, 'calls', call(), { account: subaccountSid, token: '' })).toBe(403);
  });
});

test('a signed line that cannot be read is kept with its reason, once, and masked; the others of its list are read', async () => {
  const bad = call({ CallSid: '', To: OTHER, Memo: '090-1234-5678', Timestamp: '09012345678' });
  for (const _ of [1, 2]) expect(await postForm(web.app, 'calls', bad, signer)).toBe(204);
  const listed = [call({ CallDuration: '-1' }), call()].map((fields) =>
    Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, value])),
  );
  expect(await postJson(web.app, 'calls', listed, signer)).toBe(204);
  expect(await postJson(web.app, 'calls', [{ accountSid: `AC${'d'.repeat(32)}`, ...call() }], signer)).toBe(
    204,
  );
  const rows = await stored();
  expect(rows.filter(({ type }) => type === 'call')).toHaveLength(1);
  const poison = rows.filter(({ type }) => type === 'unreadable');
  expect(poison.map(({ problem }) => problem).toSorted()).toEqual([
    '「CallDuration」がないか、読めません。',
    '「CallSid」がないか、読めません。',
    '別のサブアカウントの記録です。',
  ]);
  const whole = JSON.stringify(poison);
  for (const raw of ['9012345678', '1234-5678']) expect(whole).not.toContain(raw);
});

test('what the database cannot take is unreadable, never an error that would be sent again for ever', async () => {
  const odd = { ...call({ ParentCallSid: 'CA\0', From: 'x\0' }), 'Na\0me': 'y' };
  expect(await postForm(web.app, 'calls', odd, signer)).toBe(204);
  expect(
    await postJson(web.app, 'calls', [call({ To: '\ud800' }), call({ CallSid: '\ud800' })], signer),
  ).toBe(204);
  const types = (await stored()).map(({ type }) => type);
  expect(types.toSorted()).toEqual(['call', 'unreadable', 'unreadable']);
});

test('the query belongs to the signed address as it came', async () => {
  const query = "?contract=K1&name=O'Brien%2b+x";
  expect(await postForm(web.app, 'calls', call(), signer, { query })).toBe(204);
});

test('what was told is billed once: a call by begun minutes at its begin, a message by its parts', async () => {
  const ended = call({ CallDuration: '61' });
  const text = { MessageSid: sid('SM'), From: '+815000000101', To: OTHER, NumSegments: '3' };
  await postForm(web.app, 'calls', { ...ended, CallStatus: 'ringing', CallDuration: '' }, signer);
  for (const status of ['queued', 'sent', 'delivered']) {
    await postForm(web.app, 'messages', { ...text, MessageStatus: status }, signer);
  }
  await postForm(web.app, 'calls', ended, signer);
  await postForm(web.app, 'calls', call({ CallStatus: 'busy', CallDuration: '0' }), signer);
  while ((await meterEvents(web.db, { now: NOW, limit: 2 })) > 0);
  await postForm(web.app, 'calls', { ...ended, Timestamp: 'Wed, 12 May 2027 01:00:50 +0000' }, signer);
  while ((await meterEvents(web.db, { now: NOW, limit: 100 })) > 0);
  const usage = await web.db.query.usageEvents.findMany({
    where: (t, { eq }) => eq(t.contractId, contractId),
    orderBy: (t, { asc }) => asc(t.category),
  });
  expect(usage.map(({ category, quantity, sourceId }) => [category, quantity, sourceId])).toEqual([
    ['call-out', '2', ended.CallSid],
    ['sms', '3', text.MessageSid],
  ]);
  expect(usage[0]?.occurredAt.toISOString()).toBe('2027-05-12T00:59:48.000Z');
});
