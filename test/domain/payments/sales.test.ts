import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { monthFigures, type RevenueLine } from '../../../domain/billing/revenue.ts';
import { addDays, civilDate, monthKey } from '../../../domain/calendar/civil-date.ts';
import { salesBy, salesGroup } from '../../../domain/payments/sales.ts';

const MONTHS = ['2026-10', '2026-11', '2026-12'].map(monthKey);
const line = (item: string, amountYen: number, from: string, to: string): RevenueLine => ({
  ...{ item, amountYen, from: civilDate(from), to: civilDate(to), issuedOn: civilDate(from) },
});

test('each plan is counted by itself, everything else by its kind, the largest first; nothing of other months', () => {
  const lines = [
    line('plan:light', 1_000, '2026-11-01', '2026-11-30'),
    line('usage:sms', 10, '2026-10-01', '2026-10-31'),
    line('usage:call', 20, '2026-11-01', '2026-11-30'),
    line('plan:standard', 6_100, '2026-11-01', '2026-12-31'),
    line('plan:old', 500, '2026-08-01', '2026-08-31'),
    line('topUp', 90_000, '2026-11-01', '2026-11-01'),
  ];
  expect(salesBy(lines, ({ item }) => salesGroup(item), [], MONTHS)).toEqual([
    { key: 'plan:standard', months: [0, 3_000, 3_100], totalYen: 6_100 },
    { key: 'plan:light', months: [0, 1_000, 0], totalYen: 1_000 },
    { key: 'usage', months: [10, 20, 0], totalYen: 30 },
  ]);
});

test('all groups together are what the books say, to the yen', () => {
  const first = civilDate('2026-09-15');
  const some = fc.array(
    fc
      .record({
        item: fc.constantFrom('plan:a', 'plan:b', 'option:c', 'topUp', 'refund'),
        amountYen: fc.integer({ min: -50_000, max: 50_000 }),
        after: fc.nat(100),
        days: fc.nat(400),
      })
      .map(({ item, amountYen, after, days }): RevenueLine => {
        const from = addDays(first, after);
        return { item, amountYen, from, to: addDays(from, days), issuedOn: from };
      }),
    { maxLength: 20 },
  );
  fc.assert(
    fc.property(some, (lines) => {
      const groups = salesBy(lines, ({ item }) => salesGroup(item), [], MONTHS);
      const sums = MONTHS.map((_, n) => groups.reduce((sum, { months }) => sum + (months[n] ?? 0), 0));
      expect(sums).toEqual(monthFigures(lines, [], MONTHS).value.map(({ revenueYen }) => revenueYen));
    }),
  );
});
