import type { UsageEvent } from './events.ts';
import type { Fact } from './facts.ts';
import { isWithheld, type Parties } from './numbers.ts';
import type { WatchPolicies } from './policies.ts';

/** Whether an event came so late that it is kept, but not counted. A setting of the whole, not of a contract. */
export function isLate(event: UsageEvent, policies: Pick<WatchPolicies, 'watch.lateHours'>): boolean {
  if (event.type === 'case' || event.receivedMs === null) return false;
  return event.receivedMs - event.atMs > policies['watch.lateHours'] * 3_600_000;
}

/** Whether an event's time is so far ahead of its arrival that the arrival is its time. A setting of the whole. */
export function isSkewed(event: UsageEvent, policies: Pick<WatchPolicies, 'watch.skewSeconds'>): boolean {
  if (event.type === 'case' || event.receivedMs === null) return false;
  return event.atMs - event.receivedMs > policies['watch.skewSeconds'] * 1000;
}

/** The event as it may be kept, without raw numbers. */
export function factOf(
  event: UsageEvent,
  policies: Pick<WatchPolicies, 'watch.skewSeconds'>,
  parties: Parties,
): Fact {
  if (event.type === 'case') return event;
  const { sid, contract } = event;
  const atMs = isSkewed(event, policies) ? (event.receivedMs ?? event.atMs) : event.atMs;
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
