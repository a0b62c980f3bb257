import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, addYears, civilDate, compareDates } from '../../../domain/calendar/civil-date.ts';
import { lineOf, periodsBeginning } from '../../../domain/future/period-line.ts';
import { firstDayFor, type PeriodTerms, periodAt, periodContaining } from '../../../domain/period/periods.ts';
import { anyDate } from '../arbitraries.ts';

const terms = (kind: PeriodTerms['kind'], firstDay: string): PeriodTerms => ({
  kind,
  firstDay: civilDate(firstDay),
});
const anyTerms = fc.record<PeriodTerms>({ kind: fc.constantFrom('annual', 'monthly'), firstDay: anyDate });

describe('periods (第5条3項)', () => {
  it('a contract concluded on a 1st begins a month later all the same', () => {
    expect(firstDayFor(civilDate('2026-02-01')).value).toBe('2026-03-01');
    expect(firstDayFor(civilDate('2026-12-31')).value).toBe('2027-01-01');
  });

  it('tile the calendar without gap or overlap for 20 years from any first day', () => {
    fc.assert(
      fc.property(anyTerms, (contract) => {
        const until = addYears(contract.firstDay, 20);
        let period = periodAt(contract, 1).value;
        expect(period.from).toBe(contract.firstDay);
        while (compareDates(period.to, until) < 0) {
          const next = periodAt(contract, period.index + 1).value;
          expect(compareDates(period.from, period.to)).toBeLessThanOrEqual(0);
          expect(next.from).toBe(addDays(period.to, 1));
          period = next;
        }
      }),
      { numRuns: 60 },
    );
  });

  it('every day belongs to the one period that contains it', () => {
    fc.assert(
      fc.property(anyTerms, fc.integer({ min: 0, max: 9000 }), (contract, days) => {
        const date = addDays(contract.firstDay, days);
        const period = periodContaining(contract, date).value;
        expect(period).not.toBeNull();
        if (period === null) return;
        expect(period.from <= date && date <= period.to).toBe(true);
        expect(periodAt(contract, period.index).value).toEqual(period);
      }),
    );
  });

  it('no period contains a day before the first', () => {
    expect(periodContaining(terms('annual', '2026-04-01'), civilDate('2026-03-31')).value).toBeNull();
  });

  it.each([
    ['2027-01-31', 13, '2028-01-31', '2028-02-29'],
    ['2027-01-30', 1, '2027-01-30', '2027-02-28'],
    ['2027-01-29', 13, '2028-01-29', '2028-02-28'],
    ['2028-02-29', 12, '2029-01-29', '2029-02-28'],
    ['2026-12-15', 1, '2026-12-15', '2027-01-14'],
  ])('monthly from %s: period %i is %s to %s', (firstDay, index, from, to) => {
    expect(periodAt(terms('monthly', firstDay), index).value).toEqual({ index, from, to });
  });

  it('an annual campaign from 29 February ends on the last of February', () => {
    expect(periodAt(terms('annual', '2028-02-29'), 1).value).toEqual({
      index: 1,
      from: '2028-02-29',
      to: '2029-02-28',
    });
    expect(periodAt(terms('annual', '2028-02-29'), 2).value).toEqual({
      index: 2,
      from: '2029-03-01',
      to: '2030-02-28',
    });
  });

  it.each([0, -1, 1.5, Number.NaN])('there is no period %d', (index) => {
    expect(() => periodAt(terms('monthly', '2026-04-01'), index)).toThrow(RangeError);
  });

  it('lists the periods that begin after one day and through another', () => {
    const found = periodsBeginning(
      lineOf(terms('monthly', '2026-04-01')),
      civilDate('2026-04-10'),
      civilDate('2026-06-30'),
    );
    expect(found.map(({ from }) => from)).toEqual(['2026-05-01', '2026-06-01']);
    const notYet = periodsBeginning(
      lineOf(terms('annual', '2026-04-01')),
      civilDate('2026-03-10'),
      civilDate('2026-04-30'),
    );
    expect(notYet.map(({ index }) => index)).toEqual([1]);
  });
});
