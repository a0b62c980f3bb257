import { describe, expect, test } from 'vitest';
import { civilDate } from '../../../domain/calendar/civil-date.ts';
import { countsForLiability, type FeePeriod, liabilityCap } from '../../../domain/liability/liability.ts';

const day = civilDate;
const fee = (from: string, to: string, feeYen: number): FeePeriod => ({
  from: day(from),
  to: day(to),
  feeYen,
});
const cap = (fees: readonly FeePeriod[], incident: string) => liabilityCap(fees, day(incident));
const clausesOf = ({ steps }: { steps: readonly { clause?: string }[] }) => steps.map(({ clause }) => clause);

/** 第23条3項: usage fees accrued by service day in the year that ends the day before the incident; shorter use: that time. */
describe('the time that the liability cap looks at', () => {
  const [first, second] = [
    fee('2026-04-01', '2027-03-31', 365_000),
    fee('2027-04-01', '2028-03-31', 366_000),
  ];

  test('is a year for a customer of a year or more', () => {
    const found = cap([second, first], '2027-10-01');
    expect(found.value).toEqual({
      ...{ windowFrom: '2026-10-01', windowTo: '2027-09-30' },
      capYen: 182 * 1_000 + 183 * 1_000,
    });
    expect(clausesOf(found)).toEqual(['第23条3項①', '第23条3項', '第23条3項', '第23条3項']);
  });

  test('is a year on the day on which the first year is full, less the day before', () => {
    expect(clausesOf(cap([first], '2027-04-01'))[0]).toBe('第23条3項①');
    expect(clausesOf(cap([first], '2027-03-31'))[0]).toBe('第23条3項②');
  });

  test('begins with the first use for a customer of less than a year, in whatever order the fees come', () => {
    for (const fees of [
      [first, second],
      [second, first],
    ]) {
      const found = cap(fees, '2026-10-01');
      expect(found.value).toEqual({ windowFrom: '2026-04-01', windowTo: '2026-09-30', capYen: 183_000 });
      expect(clausesOf(found)).toEqual(['第23条3項②', '第23条3項', '第23条3項']);
    }
  });

  test('counts the first day of use when it is the day before the incident', () => {
    expect(cap([first], '2026-04-02').value).toEqual({
      ...{ windowFrom: '2026-04-01', windowTo: '2026-04-01' },
      capYen: 1_000,
    });
  });

  test('is a year without fees where the first use comes after it', () => {
    const found = cap([first], '2026-04-01');
    expect(found.value).toEqual({ windowFrom: '2025-04-01', windowTo: '2026-03-31', capYen: 0 });
    expect(clausesOf(found)).toEqual(['第23条3項①', '第23条3項']);
  });

  test('is not asked of amounts that are no yen, nor of periods turned round', () => {
    expect(() => cap([fee('2026-04-01', '2027-03-31', 0.5)], '2027-04-01')).toThrow('利用料金');
    expect(() => cap([fee('2027-03-31', '2026-04-01', 1)], '2027-04-01')).toThrow('初日が最終日より後');
    expect(cap([fee('2026-04-01', '2026-04-01', 7)], '2027-04-01').value.capYen).toBe(7);
  });
});

test.each([
  ['plan', true],
  ['option:sms', true],
  ['licence', true],
  ['difference:2027-01', true],
  ['shortened', true],
  ['usage:voice', false],
  ['topUp', false],
  ['refund', false],
  ['', false],
])('a line of %j counts for the cap: %s', (item, counts) => {
  expect(countsForLiability(item)).toBe(counts);
});
