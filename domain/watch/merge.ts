import type { Party } from './facts.ts';

/*
 * Lines about one call, message or number say the same but for status and time. Where one is silent another speaks; where two
 * disagree the smaller in the order of texts holds, so that no order of arrival matters.
 */

export function leastText<T extends string | null>(a: T, b: T): T {
  if (a === null || a === b) return b;
  return b === null || a < b ? a : b;
}

/** As `leastText`, for a number. */
export function leastParty(a: Party | null, b: Party | null): Party | null {
  if (a === b || b === null) return a;
  if (a === null) return b;
  return b.key < a.key || (b.key === a.key && b.mask < a.mask) ? b : a;
}

/** The smaller; null is no time. */
export function earlier(a: number | null, b: number): number {
  return a === null || b < a ? b : a;
}
