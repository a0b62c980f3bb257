import { describe, expect, it } from 'vitest';
import { countBankDays, dueOn, isBankDay } from '../../../domain/billing/bank-days.ts';
import { runDays } from '../../../domain/billing/fee-timing.ts';
import { isBusinessDay } from '../../../domain/calendar/holidays.ts';
import { date, policy } from './support.ts';

describe('bank days', () => {
  it('are business days but 31 December to 3 January', () => {
    expect(
      ['2026-12-30', '2026-12-31', '2027-01-01', '2027-01-04'].map((day) => isBankDay(date(day))),
    ).toEqual([true, false, false, true]);
    // Business days that banks do not work on.
    expect(isBusinessDay(date('2025-12-31'))).toBe(true);
    expect(isBankDay(date('2025-12-31'))).toBe(false);
    expect(isBusinessDay(date('2025-01-02'))).toBe(true);
    expect(isBankDay(date('2025-01-02'))).toBe(false);
  });

  it.each([
    ['2026-11-30', '2026-11-30', 0],
    ['2026-11-30', '2026-11-29', 0],
    ['2026-11-30', '2026-12-01', 1],
    ['2026-10-30', '2026-11-05', 3],
    ['2026-12-28', '2027-01-04', 3],
  ])('after %s through %s there are %i', (after, through, count) => {
    expect(countBankDays(date(after), date(through))).toBe(count);
  });
});

describe('due dates (第6条2項)', () => {
  it.each([
    ['2026-11-15', 'nextBusinessDay', '2026-11-30'],
    ['2026-11-16', 'nextBusinessDay', '2027-01-04'],
    ['2026-11-16', 'previousBusinessDay', '2026-12-30'],
    ['2026-11-16', 'none', '2026-12-31'],
    ['2027-01-31', 'none', '2027-02-28'],
    ['2028-01-31', 'none', '2028-02-29'],
    // Sunday 28 February: Monday, or Friday.
    ['2027-02-01', 'nextBusinessDay', '2027-03-01'],
    ['2027-02-01', 'previousBusinessDay', '2027-02-26'],
  ] as const)('issued on %s, policy %s: %s', (issuedOn, holiday, due) => {
    expect(dueOn(date(issuedOn), holiday).value).toBe(due);
  });
});

describe('billing runs', () => {
  it('are one a month on the day of the policy, between two days, but the missed ones', () => {
    const missed = new Set(['2027-01']);
    expect(runDays(date('2026-11-11'), date('2027-03-10'), policy(), missed)).toEqual([
      '2026-12-10',
      '2027-02-10',
      '2027-03-10',
    ]);
    expect(runDays(date('2026-11-20'), date('2026-12-19'), policy({ day: 20 }), new Set())).toEqual([
      '2026-11-20',
    ]);
  });
});
