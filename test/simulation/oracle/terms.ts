import type { Day } from './dates.ts';
import type { Contract } from './life.ts';

/**
 * 17: which edition binds on a day: the one agreed to, or the newest later one whose notice reached the customer before its
 * effective date, from that date.
 */
export function boundEdition({ agreedEdition, editions }: Contract, date: Day): number {
  const binding = editions.filter(
    ({ effectiveOn, noticedOn }) => noticedOn !== null && noticedOn < effectiveOn && effectiveOn <= date,
  );
  return Math.max(agreedEdition, ...binding.map(({ number }) => number));
}
