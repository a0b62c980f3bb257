import type { PriceList } from '../lines.ts';
import { type Day, iso } from './dates.ts';
import { contractOf, type Life } from './life.ts';
import { type Bases, periodsOf } from './periods.ts';

export function priceListOf(lists: readonly PriceList[], version: number): PriceList {
  const found = lists.find((list) => list.version === version);
  if (found === undefined) throw new Error(`there is no price list ${version}`);
  return found;
}

/**
 * 6: the first day on which a contract pays a changed fee: the first period that begins on or after the change and after the
 * day on which its notice reached the customer. Null while it has not.
 */
export function paysFrom(
  bases: Bases,
  { effectiveOn, noticedOn }: { effectiveOn: Day; noticedOn: Day | null },
): Day | null {
  if (noticedOn === null) return null;
  for (const { from } of periodsOf(bases)) if (from >= effectiveOn && from > noticedOn) return from;
  return null;
}

/** Later versions by which a contract pays by a day, each from its own. */
export function laterFees(life: Life, by: Day): { version: number; from: string }[] {
  const { bases, prices } = contractOf(life);
  return prices.flatMap((change) => {
    const from = paysFrom(bases, change);
    return from !== null && from <= by ? [{ version: change.version, from: iso(from) }] : [];
  });
}

/** The version of the price list by which a contract pays on a day. */
export function versionOn(life: Life, date: Day): number {
  const { bases, prices } = contractOf(life);
  const first = life.lists[0]?.version ?? 1;
  const held = prices.flatMap((change) => {
    const from = paysFrom(bases, change);
    return from !== null && from <= date ? [change.version] : [];
  });
  return Math.max(first, ...held);
}
