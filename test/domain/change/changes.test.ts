import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addMonths,
  civilDate,
  firstOfMonth,
  jstDate,
  parseInstant,
} from '../../../domain/calendar/civil-date.ts';
import {
  changeEffectiveOn,
  checkChangeAgainstEnd,
  checkKindChange,
  checkLicences,
  checkPlanChange,
  resolveCollision,
  upgradeDifference,
} from '../../../domain/change/changes.ts';
import type { PeriodTerms } from '../../../domain/period/periods.ts';
import { anyInstant } from '../arbitraries.ts';

const annual: PeriodTerms = { kind: 'annual', firstDay: civilDate('2026-04-01') };

describe('effective day of a change (第8条2項)', () => {
  it('is the first of the next month up to the 5th in Japan, later of the month after', () => {
    fc.assert(
      fc.property(anyInstant, (arrived) => {
        const today = jstDate(arrived);
        const months = Number(today.slice(8)) <= 5 ? 1 : 2;
        expect(changeEffectiveOn(arrived).value).toBe(addMonths(firstOfMonth(today), months));
      }),
    );
  });

  it.each([
    ['none', '2026-06-01', '2026-07-01'],
    ['nextBusinessDay', '2026-06-01', '2026-06-01'],
  ] as const)('a 5th of May at cutoff.holiday = %s', (cutoffHoliday, onThe5th, onThe7th) => {
    expect(changeEffectiveOn(parseInstant('2026-05-05T12:00:00+09:00'), { cutoffHoliday }).value).toBe(
      onThe5th,
    );
    expect(changeEffectiveOn(parseInstant('2026-05-07T12:00:00+09:00'), { cutoffHoliday }).value).toBe(
      onThe7th,
    );
  });
});

describe('what may change', () => {
  it('a lower plan rank is refused by 第8条3項, the same or a higher one is not', () => {
    const refusal = checkPlanChange({ fromRank: 2, toRank: 1 });
    expect(refusal.value).toEqual({ allowed: false, clause: '第8条3項' });
    expect(refusal.steps.at(-1)?.clause).toBe('第8条3項');
    expect(checkPlanChange({ fromRank: 1, toRank: 1 }).value.allowed).toBe(true);
    expect(checkPlanChange({ fromRank: 1, toRank: 2 }).value.allowed).toBe(true);
  });

  it.each([
    ['2027-04-01', true, '2027-04-01'],
    ['2026-10-01', false, '2027-04-01'],
    ['2027-05-01', false, '2028-04-01'],
    ['2026-04-01', false, '2027-04-01'],
  ])('year to month on %s: allowed %s, possible on %s', (on, allowed, possibleOn) => {
    expect(checkKindChange(annual, 'monthly', civilDate(on)).value).toEqual({ allowed, possibleOn });
  });

  it('month to year is possible on every first', () => {
    const monthly: PeriodTerms = { kind: 'monthly', firstDay: civilDate('2026-04-01') };
    expect(checkKindChange(monthly, 'annual', civilDate('2026-08-01')).value.allowed).toBe(true);
  });

  it('a change after the contract’s end is refused, one on its last day is not', () => {
    expect(checkChangeAgainstEnd(civilDate('2026-07-01'), civilDate('2026-06-30')).value.allowed).toBe(false);
    expect(checkChangeAgainstEnd(civilDate('2026-06-30'), civilDate('2026-06-30')).value.allowed).toBe(true);
    expect(checkChangeAgainstEnd(civilDate('2026-07-01'), null).value.allowed).toBe(true);
  });

  it('licences never fall below the accounts in use (第7条)', () => {
    expect(checkLicences({ licences: 10, accountsInUse: 10 }).value.allowed).toBe(true);
    expect(checkLicences({ licences: 9, accountsInUse: 10 }).value).toEqual({
      allowed: false,
      clause: '第7条1項',
    });
  });

  it('of two changes for one month the later arrival stands, on a tie the later entry', () => {
    const early = { id: 'a', arrivedAtMs: 1 };
    const late = { id: 'b', arrivedAtMs: 2 };
    expect(resolveCollision(early, late).value).toEqual({ stands: late, superseded: early });
    expect(resolveCollision(late, early).value).toEqual({ stands: late, superseded: early });
    expect(resolveCollision(early, { ...early, id: 'c' }).value.stands.id).toBe('c');
  });
});

describe('upgrade inside an annual period', () => {
  const year = { from: civilDate('2026-02-01'), to: civilDate('2027-01-31') };
  it.each([
    ['2026-02-01', 360_000, 480_000, 12, 120_000],
    ['2027-01-01', 360_000, 480_000, 1, 10_000],
    ['2027-02-01', 360_000, 480_000, 0, 0],
    ['2026-01-01', 360_000, 480_000, 12, 120_000],
    ['2026-06-15', 360_000, 480_000, 7, 70_000],
    ['2026-06-01', 360_000, 360_001, 8, 0],
    ['2026-06-01', 480_000, 360_000, 8, 0],
    ['2026-09-01', 0, 9_007_199_254_740_991, 5, 3_752_999_689_475_412],
  ])('from %s, %i to %i yen: %i months, %i yen', (on, oldFeeYen, newFeeYen, months, differenceYen) => {
    const found = upgradeDifference({ oldFeeYen, newFeeYen, period: year, effectiveOn: civilDate(on) });
    expect(found.value).toEqual({ months, differenceYen });
  });

  it('refuses fees that are no whole yen', () => {
    const input = { oldFeeYen: 0.5, newFeeYen: 1, period: year, effectiveOn: civilDate('2026-06-01') };
    expect(() => upgradeDifference(input)).toThrow('整数');
  });
});
