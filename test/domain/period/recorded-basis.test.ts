import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, civilDate } from '../../../domain/calendar/civil-date.ts';
import { contractPeriod, type PeriodBasis } from '../../../domain/period/contract-schedule.ts';
import { recordedBasis } from '../../../domain/period/recorded-basis.ts';

const firstDay = civilDate('2027-04-01');

describe('the basis of periods found again from those on record', () => {
  test('a contract without periods begins with its first day', () => {
    expect(recordedBasis({ kind: 'monthly', firstDay }, [])).toEqual({
      kind: 'monthly',
      firstDay,
      indexBase: 0,
    });
  });

  test('a monthly contract has its first month on record and nothing else', () => {
    const basis: PeriodBasis = { kind: 'monthly', firstDay: civilDate('2027-01-31'), indexBase: 0 };
    expect(recordedBasis(basis, [contractPeriod(basis, 1)])).toEqual(basis);
  });

  test('however often an annual contract renewed, its periods count from the first day', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000 }), fc.integer({ min: 1, max: 25 }), (offset, years) => {
        const basis: PeriodBasis = { kind: 'annual', firstDay: addDays(firstDay, offset), indexBase: 0 };
        const periods = Array.from({ length: years }, (_, n) => contractPeriod(basis, n + 1));
        expect(recordedBasis(basis, periods)).toEqual(basis);
      }),
    );
  });

  test('a first day of 29 February stays the one that the years count from', () => {
    const basis: PeriodBasis = { kind: 'annual', firstDay: civilDate('2028-02-29'), indexBase: 0 };
    const periods = Array.from({ length: 9 }, (_, n) => contractPeriod(basis, n + 1));
    for (let years = 1; years <= 9; years += 1) {
      expect(recordedBasis(basis, periods.slice(0, years))).toEqual(basis);
    }
  });

  test('after a change of kind the periods count from that renewal, their numbers run on', () => {
    const annual: PeriodBasis = { kind: 'annual', firstDay, indexBase: 0 };
    const years = [1, 2].map((index) => contractPeriod(annual, index));
    const monthly: PeriodBasis = { kind: 'monthly', firstDay: civilDate('2029-04-01'), indexBase: 2 };
    const toMonthly = [...years, contractPeriod(monthly, 3)];
    expect(recordedBasis({ kind: 'monthly', firstDay }, toMonthly)).toEqual(monthly);
    const again: PeriodBasis = { kind: 'annual', firstDay: civilDate('2029-09-01'), indexBase: 7 };
    const toAnnual = [...toMonthly, contractPeriod(again, 8), contractPeriod(again, 9)];
    expect(recordedBasis({ kind: 'annual', firstDay }, toAnnual)).toEqual(again);
  });
});
