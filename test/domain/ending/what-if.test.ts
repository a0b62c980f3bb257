import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidValueError } from '../../../domain/base/invalid-value.ts';
import { civilDate, jstDate, parseInstant } from '../../../domain/calendar/civil-date.ts';
import { resolveEnd } from '../../../domain/ending/cancellation.ts';
import { type WhatIfInput, whatIf } from '../../../domain/ending/what-if.ts';
import { calendarStrip } from '../../../domain/future/calendar-strip.ts';
import type { ContractFacts } from '../../../domain/future/facts.ts';
import { lineOf, periodsBeginning } from '../../../domain/future/period-line.ts';
import { projectContract } from '../../../domain/future/project.ts';
import type { PeriodTerms } from '../../../domain/period/periods.ts';
import { contractFacts, openChange, plainFacts } from '../../support/contract-facts.ts';
import { anyDate, anyInstant } from '../arbitraries.ts';

const annual: PeriodTerms = { kind: 'annual', firstDay: civilDate('2026-04-01') };
const monthly: PeriodTerms = { kind: 'monthly', firstDay: civilDate('2026-04-01') };
const ask = (at: string, more: Partial<WhatIfInput> = {}) =>
  whatIf({
    facts: plainFacts(annual, 360_000),
    instantMs: parseInstant(at),
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
          const answer = whatIf({ facts: plainFacts(terms, 1_000), instantMs, wish, balanceYen: 5 });
          const executed = resolveEnd({ arrivedAtMs: instantMs, wish });
          const { endsOn } = executed.value;
          expect(answer.end.value).toEqual(executed.value);
          expect(answer.neverBegins).toBe(endsOn < firstDay);
          expect(answer.end.steps.slice(0, executed.steps.length)).toEqual(executed.steps);
          const periods = periodsBeginning(lineOf(terms), jstDate(instantMs), endsOn);
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
    const open = [
      openChange('a', '2026-05-21', { planCode: 'premium' }),
      openChange('b', '2026-06-21', { licences: 31 }),
    ];
    const facts = contractFacts({
      contents: { kind: 'monthly' },
      basis: { ...monthly, indexBase: 0 },
      open,
    });
    const answer = ask('2026-05-21T09:00:00+09:00', { facts });
    expect(answer.end.value.endsOn).toBe('2026-07-31');
    expect(answer.feesDue.value.items.map(({ feeYen }) => feeYen)).toEqual([36_000, 60_000]);
  });

  it('a pending upgrade inside the year is owed as its difference, and raises the year after', () => {
    const facts = contractFacts({
      basis: { ...annual, indexBase: 0 },
      open: [openChange('a', '2027-02-03', { planCode: 'premium' })],
    });
    expect(ask('2027-02-25T09:00:00+09:00', { facts }).feesDue.value).toEqual({
      items: [
        { reason: 'upgrade', from: '2027-03-01', to: '2027-03-31', feeYen: 20_000 },
        { reason: 'period', from: '2027-04-01', to: '2028-03-31', feeYen: 600_000 },
      ],
      totalYen: 620_000,
    });
  });

  it('what is dropped inside the year and taken again is not owed twice', () => {
    const sms = (quantity: number) => ({ options: [{ code: 'sms', quantity }] });
    const facts = contractFacts({
      contents: { options: [{ code: 'sms', quantity: 1 }] },
      basis: { ...annual, indexBase: 0 },
      open: [
        openChange('a', '2026-05-10', sms(0)),
        openChange('b', '2026-07-10', sms(1)),
        openChange('c', '2026-08-10', { licences: 11 }),
      ],
    });
    const answer = ask('2026-05-25T09:00:00+09:00', { facts, wish: civilDate('2027-03-31') });
    expect(answer.feesDue.value.items.map(({ from, feeYen }) => [from, feeYen])).toEqual([
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
    const answer = ask('2026-12-01T09:00:00+09:00', {
      facts: plainFacts(annual, 360_000, { ownEndsOn: civilDate('2026-12-31') }),
    });
    expect(answer.end.value.endsOn).toBe('2026-12-31');
    expect(answer.renewal.value).toBeNull();
  });

  it('follows the holiday policy', () => {
    const policy = { cutoffHoliday: 'nextBusinessDay' } as const;
    expect(ask('2027-02-22T09:00:00+09:00', { policy }).end.value.endsOn).toBe('2027-03-31');
  });

  it('refuses amounts that are no whole yen', () => {
    expect(() => ask('2026-12-01T09:00:00+09:00', { balanceYen: -1 })).toThrow(InvalidValueError);
    const facts = plainFacts(annual, 0.5);
    expect(() => ask('2027-03-01T09:00:00+09:00', { facts })).toThrow(InvalidValueError);
  });
});

