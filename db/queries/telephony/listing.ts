import { and, asc, eq, inArray, isNull, lte, ne, sql } from 'drizzle-orm';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import { CALL_ENDS } from '../../../domain/watch/calls.ts';
import type { Party } from '../../../domain/watch/facts.ts';
import type { Database, Executor } from '../../client.ts';
import { telephonyAccounts, telephonyEvents, telephonyNumbers } from '../../schema/index.ts';

/** The subaccount to list next, and where listing stands. */
export interface ListingTurn {
  contractId: string;
  subaccountSid: string;
  /** UTC day. */
  listedThrough: CivilDate | null;
  failures: number;
}

/** Takes the turn of the subaccount that has waited longest, so that nobody else lists it until `untilMs`; null: none is due. */
export async function takeListingTurn(
  db: Database,
  { now, until }: { now: Date; until: Date },
): Promise<ListingTurn | null> {
  const { contractId, subaccountSid, listedThrough, listFailures, nextListAt, state } = telephonyAccounts;
  return db.transaction(async (tx) => {
    const [turn] = await tx
      .select({ contractId, subaccountSid, listedThrough, failures: listFailures })
      .from(telephonyAccounts)
      .where(and(lte(nextListAt, now), ne(state, 'closed')))
      .orderBy(asc(nextListAt))
      .limit(1)
      .for('update', { skipLocked: true });
    if (turn === undefined) return null;
    await tx.update(telephonyAccounts).set({ nextListAt: until }).where(eq(contractId, turn.contractId));
    return turn;
  });
}

/** Notes how a turn went, and when the next one is. */
export async function endListingTurn(
  db: Executor,
  turn: {
    contractId: string;
    nextListAt: Date;
    failures: number;
    listedThrough?: CivilDate;
    listedAt?: Date;
  },
): Promise<void> {
  const { contractId, failures, ...rest } = turn;
  await db
    .update(telephonyAccounts)
    .set({ ...rest, listFailures: failures })
    .where(eq(telephonyAccounts.contractId, contractId));
}

/** Which of these calls have told of their end already. */
export async function endedCalls(db: Executor, sids: readonly string[]): Promise<ReadonlySet<string>> {
  if (sids.length === 0) return new Set();
  const { sid, type, status } = telephonyEvents;
  const rows = await db
    .selectDistinct({ sid })
    .from(telephonyEvents)
    .where(and(inArray(sid, [...sids]), eq(type, 'call'), inArray(status, CALL_ENDS)));
  return new Set(rows.map((row) => row.sid));
}

/** A change of a contract's numbers between two lists. */
export interface NumberDifference {
  numberSid: string;
  status: 'purchased' | 'released';
  party: Party;
  /** Null where nobody told: when the list was read. */
  boughtMs: number | null;
}

/**
 * Compares a list of numbers with the last one and keeps it; gives what came and went. What the first list has was held before
 * anybody counted.
 */
export async function keepNumberList(
  tx: Executor,
  list: {
    contractId: string;
    numbers: readonly { numberSid: string; party: Party; boughtMs: number | null }[];
    isFirst: boolean;
    seenAt: Date;
  },
): Promise<NumberDifference[]> {
  const { contractId, numbers, isFirst: heldBefore, seenAt } = list;
  const known = await tx
    .select()
    .from(telephonyNumbers)
    .where(and(eq(telephonyNumbers.contractId, contractId), isNull(telephonyNumbers.goneAt)));
  const knownSids = new Set(known.map(({ numberSid }) => numberSid));
  const listed = new Set(numbers.map(({ numberSid }) => numberSid));
  const come = numbers.filter(({ numberSid }) => !knownSids.has(numberSid));
  const gone = known.filter(({ numberSid }) => !listed.has(numberSid));
  if (come.length > 0) {
    const rows = come.map(({ numberSid, party }) => ({ numberSid, contractId, party, heldBefore, seenAt }));
    await tx
      .insert(telephonyNumbers)
      .values(rows)
      .onConflictDoUpdate({ target: telephonyNumbers.numberSid, set: { goneAt: sql`null` } });
  }
  if (gone.length > 0) {
    const sids = gone.map(({ numberSid }) => numberSid);
    await tx
      .update(telephonyNumbers)
      .set({ goneAt: seenAt })
      .where(inArray(telephonyNumbers.numberSid, sids));
  }
  const bought = heldBefore ? [] : come.map((each) => ({ ...each, status: 'purchased' as const }));
  const released = gone.map(({ numberSid, party }) => ({
    ...{ numberSid, party, boughtMs: null, status: 'released' as const },
  }));
  return [...bought, ...released];
}
