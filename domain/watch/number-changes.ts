import type { NumberFact } from './facts.ts';
import { leastParty, leastText } from './merge.ts';
import type { Item } from './series.ts';

/** A number that was bought or given back. */
export interface NumberChange
  extends Item,
    Readonly<Pick<NumberFact, 'contract' | 'status' | 'number' | 'byOperator'>> {}

/** What the lines of one purchase, or of one release, tell together; `before` itself when the line tells nothing new. */
export function withNumberLine(before: NumberChange | null, fact: NumberFact): NumberChange {
  const { sid, status, atMs } = fact;
  if (before === null) {
    const { contract, number, byOperator } = fact;
    return { sid, t: atMs, contract, status, number, byOperator, shown: number?.mask ?? '' };
  }
  const t = Math.min(before.t, atMs);
  const contract = leastText(before.contract, fact.contract);
  const number = leastParty(before.number, fact.number);
  const byOperator = before.byOperator || fact.byOperator;
  const same = t === before.t && contract === before.contract && number === before.number;
  if (same && byOperator === before.byOperator) return before;
  return { sid, t, contract, status, number, byOperator, shown: number?.mask ?? '' };
}
