import { describe, expect, it } from 'vitest';
import { civilDate } from '../../../domain/calendar/civil-date.ts';
import {
  DEFAULT_RETENTION_POLICY,
  deletionDue,
  keepThrough,
  secrecyThrough,
} from '../../../domain/data/retention.ts';

describe('keeping and deleting (第19条, 第22条)', () => {
  it('the year’s documents are kept by the operator’s own fiscal year', () => {
    const december = {
      ...{ fiscalYearEndMonth: 12, filingDeadlineMonths: 2, years: 10 },
      deadlineHoliday: 'none' as const,
    };
    expect(keepThrough(civilDate('2026-12-31'), december).value).toEqual({
      fiscalYearEnd: '2026-12-31',
      keepThrough: '2037-02-28',
    });
    expect(keepThrough(civilDate('2027-01-01'), december).value).toEqual({
      fiscalYearEnd: '2027-12-31',
      keepThrough: '2038-02-28',
    });
    expect(keepThrough(civilDate('2025-06-01'), december).value.keepThrough).toBe('2036-02-29');
    expect(keepThrough(civilDate('2027-04-01')).value.fiscalYearEnd).toBe('2028-03-31');
    expect(() => keepThrough(civilDate('2027-04-01'), { ...december, fiscalYearEndMonth: 13 })).toThrow(
      RangeError,
    );
  });

  it('data is due for deletion after the days of grace, at once with none', () => {
    expect(deletionDue(civilDate('2026-03-31')).value).toBe('2026-05-01');
    expect(deletionDue(civilDate('2026-03-31'), 0).value).toBe('2026-04-01');
    expect(() => deletionDue(civilDate('2026-03-31'), 1.5)).toThrow(RangeError);
  });

  it.each([
    ['2026-03-31', '2029-03-31'],
    ['2027-06-30', '2030-06-30'],
    ['2033-02-28', '2036-02-29'],
    ['2041-02-28', '2044-02-29'],
    ['2028-02-29', '2031-02-28'],
    ['2028-02-28', '2031-02-28'],
    ['2027-12-31', '2030-12-31'],
  ])(
    'secrecy after %s is counted from the day after it, through %s (Civil Code 140, 143)',
    (ended, through) => {
      expect(secrecyThrough(civilDate(ended)).value).toBe(through);
    },
  );

  it.each([
    ['2025-05-10', 'a Sunday moves to Monday', '2036-06-01'],
    ['2026-05-10', 'a Monday stays', '2037-05-31'],
    ['2024-05-10', 'a Saturday moves to Monday', '2035-06-02'],
  ])('issued %s: a filing deadline on %s', (issued, _, through) => {
    expect(keepThrough(civilDate(issued)).value.keepThrough).toBe(through);
    const none = keepThrough(civilDate(issued), { ...DEFAULT_RETENTION_POLICY, deadlineHoliday: 'none' });
    expect(none.value.keepThrough.slice(5)).toBe('05-31');
  });

  it('a deadline at the end of the year moves past 3 January; old documents need no holiday data', () => {
    const october = { ...DEFAULT_RETENTION_POLICY, fiscalYearEndMonth: 10 };
    expect(keepThrough(civilDate('2026-05-10'), october).value.keepThrough).toBe('2037-01-04');
    expect(keepThrough(civilDate('2015-05-10')).value.keepThrough).toBe('2026-05-31');
  });
});
