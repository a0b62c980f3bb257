import { grouped } from '../base/grouped.ts';
import { type MonthClose, monthFigures, type RevenueLine } from '../billing/revenue.ts';
import type { MonthKey } from '../calendar/civil-date.ts';

/** What a group of lines earned in months, in their order; yen without tax. */
export interface Sales<Key> {
  key: Key;
  months: number[];
  totalYen: number;
}

/**
 * Revenue of months by groups of lines (第6条2項), by the rule of the books, the largest first: all groups together are what the books say,
 * to the yen. Groups that earned nothing in these months are left out.
 */
export function salesBy<Line extends RevenueLine, Key extends string>(
  lines: readonly Line[],
  keyOf: (line: Line) => Key,
  closes: readonly MonthClose[],
  months: readonly MonthKey[],
): Sales<Key>[] {
  return [...grouped(lines, keyOf)]
    .map(([key, some]) => {
      const yen = monthFigures(some, closes, months).value.map(({ revenueYen }) => revenueYen);
      return { key, months: yen, totalYen: yen.reduce((sum, each) => sum + each, 0) };
    })
    .filter((sales) => sales.months.some((yen) => yen !== 0))
    .toSorted((a, b) => b.totalYen - a.totalYen);
}

/** What a line is counted under: each plan by itself, everything else by its kind. */
export function salesGroup(item: string): string {
  return item.startsWith('plan:') ? item : (item.split(':')[0] ?? item);
}
