import type { WrittenDate } from '../calendar/written-date.ts';
import { characters } from './text.ts';

/** equal: the full dates agree; near: a slip of the pen apart; contradicts: two people; unknown: not enough is given. */
export type DateComparison = 'equal' | 'near' | 'contradicts' | 'unknown';

const digits = ({ year, month, day }: WrittenDate): string =>
  `${year}${String(month ?? 0).padStart(2, '0')}${String(day ?? 0).padStart(2, '0')}`;

/** Compares two dates of birth: near is one digit off, two neighbouring digits swapped, month and day swapped, or the year off by one (policy P2). */
export function compareBirthDates(a: WrittenDate | null, b: WrittenDate | null): DateComparison {
  if (a === null || b === null) return 'unknown';
  if (a.month === null || b.month === null || a.day === null || b.day === null) {
    const monthsDiffer = a.month !== null && b.month !== null && a.month !== b.month;
    if (a.year === b.year && !monthsDiffer) return 'unknown';
    return Math.abs(a.year - b.year) === 1 && !monthsDiffer ? 'near' : 'contradicts';
  }
  const [left, right] = [digits(a), digits(b)];
  if (left === right) return 'equal';
  if (a.year === b.year && a.month === b.day && a.day === b.month) return 'near';
  if (Math.abs(a.year - b.year) === 1 && a.month === b.month && a.day === b.day) return 'near';
  const differing = characters(left).flatMap((digit, i) => (digit === right[i] ? [] : [i]));
  const [first, second] = differing;
  if (differing.length === 1) return 'near';
  const swapped =
    differing.length === 2 &&
    first !== undefined &&
    second === first + 1 &&
    left[first] === right[second] &&
    left[second] === right[first];
  return swapped ? 'near' : 'contradicts';
}
