import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { listNext } from '../../activities/telephony/listing.ts';
import { createTwilioTelephony, type Telephony } from '../../clients/telephony/port.ts';
import type { Database } from '../../db/client.ts';
import { findSigner, registerTelephonyAccount } from '../../db/queries/telephony/account.ts';
import { storeEvents } from '../../db/queries/telephony/events.ts';
import { telephonyAccounts } from '../../db/schema/index.ts';
import { keptFactOf } from '../../domain/watch/intake.ts';
import { Parties } from '../../domain/watch/numbers.ts';
import { contractRow } from '../support/contract-row.ts';
import { sidOf } from '../support/twilio-calls.ts';
import { startTwilioServer, type TwilioServer, tokenOf } from '../support/twilio-server.ts';
import { openTestDatabase } from '../support/workers.ts';

const OTHER = '+819012345678';
const MINUTE_MS = 60_000;
const hash = (text: string) => `#${text.length}`;

let server: TwilioServer;
let telephony: Telephony;
let db: Database;
let close: () => Promise<void>;
/** Before anything that other tests left is due. */
let now: Date;
let contractId: string;
let sid: string;
beforeAll(async () => {
  ({ db, close } = openTestDatabase());
  server = await startTwilioServer({ maxPage: 2 });
  const { url: baseUrl, accountSid, authToken } = server;
  telephony = createTwilioTelephony({
    baseUrl,
    numbersUrl: baseUrl,
    accountSid,
    authToken,
    timeoutMs: 2_000,
  });
});
beforeEach(async () => {
  server.recover();
  now = new Date('2021-05-12T03:00:00Z');
  contractId = await contractRow(db);
  sid = server.addAccount({ numbers: ['+815012340001'] });
  const by = { staffId: randomUUID(), commandId: randomUUID() };
  await registerTelephonyAccount(db, { contractId, subaccountSid: sid, state: 'active', ...by });
  await due(now);
});
/** Nobody else's turn comes before theirs. */
afterEach(() => due(new Date('2100-01-01T00:00:00Z')));
afterAll(async () => {
  await close();
  await server.close();
  expect(server.misfits).toEqual([]);
});

async function due(at: Date): Promise<void> {
  await db
    .update(telephonyAccounts)
    .set({ nextListAt: at })
    .where(eq(telephonyAccounts.contractId, contractId));
}

const list = async (at: Date = now) => {
  await due(at);
  expect(await listNext({ db, telephony, hash }, at)).toBe(true);
};
const account = () =>
  db.query.telephonyAccounts.findFirst({ where: (t, { eq }) => eq(t.contractId, contractId) });
const stored = async () => {
  const rows = await db.query.telephonyEvents.findMany({
    where: (t, { eq }) => eq(t.contractId, contractId),
    orderBy: (t, { asc }) => [asc(t.type), asc(t.occurredAt)],
  });
  return rows.map(({ type, status }) => `${type} ${status}`);
};
const at = (time: string) => new Date(`2021-05-12T${time}Z`);

test('calls and messages of the UTC days since the last list are kept once, however often they are listed', async () => {
  for (let minute = 10; minute < 15; minute++) {
    server.addCall(sid, {
      ...{ to: OTHER, status: 'completed' as const },
      ...{ startTime: at(`00:${minute}:00`), endTime: at(`00:${minute}:30`) },
    });
  }
  server.addCall(sid, { startTime: at('02:59:00'), status: 'in-progress' });
  server.addCall(sid, {
    startTime: new Date('2021-05-11T23:59:59Z'),
    endTime: at('00:00:10'),
    status: 'failed',
  });
  server.addCall(sid, { startTime: new Date('2021-05-01T00:00:00Z'), status: 'completed' });
  server.addMessage(sid, { to: OTHER, dateSent: at('01:00:00'), body: '秘密の本文' });
  await list();
  expect(await stored()).toHaveLength(6 * 2 + 1 + 1);
  await list(new Date(now.getTime() + 20 * MINUTE_MS));
  expect(await stored()).toHaveLength(6 * 2 + 1 + 1);
  const rows = await db.query.telephonyEvents.findMany({
    where: (t, { eq }) => eq(t.contractId, contractId),
  });
  for (const raw of ['9012345678', '秘密']) expect(JSON.stringify(rows)).not.toContain(raw);
  expect(await account()).toMatchObject({ listedThrough: '2021-05-12', listFailures: 0 });
  expect(await findSigner(db, sid)).toEqual({ contractId, authToken: tokenOf(sid) });
});

test('a call whose end a webhook has told is left alone', async () => {
  const call = { sid: sidOf('CA'), from: '+815000000101', to: OTHER };
  const line = { type: 'call' as const, contract: contractId, inbound: false, parent: null, durationS: 30 };
  const told = { ...line, ...call, status: 'completed', atMs: at('00:10:31').getTime(), receivedMs: null };
  await storeEvents(db, [{ fact: keptFactOf(told, new Parties(hash)), receivedAt: now, source: 'webhook' }]);
  server.addCall(sid, { ...call, startTime: at('00:10:00'), endTime: at('00:10:30'), status: 'completed' });
  await list();
  expect(await stored()).toEqual(['call completed']);
});

test('a number that comes or goes between two lists is a purchase or a release; those of the first list are neither', async () => {
  await list();
  expect(await stored()).toEqual([]);
  const [first] = await telephony.listNumbers(sid);
  await telephony.releaseNumber(sid, first?.sid ?? '');
  server.addNumber(sid, '+815012340002');
  await list(new Date(now.getTime() + 20 * MINUTE_MS));
  expect((await stored()).toSorted()).toEqual(['number purchased', 'number released']);
  await list(new Date(now.getTime() + 40 * MINUTE_MS));
  expect(await stored()).toHaveLength(2);
});

test('a provider that does not answer is left alone, longer each time, for as long as it asks, and nothing is lost', async () => {
  server.addCall(sid, { startTime: at('00:10:00'), endTime: at('00:10:30'), status: 'completed' });
  const pauses: number[] = [];
  for (const trouble of [{ status: 503 }, { status: 503 }, { status: 429, retryAfter: 299 }] as const) {
    server.always(trouble);
    await list();
    pauses.push(((await account())?.nextListAt.getTime() ?? 0) - now.getTime());
  }
  expect(pauses).toEqual([60_000, 120_000, 299_000]);
  server.recover();
  server.trouble('ListMessage', { status: 429, retryAfter: 1 });
  await list();
  expect(await account()).toMatchObject({ listFailures: 4 });
  await list();
  expect(await stored()).toEqual(['call initiated', 'call completed']);
  expect(await account()).toMatchObject({ listFailures: 0 });
});
