import holidays from '@holiday-jp/holiday_jp/lib/holidays.js';
import { describe, expect, it } from 'vitest';
import { civilDate } from '../../../domain/calendar/civil-date.ts';
import { HOLIDAYS } from '../../../domain/calendar/holiday-table.ts';
import {
  addBusinessDays,
  HolidayDataError,
  isBusinessDay,
  nextBusinessDay,
  nextFilingDay,
} from '../../../domain/calendar/holidays.ts';

describe('holiday table', () => {
  it.each(Object.entries(HOLIDAYS))('%s has the holidays of the package', (year, table) => {
    const days = Object.keys(holidays).filter((date) => date.startsWith(`${year}-`));
    expect(table).toBe(
      days
        .toSorted()
        .map((date) => date.slice(5).replace('-', ''))
        .join(' '),
    );
  });
});

describe('business days', () => {
  it.each([
    ['2026-05-05', '2026-05-07'],
    ['2026-09-20', '2026-09-24'],
    ['2026-12-05', '2026-12-07'],
    ['2026-03-19', '2026-03-19'],
  ])('the business day on or after %s is %s', (date, expected) => {
    expect(nextBusinessDay(civilDate(date))).toBe(expected);
  });

  it.each([
    ['2026-05-31', '2026-06-01'],
    ['2027-02-28', '2027-03-01'],
    ['2028-04-30', '2028-05-01'],
    ['2029-04-30', '2029-05-01'],
    ['2026-12-31', '2027-01-04'],
    ['2027-12-29', '2028-01-04'],
    ['2026-06-30', '2026-06-30'],
    ['2011-12-31', '2012-01-04'],
  ])('a filing due on %s may come by %s', (date, expected) => {
    expect(nextFilingDay(civilDate(date))).toBe(expected);
  });

  it('counts over weekends and holidays', () => {
    expect(addBusinessDays(civilDate('2026-05-01'), 1)).toBe('2026-05-07');
    expect(addBusinessDays(civilDate('2026-05-02'), 0)).toBe('2026-05-07');
    expect(() => addBusinessDays(civilDate('2026-05-02'), -1)).toThrow(RangeError);
  });

  it('says that it does not know a year without data', () => {
    expect(() => isBusinessDay(civilDate('2051-01-05'))).toThrow(HolidayDataError);
    expect(() => isBusinessDay(civilDate('2022-12-28'))).toThrow('2023年から2050年');
  });
});
