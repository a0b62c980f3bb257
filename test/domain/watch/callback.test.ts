import { describe, expect, test } from 'vitest';
import { eventOfCallback, unitsOf } from '../../../domain/watch/callback.ts';
import { linesOfCall } from '../../../domain/watch/listed.ts';
import { meteredOf } from '../../../domain/watch/metered.ts';

const RECEIVED = Date.parse('2027-05-12T01:00:50Z');
const arrived = { contract: 'K1', receivedMs: RECEIVED, hash: (text: string) => `#${text}` };
const call = {
  CallSid: 'CA1',
  CallStatus: 'completed',
  CallDuration: '49',
  Direction: 'outbound-dial',
  From: '+815000000101',
  To: '+819000000001',
  Timestamp: 'Wed, 12 May 2027 01:00:49 +0000',
};
const read = (kind: 'calls' | 'messages' | 'numbers', fields: Record<string, string>) =>
  eventOfCallback(kind, new Map(Object.entries(fields)), arrived);

describe('a callback is read', () => {
  test('of a call with its time in seconds, its length and its parent', () => {
    expect(read('calls', { ...call, ParentCallSid: 'CA0' })).toEqual({
      ...{ type: 'call', sid: 'CA1', contract: 'K1', status: 'completed', inbound: false, parent: 'CA0' },
      ...{ atMs: RECEIVED - 1_000, receivedMs: RECEIVED, durationS: 49 },
      ...{ from: '+815000000101', to: '+819000000001' },
    });
  });

  test.each([
    ['with milliseconds, as JSON has them', '2027-05-12T01:00:49.123Z', RECEIVED - 877],
    ['in another zone', 'Wed, 12 May 2027 10:00:49 +0900', RECEIVED - 1_000],
    ['without a time: its arrival', '', RECEIVED],
  ])('%s', (_, Timestamp, atMs) => {
    expect(read('calls', { ...call, Timestamp }).atMs).toBe(atMs);
  });

  test.each([
    [{ MessageSid: 'SM1', MessageStatus: 'sent' }, false, 'sent'],
    [{ SmsSid: 'SM1', SmsStatus: 'received' }, true, 'received'],
    [{ MessageSid: 'MM1', MessageStatus: 'delivered', Direction: 'outbound-api' }, false, 'delivered'],
  ])('of a message, inbound or not: %o', (fields, inbound, status) => {
    expect(read('messages', { From: '1', To: '2', ...fields })).toMatchObject({
      ...{ inbound, status, atMs: RECEIVED, digest: null },
    });
  });

  test('of a message only the digest of its body', () => {
    const event = read('messages', { MessageSid: 'SM1', MessageStatus: 'sent', To: '2', Body: '本文' });
    expect(event).toMatchObject({ digest: '#body/本文' });
  });

  test('parts are whole and few, or one', () => {
    const units = (NumSegments: string) => unitsOf(new Map([['NumSegments', NumSegments]]));
    expect(['3', '0', '-1', '1.5', '1e9', 'x'].map(units)).toEqual([3, 1, 1, 1, 1, 1]);
    expect(unitsOf(new Map())).toBe(1);
  });
});

test.each([
  ['calls', { ...call, CallSid: '' }, 'CallSid'],
  ['calls', { ...call, CallSid: 'SM1' }, 'CallSid'],
  ['calls', { ...call, ParentCallSid: 'x' }, 'ParentCallSid'],
  ['calls', { ...call, CallStatus: 'DROP TABLE' }, 'CallStatus'],
  ['calls', { ...call, Direction: '' }, 'Direction'],
  ['calls', { ...call, Timestamp: 'Wed, 99 May 2027 01:00:49 +0000' }, 'Timestamp'],
  ['calls', { ...call, CallDuration: '1.5' }, 'CallDuration'],
  ['calls', { ...call, CallDuration: '999999999' }, 'CallDuration'],
  ['calls', { ...call, To: `+81${'9'.repeat(400)}` }, 'To'],
  ['messages', { MessageStatus: 'sent' }, 'SmsSid'],
  ['numbers', { Sid: 'PN1', Status: 'stolen', PhoneNumber: '1' }, 'Status'],
  ['numbers', { Sid: 'PN1', Status: 'released' }, 'PhoneNumber'],
] as const)('a line of %s that cannot be read names its field', (kind, fields, name) => {
  expect(() => read(kind, fields)).toThrow(`「${name}」`);
});

describe('a listed call', () => {
  const listed = {
    ...{ sid: 'CA1', parent: null, status: 'completed', inbound: false, from: '1', to: '2' },
    ...{ startMs: 1_000, endMs: 5_000, createdMs: 500, durationS: 4 },
  };
  const lines = (changes: Partial<Parameters<typeof linesOfCall>[0]>) =>
    linesOfCall({ ...listed, ...changes }, { contract: 'K1', receivedMs: 9_000 }).map(
      ({ status, atMs, durationS }) => [status, atMs, durationS],
    );

  test('tells its begin and its end; one that goes on only its begin; one that never began when it was made', () => {
    expect(lines({})).toEqual([
      ['initiated', 1_000, null],
      ['completed', 5_000, 4],
    ]);
    expect(lines({ status: 'in-progress', endMs: null, durationS: null })).toEqual([
      ['in-progress', 1_000, null],
    ]);
    expect(lines({ status: 'busy', startMs: null, endMs: null, durationS: null })).toEqual([
      ['initiated', 500, null],
      ['busy', 500, null],
    ]);
    expect(lines({ status: 'queued', startMs: null, endMs: null, createdMs: null })).toEqual([]);
  });
});

describe('what is billed (第6条6項)', () => {
  const line = { type: 'call' as const, sid: 'CA1', contract: 'K1', atMs: 120_000 };
  const fact = { ...line, status: 'completed', inbound: false, other: null, withheld: false, parent: null };

  test.each([
    [1, '1'],
    [60, '1'],
    [61, '2'],
    [3_600, '60'],
  ])('a call of %i seconds: %s begun minutes', (durationS, quantity) => {
    const atMs = line.atMs - durationS * 1_000;
    expect(meteredOf({ ...fact, durationS }, 1)).toMatchObject({ quantity, atMs, category: 'call-out' });
    expect(meteredOf({ ...fact, durationS, inbound: true }, 1)?.category).toBe('call-in');
  });

  test('no call without a length, and none that goes on', () => {
    expect(meteredOf({ ...fact, durationS: 0 }, 1)).toBeNull();
    expect(meteredOf({ ...fact, durationS: null }, 1)).toBeNull();
    expect(meteredOf({ ...fact, status: 'in-progress', durationS: 9 }, 1)).toBeNull();
  });

  test('a message that went out by its parts, and no other', () => {
    const message = { ...line, type: 'sms' as const, inbound: false, other: null, digest: null };
    const billed = (status: string, inbound = false) =>
      meteredOf({ ...message, status, inbound }, 2)?.quantity;
    expect(['sent', 'delivered', 'undelivered'].map((status) => billed(status))).toEqual(['2', '2', '2']);
    expect(['queued', 'failed', 'canceled'].map((status) => billed(status))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(billed('received', true)).toBeUndefined();
  });
});
