import type { CallFact } from './facts.ts';
import { leastParty, leastText } from './merge.ts';
import type { Item } from './series.ts';

const BEGINS = ['initiated', 'ringing', 'in-progress'];
export const CALL_ENDS = ['completed', 'busy', 'failed', 'no-answer', 'canceled'];
export const CALL_STATUSES = ['queued', ...BEGINS, ...CALL_ENDS];

/** What the lines of one call tell together. */
export interface Call extends Item, Readonly<Pick<CallFact, 'contract' | 'inbound' | 'other' | 'parent'>> {
  /** No line showed a caller's number. */
  readonly withheld: boolean;
  /** Whether `t` is a begin that was told, not the end less the duration. */
  readonly isBegun: boolean;
  /** The earliest end that was told; clocks may put it before the begin. */
  end: number | null;
  /** Statuses that were told, a bit for each. */
  seen: number;
}

/** The begin of what is no call yet (only queued). */
const NEVER = Number.POSITIVE_INFINITY;

/** Whether the lines tell of a call at all. */
export function isCall({ t }: Call): boolean {
  return t !== NEVER;
}

/** When the call ended: never before its begin; null while nobody told. */
export function endOf({ t, end }: Call): number | null {
  return end === null ? null : Math.max(t, end);
}

/**
 * What the lines tell with one more, in any order; `before` itself when it tells nothing new. `t` is the earliest of initiated,
 * ringing and in-progress, without these the earliest end less its duration.
 */
export function withCallLine(before: Call | null, fact: CallFact): Call {
  const { sid, status, atMs } = fact;
  let t = before?.t ?? NEVER;
  let isBegun = before?.isBegun ?? false;
  let end = before?.end ?? null;
  if (BEGINS.includes(status)) {
    t = isBegun ? Math.min(t, atMs) : atMs;
    isBegun = true;
  } else if (CALL_ENDS.includes(status) && (end === null || atMs <= end)) {
    const begin = atMs - (fact.durationS ?? 0) * 1000;
    if (!isBegun) t = atMs === end ? Math.min(t, begin) : begin;
    end = atMs;
  }
  if (before === null) {
    const { contract, inbound, other, withheld, parent } = fact;
    const shown = other?.mask ?? '';
    return { sid, t, shown, contract, inbound, other, withheld, parent, isBegun, end, seen: 0 };
  }
  const contract = leastText(before.contract, fact.contract);
  const inbound = before.inbound && fact.inbound;
  const other = leastParty(before.other, fact.other);
  const withheld = before.withheld && fact.withheld;
  const parent = leastText(before.parent, fact.parent);
  const sameTimes = t === before.t && isBegun === before.isBegun && end === before.end;
  const sameSides = inbound === before.inbound && other === before.other && withheld === before.withheld;
  if (sameTimes && sameSides && contract === before.contract && parent === before.parent) return before;
  const shown = other?.mask ?? '';
  return { sid, t, shown, contract, inbound, other, withheld, parent, isBegun, end, seen: before.seen };
}

/** Whether two views of a call differ in nothing but the end. */
export function onlyEndDiffers(a: Call, b: Call): boolean {
  const sameSides = a.inbound === b.inbound && a.other === b.other && a.withheld === b.withheld;
  return (
    sameSides && a.t === b.t && a.isBegun === b.isBegun && a.contract === b.contract && a.parent === b.parent
  );
}
