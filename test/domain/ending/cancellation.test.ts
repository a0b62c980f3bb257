import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addMonths,
  civilDate,
  daysBetween,
  firstOfMonth,
  isMonthEnd,
  jstDate,
  lastOfMonth,
  parseInstant,
} from '../../../domain/calendar/civil-date.ts';
import type { CutoffHoliday } from '../../../domain/calendar/cutoff.ts';
import { earliestEnd, renewsAlthoughCancelled, resolveEnd } from '../../../domain/ending/cancellation.ts';
import type { PeriodTerms } from '../../../domain/period/periods.ts';
import { renewalCutoff } from '../../../domain/period/renewal.ts';
import { anyDate, anyInstant } from '../arbitraries.ts';

const anyPolicy = fc.record({ cutoffHoliday: fc.constantFrom<CutoffHoliday>('none', 'nextBusinessDay') });
const annual: PeriodTerms = { kind: 'annual', firstDay: civilDate('2026-04-01') };

describe('earliest end (第10条1項)', () => {
  it('never comes earlier for a later arrival', () => {
    fc.assert(
      fc.property(anyInstant, fc.nat(90 * 86_400_000), anyPolicy, (arrived, later, policy) => {
        expect(earliestEnd(arrived, policy).value <= earliestEnd(arrived + later, policy).value).toBe(true);
      }),
    );
  });

  it('is always a month end, of the next month or the one after', () => {
    fc.assert(
      fc.property(anyInstant, anyPolicy, (arrived, policy) => {
        const end = earliestEnd(arrived, policy).value;
        const month = firstOfMonth(jstDate(arrived));
        expect(isMonthEnd(end)).toBe(true);
        expect([lastOfMonth(addMonths(month, 1)), lastOfMonth(addMonths(month, 2))]).toContain(end);
      }),
    );
  });

  it.each([
    ['none', '2026-09-24T10:00:00+09:00', '2026-11-30'],
    ['nextBusinessDay', '2026-09-24T23:59:59.999+09:00', '2026-10-31'],
    ['nextBusinessDay', '2026-09-25T00:00:00+09:00', '2026-11-30'],
    ['none', '2026-06-20T10:00:00+09:00', '2026-07-31'],
    ['nextBusinessDay', '2026-06-22T10:00:00+09:00', '2026-07-31'],
  ] as const)('cutoff.holiday = %s, arrival %s: ends %s', (cutoffHoliday, arrived, end) => {
    expect(earliestEnd(parseInstant(arrived), { cutoffHoliday }).value).toBe(end);
  });

  it('cites the clause', () => {
    expect(earliestEnd(parseInstant('2026-03-20T15:00:00Z')).steps.map(({ clause }) => clause)).toEqual([
      '第10条1項',
      '第10条1項',
    ]);
  });
});

describe('wishes (第10条1項)', () => {
  it.each([
    [undefined, '2026-04-30', 'noWish', false],
    ['2026-04-30', '2026-04-30', 'kept', false],
    ['2026-12-31', '2026-12-31', 'kept', false],
    ['2026-05-01', '2026-05-31', 'moved', true],
    ['2026-04-15', '2026-04-30', 'moved', true],
    ['2026-03-31', '2026-04-30', 'tooEarly', false],
    ['2026-03-12', '2026-04-30', 'tooEarly', true],
  ])('a wish for %s ends on %s (%s), to be confirmed: %s', (wish, endsOn, outcome, needsConfirmation) => {
    const input = {
      arrivedAtMs: parseInstant('2026-03-10T10:00:00+09:00'),
      ...(wish ? { wish: civilDate(wish) } : {}),
    };
    expect(resolveEnd(input).value).toEqual({ endsOn, earliest: '2026-04-30', outcome, needsConfirmation });
  });

  it('never end before the earliest end, always at a month end, and within a month of a later wish', () => {
    fc.assert(
      fc.property(anyInstant, anyDate, anyPolicy, (arrivedAtMs, wish, policy) => {
        const { endsOn, earliest } = resolveEnd({ arrivedAtMs, wish }, policy).value;
        expect(endsOn >= earliest).toBe(true);
        expect(isMonthEnd(endsOn)).toBe(true);
        if (wish >= earliest) expect(daysBetween(wish, endsOn)).toBeLessThan(31);
      }),
    );
  });
});

describe('renews although cancelled (第5条3項)', () => {
  it('names the period end that was missed and the whole period that begins', () => {
    const found = renewsAlthoughCancelled(annual, civilDate('2027-04-30'), civilDate('2027-03-01')).value;
    expect(found).toEqual({
      missed: '2027-03-31',
      beginning: [{ index: 2, from: '2027-04-01', to: '2028-03-31' }],
    });
  });

  it('is nothing for an end within the period, on its last day, or for a monthly contract', () => {
    expect(
      renewsAlthoughCancelled(annual, civilDate('2027-03-31'), civilDate('2027-02-20')).value,
    ).toBeNull();
    expect(
      renewsAlthoughCancelled(annual, civilDate('2026-06-30'), civilDate('2026-05-01')).value,
    ).toBeNull();
    expect(
      renewsAlthoughCancelled(annual, civilDate('2026-04-30'), civilDate('2026-03-10')).value,
    ).toBeNull();
    expect(
      renewsAlthoughCancelled(
        { ...annual, kind: 'monthly' },
        civilDate('2027-04-30'),
        civilDate('2027-03-01'),
      ).value,
    ).toBeNull();
  });

  it('happens exactly when the arrival is after the period’s cut-off', () => {
    fc.assert(
      fc.property(
        fc.integer({
          min: parseInstant('2026-04-01T00:00:00+09:00'),
          max: parseInstant('2027-03-31T23:59:59+09:00'),
        }),
        anyPolicy,
        (arrived, policy) => {
          const end = earliestEnd(arrived, policy).value;
          const renews = renewsAlthoughCancelled(annual, end, jstDate(arrived)).value !== null;
          expect(renews).toBe(
            jstDate(arrived) > renewalCutoff(civilDate('2027-03-31'), policy).value.cancelBy,
          );
        },
      ),
    );
  });
});
