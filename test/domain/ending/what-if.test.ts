import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidValueError } from '../../../domain/base/invalid-value.ts';
import { civilDate, jstDate, parseInstant } from '../../../domain/calendar/civil-date.ts';
import { resolveEnd } from '../../../domain/ending/cancellation.ts';
import { type WhatIfInput, whatIf } from '../../../domain/ending/what-if.ts';
import { calendarStrip } from '../../../domain/period/calendar-strip.ts';
import { type PeriodTerms, periodsBeginning } from '../../../domain/period/periods.ts';
import { anyDate, anyInstant } from '../arbitraries.ts';

const annual: PeriodTerms = { kind: 'annual', firstDay: civilDate('2026-04-01') };
const monthly: PeriodTerms = { kind: 'monthly', firstDay: civilDate('2026-04-01') };
const ask = (at: string, more: Partial<WhatIfInput> = {}) =>
  whatIf({
    terms: annual,
    instantMs: parseInstant(at),
    feePerPeriodYen: 360_000,
    balanceYen: 12_300,
    ...more,
  });

describe('what-if (第10条)', () => {
  it('says of any instant exactly what executing it gives', () => {
    fc.assert(
      fc.property(
        anyInstant,
        anyDate,
        fc.option(anyDate),
        fc.boolean(),
        (instantMs, firstDay, wish, isAnnual) => {
          const terms: PeriodTerms = { kind: isAnnual ? 'annual' : 'monthly', firstDay };
          const answer = whatIf({ terms, instantMs, wish, feePerPeriodYen: 1_000, balanceYen: 5 });
          const executed = resolveEnd({ arrivedAtMs: instantMs, wish });
          expect(answer.end).toEqual(executed);
          const periods = periodsBeginning(terms, jstDate(instantMs), executed.value.endsOn);
          expect(answer.feesDue.value.totalYen).toBe(periods.length * 1_000);
        },
      ),
    );
  });

  it('an annual contract cancelled in time owes nothing more and loses its balance', () => {
    const answer = ask('2027-02-20T23:59:59+09:00');
    expect(answer.end.value.endsOn).toBe('2027-03-31');
    expect(answer.feesDue.value).toEqual({ items: [], totalYen: 0 });
    expect(answer.balanceLostYen.value).toBe(12_300);
    expect(answer.renewsAlthoughCancelled.value).toBeNull();
    expect(answer.renewal.value).toMatchObject({
      renewsOn: '2027-04-01',
      cancelBy: '2027-02-20',
      certain: false,
    });
  });

  it('one instant later it owes a whole year, not a month of it', () => {
    const answer = ask('2027-02-21T00:00:00+09:00');
    expect(answer.end.value.endsOn).toBe('2027-04-30');
    expect(answer.feesDue.value).toEqual({
      items: [{ reason: 'period', from: '2027-04-01', to: '2028-03-31', feeYen: 360_000 }],
      totalYen: 360_000,
    });
    expect(answer.renewsAlthoughCancelled.value?.missed).toBe('2027-03-31');
    expect(answer.renewal.value?.certain).toBe(true);
  });

  it('a monthly contract owes each month that begins before the end, at the fee of that month', () => {
    const answer = ask('2026-05-21T09:00:00+09:00', {
      terms: monthly,
      feePerPeriodYen: 30_000,
      pendingChanges: [
        { effectiveOn: civilDate('2026-07-01'), feePerPeriodYen: 40_000 },
        { effectiveOn: civilDate('2026-08-01'), feePerPeriodYen: 90_000 },
      ],
    });
    expect(answer.end.value.endsOn).toBe('2026-07-31');
    expect(answer.feesDue.value.items.map(({ feeYen }) => feeYen)).toEqual([30_000, 40_000]);
  });

  it('a pending upgrade inside the year is owed as its difference, and raises the year after', () => {
    const answer = ask('2027-02-25T09:00:00+09:00', {
      pendingChanges: [{ effectiveOn: civilDate('2027-03-01'), feePerPeriodYen: 480_000 }],
    });
    expect(answer.feesDue.value).toEqual({
      items: [
        { reason: 'upgrade', from: '2027-03-01', to: '2027-03-31', feeYen: 10_000 },
        { reason: 'period', from: '2027-04-01', to: '2028-03-31', feeYen: 480_000 },
      ],
      totalYen: 490_000,
    });
  });

  it('what is dropped inside the year and taken again is not owed twice', () => {
    const answer = ask('2026-05-25T09:00:00+09:00', {
      wish: civilDate('2027-03-31'),
      pendingChanges: [
        { effectiveOn: civilDate('2026-07-01'), feePerPeriodYen: 300_000 },
        { effectiveOn: civilDate('2026-09-01'), feePerPeriodYen: 360_000 },
        { effectiveOn: civilDate('2026-10-01'), feePerPeriodYen: 372_000 },
      ],
    });
    expect(answer.feesDue.value.items.map(({ from, feeYen }) => [from, feeYen])).toEqual([
      ['2026-07-01', 0],
      ['2026-09-01', 0],
      ['2026-10-01', 6_000],
    ]);
  });

  it('counts a running period that has not been billed yet', () => {
    const answer = ask('2026-03-10T09:00:00+09:00', { billedThrough: civilDate('2026-03-31') });
    expect(answer.end.value.endsOn).toBe('2026-04-30');
    expect(answer.feesDue.value.totalYen).toBe(360_000);
  });

  it('an arrival in the past is judged by its own day, the renewal by today', () => {
    const answer = ask('2027-03-01T09:00:00+09:00', {
      arrivedAtMs: parseInstant('2027-02-19T09:00:00+09:00'),
    });
    expect(answer.end.value.endsOn).toBe('2027-03-31');
    expect(answer.renewal.value?.certain).toBe(true);
  });

  it('a settled earlier end stands and leaves no renewal', () => {
    const answer = ask('2026-12-01T09:00:00+09:00', { settledEnd: civilDate('2026-12-31') });
    expect(answer.end.value.endsOn).toBe('2026-12-31');
    expect(answer.renewal.value).toBeNull();
  });

  it('follows the holiday policy', () => {
    const policy = { cutoffHoliday: 'nextBusinessDay' } as const;
    expect(ask('2027-02-22T09:00:00+09:00', { policy }).end.value.endsOn).toBe('2027-03-31');
  });

  it('refuses amounts that are no whole yen', () => {
    expect(() => ask('2026-12-01T09:00:00+09:00', { balanceYen: -1 })).toThrow(InvalidValueError);
    expect(() => ask('2026-12-01T09:00:00+09:00', { feePerPeriodYen: 0.5 })).toThrow(InvalidValueError);
  });
});