/** A contract that changes between annual and monthly at its renewal (第5条3項), annual from 2026-12-01. */
describe('a pending change of kind', () => {
  const toMonths = openChange('a', '2026-11-30', { kind: 'monthly' });
  const annualFacts = contractFacts({ contents: { licences: 12 }, open: [toMonths] });

  it('to months: the months that begin are due, nothing renews although cancelled', () => {
    const answer = ask('2027-11-10T00:00:00+09:00', { facts: annualFacts });
    expect(answer.end.value.endsOn).toBe('2027-12-31');
    expect(answer.feesDue.value).toEqual({
      items: [{ reason: 'period', from: '2027-12-01', to: '2027-12-31', feeYen: 38_400 }],
      totalYen: 38_400,
    });
    expect(answer.renewsAlthoughCancelled.value).toBeNull();
    expect(answer.renewal.value?.period).toMatchObject({ kind: 'monthly', to: '2027-12-31' });
    expect(JSON.stringify(answer)).not.toContain('2028-11-30');
  });

  it('to a year: the whole year is due, and it renews although cancelled', () => {
    const facts = contractFacts({
      contents: { kind: 'monthly' },
      basis: { kind: 'monthly', firstDay: civilDate('2026-12-01'), indexBase: 0 },
      open: [openChange('a', '2027-10-06', { kind: 'annual' })],
    });
    const answer = ask('2027-11-10T00:00:00+09:00', { facts });
    expect(answer.feesDue.value).toMatchObject({
      items: [{ from: '2027-12-01', to: '2028-11-30', feeYen: 360_000 }],
    });
    expect(answer.renewsAlthoughCancelled.value?.beginning).toHaveLength(1);
  });

  it('an end that comes before the change leaves the kind as it is', () => {
    const answer = ask('2027-10-10T00:00:00+09:00', { facts: annualFacts });
    expect(answer.end.value.endsOn).toBe('2027-11-30');
    expect(answer.feesDue.value.totalYen).toBe(0);
  });
});

describe('what cannot be any more', () => {
  it('walk e1: an end before the first day is said in words, and costs nothing', () => {
    const facts = plainFacts({ kind: 'monthly', firstDay: civilDate('2027-01-31') }, 30_000);
    const answer = ask('2026-11-10T10:00:00+09:00', { facts });
    expect(answer).toMatchObject({ neverBegins: true, feesDue: { value: { totalYen: 0 } } });
    expect(answer.end.steps.at(-1)).toMatchObject({
      text: expect.stringContaining('初日2027年1月31日より前の2026年12月31日'),
      clause: '第10条1項',
    });
  });

  it('walk w2: cut-offs beyond a settled end are not shown', () => {
    const facts = plainFacts(annual, 1, { ownEndsOn: civilDate('2027-01-31') });
    expect(ask('2027-01-05T10:00:00+09:00', { facts }).cutoffs.value).toEqual({
      change: null,
      cancellation: null,
    });
    expect(ask('2026-12-05T10:00:00+09:00', { facts }).cutoffs.value).toEqual({
      change: { by: '2026-12-05', effectiveOn: '2027-01-01' },
      cancellation: { by: '2026-12-20', endsOn: '2027-01-31' },
    });
  });
});

const stripOf = (terms: PeriodTerms, changes: Partial<ContractFacts> = {}) =>
  projectContract(
    contractFacts({ basis: { ...terms, indexBase: 0 }, contents: { kind: terms.kind }, ...changes }),
  );

describe('calendar strip', () => {
  it('shows 18 months with cut-offs, cancel-by dates, period ends, renewals and changes', () => {
    const open = [openChange('a', '2026-12-24', { planCode: 'premium' })];
    const strip = calendarStrip(stripOf(annual, { open }), civilDate('2026-12-24'));
    expect(strip).toHaveLength(18);
    expect(strip[0]).toMatchObject({
      month: '2026-12',
      changeCutoff: '2026-12-05',
      cancellationCutoff: '2026-12-20',
    });
    expect(strip[2]).toMatchObject({
      month: '2027-02',
      cancelBys: [{ by: '2027-02-20', periodTo: '2027-03-31', kind: 'annual' }],
      changes: ['2027-02-01'],
    });
    expect(strip[3]?.periodEnds).toEqual(['2027-03-31']);
    expect(strip[4]?.renewals).toEqual([{ on: '2027-04-01', kind: 'annual', changesKind: false }]);
  });

  it('stops at a settled end', () => {
    const open = [openChange('a', '2027-03-24', { planCode: 'premium' })];
    const strip = calendarStrip(
      stripOf(annual, { open, ownEndsOn: civilDate('2027-04-30') }),
      civilDate('2027-01-01'),
    );
    expect(strip[2]).toMatchObject({ changeCutoff: '2027-03-05', cancellationCutoff: '2027-03-20' });
    expect(strip[3]).toMatchObject({
      ...{ month: '2027-04', running: true, endsOn: '2027-04-30' },
      ...{ changeCutoff: null, cancellationCutoff: null },
      renewals: [{ on: '2027-04-01' }],
    });
    expect(strip[4]).toMatchObject({
      running: false,
      changeCutoff: null,
      cancellationCutoff: null,
      changes: [],
      renewals: [],
    });
    expect(strip.flatMap(({ periodEnds }) => periodEnds)).toEqual(['2027-03-31']);
  });

  it('shows two period ends in one month for a monthly contract that starts at a month’s end', () => {
    const terms: PeriodTerms = { kind: 'monthly', firstDay: civilDate('2027-01-31') };
    const strip = calendarStrip(stripOf(terms), civilDate('2027-01-31'), { months: 4 });
    expect(strip.map(({ periodEnds }) => periodEnds)).toEqual([
      [],
      ['2027-02-28'],
      ['2027-03-30'],
      ['2027-04-30'],
    ]);
    expect(strip[2]?.renewals.map(({ on }) => on)).toEqual(['2027-03-01', '2027-03-31']);
  });

  it('goes on month by month after a change of kind, and says so', () => {
    const open = [openChange('a', '2026-11-30', { kind: 'monthly' })];
    const strip = calendarStrip(projectContract(contractFacts({ open })), civilDate('2027-11-10'));
    expect(strip[1]).toMatchObject({
      renewals: [{ on: '2027-12-01', kind: 'monthly', changesKind: true }],
      changes: ['2027-12-01'],
      periodEnds: ['2027-12-31'],
    });
    expect(strip[2]?.renewals).toEqual([{ on: '2028-01-01', kind: 'monthly', changesKind: false }]);
  });
});
