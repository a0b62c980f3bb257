import { type Telephony, TelephonyError } from '../../clients/telephony/port.ts';
import type { Database } from '../../db/client.ts';
import { keepAuthToken, recordTelephonyState } from '../../db/queries/telephony/account.ts';
import { type NewEvent, storeEvents } from '../../db/queries/telephony/events.ts';
import {
  endedCalls,
  endListingTurn,
  keepNumberList,
  type ListingTurn,
  takeListingTurn,
} from '../../db/queries/telephony/listing.ts';
import { addDays, type CivilDate, civilDate, earlierOf } from '../../domain/calendar/civil-date.ts';
import { keptFactOf } from '../../domain/watch/intake.ts';
import { type Look, lineOfMessage, linesOfCall } from '../../domain/watch/listed.ts';
import { type HashNumber, Parties, partyOf } from '../../domain/watch/numbers.ts';

/** Between two lists of one subaccount. */
const EVERY_MS = 15 * 60_000;
/** A turn that nobody ended, because its process died, may be taken again after this. */
const TURN_MS = 10 * 60_000;
/** After a failure, twice as long after each further one; the provider may ask for more. */
const FIRST_PAUSE_MS = 60_000;
const LAST_PAUSE_MS = 3_600_000;
/** So many rows go to the database together. */
const TOGETHER = 500;

export interface ListingPorts {
  db: Database;
  telephony: Telephony;
  hash: HashNumber;
}

/**
 * Lists what webhooks may have missed of the subaccount whose turn it is (第18条1項): calls and messages of the UTC days since the
 * last list and the day before it, numbers, state and token. False where none was due. A provider that does not answer
 * is left alone for as long as it asks, and longer after each failure.
 */
export async function listNext(ports: ListingPorts, now: Date): Promise<boolean> {
  const { db } = ports;
  const nowMs = now.getTime();
  const turn = await takeListingTurn(db, { now, until: new Date(nowMs + TURN_MS) });
  if (turn === null) return false;
  const { contractId } = turn;
  try {
    await listAccount(ports, turn, now);
    await endListingTurn(db, {
      contractId,
      nextListAt: new Date(nowMs + EVERY_MS),
      failures: 0,
      listedAt: now,
    });
  } catch (error) {
    if (!(error instanceof TelephonyError)) throw error;
    const failures = turn.failures + 1;
    const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** Math.min(turn.failures, 10), LAST_PAUSE_MS);
    const nextListAt = new Date(nowMs + Math.max(pauseMs, error.retryAfterMs ?? 0));
    await endListingTurn(db, { contractId, nextListAt, failures });
  }
  return true;
}

const utcDay = (ms: number): CivilDate => civilDate(new Date(ms).toISOString().slice(0, 10));

async function listAccount(ports: ListingPorts, turn: ListingTurn, now: Date): Promise<void> {
  const { db, telephony } = ports;
  const { contractId, subaccountSid, listedThrough, failures } = turn;
  const account = await telephony.findSubaccount(subaccountSid);
  const state = account?.state ?? 'closed';
  await recordTelephonyState(db, { contractId, state, clause: '第11条2項', businessAt: now });
  if (account === null || state === 'closed') return;
  await keepAuthToken(db, { contractId, authToken: account.authToken });
  await listNumbers(ports, turn, now);
  const today = utcDay(now.getTime());
  const yesterday = addDays(today, -1);
  // Calls of the day before the last list may have been in progress then.
  const from = listedThrough === null ? yesterday : earlierOf(addDays(listedThrough, -1), yesterday);
  for (let day = from; day <= today; day = addDays(day, 1)) {
    await listDay(ports, turn, { day, now });
    const nextListAt = new Date(now.getTime() + TURN_MS);
    await endListingTurn(db, { contractId, nextListAt, failures, listedThrough: day });
  }
}

async function listDay(
  { db, telephony, hash }: ListingPorts,
  { contractId: contract, subaccountSid }: ListingTurn,
  { day, now }: { day: CivilDate; now: Date },
): Promise<void> {
  const look: Look = { contract, receivedMs: now.getTime() };
  const parties = new Parties(hash);
  const common = { receivedAt: now, source: 'list' as const };
  const calls = await telephony.listCalls(subaccountSid, day);
  for (const some of slices(calls)) {
    const told = await endedCalls(
      db,
      some.map(({ sid }) => sid),
    );
    const missed = some.filter(({ sid }) => !told.has(sid)).flatMap((call) => linesOfCall(call, look));
    await storeEvents(
      db,
      missed.map((line) => ({ ...common, fact: keptFactOf(line, parties) })),
    );
  }
  // Messages all: the list has their times and bodies, webhooks have neither.
  for (const some of slices(await telephony.listMessages(subaccountSid, day))) {
    const lines = some.map((message): NewEvent => {
      const fact = keptFactOf(lineOfMessage(message, look, hash), parties);
      return { ...common, fact, units: message.units };
    });
    await storeEvents(db, lines);
  }
}

async function listNumbers(
  { db, telephony, hash }: ListingPorts,
  { contractId, subaccountSid, listedThrough }: ListingTurn,
  now: Date,
): Promise<void> {
  const listed = await telephony.listNumbers(subaccountSid);
  const numbers = listed.flatMap(({ sid: numberSid, phoneNumber, boughtMs }) => {
    const party = partyOf(phoneNumber, hash);
    return party === null ? [] : [{ numberSid, party, boughtMs }];
  });
  await db.transaction(async (tx) => {
    const list = { contractId, numbers, isFirst: listedThrough === null, seenAt: now };
    const changes = await keepNumberList(tx, list);
    const events = changes.map(({ numberSid: sid, status, party: number, boughtMs }): NewEvent => {
      const atMs = boughtMs ?? now.getTime();
      const fact = { type: 'number' as const, sid, contract: contractId, status, atMs, number };
      return { fact: { ...fact, byOperator: false }, receivedAt: now, source: 'list' };
    });
    await storeEvents(tx, events);
  });
}

function* slices<T>(all: readonly T[]): Generator<T[]> {
  for (let from = 0; from < all.length; from += TOGETHER) yield all.slice(from, from + TOGETHER);
}