describe('calendar strip', () => {
  it('shows 18 months with cut-offs, cancel-by dates, period ends, renewals and changes', () => {
    const strip = calendarStrip(annual, civilDate('2026-12-24'), { changesOn: [civilDate('2027-02-01')] });
    expect(strip).toHaveLength(18);
    expect(strip[0]).toMatchObject({
      month: '2026-12',
      changeCutoff: '2026-12-05',
      cancellationCutoff: '2026-12-20',
    });
    expect(strip[2]).toMatchObject({
      month: '2027-02',
      cancelBys: [{ by: '2027-02-20', periodTo: '2027-03-31' }],
      changes: ['2027-02-01'],
    });
    expect(strip[3]?.periodEnds).toEqual(['2027-03-31']);
    expect(strip[4]?.renewals).toEqual(['2027-04-01']);
  });

  it('stops at a settled end', () => {
    const strip = calendarStrip(annual, civilDate('2027-01-01'), {
      endsOn: civilDate('2027-04-30'),
      changesOn: [civilDate('2027-05-01')],
    });
    expect(strip[3]).toMatchObject({ month: '2027-04', endsOn: '2027-04-30', renewals: ['2027-04-01'] });
    expect(strip[4]).toMatchObject({
      changeCutoff: null,
      cancellationCutoff: null,
      changes: [],
      renewals: [],
    });
    expect(strip.flatMap(({ periodEnds }) => periodEnds)).toEqual(['2027-03-31']);
  });

  it('shows two period ends in one month for a monthly contract that starts at a month’s end', () => {
    const strip = calendarStrip(
      { kind: 'monthly', firstDay: civilDate('2027-01-31') },
      civilDate('2027-01-31'),
      { months: 4 },
    );
    expect(strip.map(({ periodEnds }) => periodEnds)).toEqual([
      [],
      ['2027-02-28'],
      ['2027-03-30'],
      ['2027-04-30'],
    ]);
    expect(strip[2]?.renewals).toEqual(['2027-03-01', '2027-03-31']);
  });
});
