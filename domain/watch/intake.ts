import type { UsageEvent } from './events.ts';
import type { Fact, KeptFact } from './facts.ts';
import { isWithheld, type Parties } from './numbers.ts';
import type { WatchPolicies } from './policies.ts';

/** When something happened and when it arrived, where anybody noted that. */
interface Timed {
  atMs: number;
  receivedMs?: number | null;
}

/** Whether an event came so late that it is kept, but not counted. A setting of the whole, not of a contract. */
export function isLate(event: Timed, policies: Pick<WatchPolicies, 'watch.lateHours'>): boolean {
  if (event.receivedMs == null) return false;
  return event.receivedMs - event.atMs > policies['watch.lateHours'] * 3_600_000;
}

/** Whether an event's time is so far ahead of its arrival that the arrival is its time. A setting of the whole. */
export function isSkewed(event: Timed, policies: Pick<WatchPolicies, 'watch.skewSeconds'>): boolean {
  if (event.receivedMs == null) return false;
  return event.atMs - event.receivedMs > policies['watch.skewSeconds'] * 1000;
}

/** The event as it may be kept, without raw numbers. */
export function factOf(
  event: UsageEvent,
  policies: Pick<WatchPolicies, 'watch.skewSeconds'>,
  parties: Parties,
): Fact {
  if (event.type === 'case') return event;
  return atArrival(keptFactOf(event, parties), event.receivedMs, policies);
}

/** What is counted of a stored line; null where it came too late. */
export function countedFact(fact: KeptFact, receivedMs: number, policies: WatchPolicies): KeptFact | null {
  if (isLate({ ...fact, receivedMs }, policies)) return null;
  return atArrival(fact, receivedMs, policies);
}

function atArrival<F extends KeptFact>(
  fact: F,
  receivedMs: number | null,
  policies: Pick<WatchPolicies, 'watch.skewSeconds'>,
): F {
  const { atMs } = fact;
  return isSkewed({ atMs, receivedMs }, policies) ? { ...fact, atMs: receivedMs ?? atMs } : fact;
}

/** The event as it may be stored, with its own time. */
export function keptFactOf(event: Exclude<UsageEvent, { type: 'case' }>, parties: Parties): KeptFact {
  const { sid, contract, atMs } = event;
  switch (event.type) {
    case 'call': {
      const { type, status, inbound, parent, durationS } = event;
      const other = parties.of(inbound ? event.from : event.to);
      const withheld = isWithheld(event.from);
      return { type, sid, contract, status, atMs, inbound, other, withheld, parent, durationS };
    }
    case 'sms': {
      const { type, status, inbound, digest } = event;
      const other = parties.of(inbound ? event.from : event.to);
      return { type, sid, contract, status, atMs, inbound, other, digest };
    }
    case 'number': {
      const { type, status, byOperator } = event;
      return { type, sid, contract, status, atMs, number: parties.of(event.number), byOperator };
    }
  }
}
