import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, civilDate } from '../../../domain/calendar/civil-date.ts';
import {
  DEFAULT_RETENTION_POLICY,
  deletionDue,
  keepThrough,
  secrecyThrough,
} from '../../../domain/data/retention.ts';
import { type RefundInput, refund } from '../../../domain/discontinuation/discontinuation.ts';
import { liabilityCap } from '../../../domain/liability/liability.ts';
import { checkEdition, editionBinding } from '../../../domain/notice/terms-edition.ts';
import { anyDate } from '../arbitraries.ts';

const base: RefundInput = {
  feeYen: 360_000,
  period: { from: civilDate('2026-03-01'), to: civilDate('2027-02-28') },
  lastDay: civilDate('2026-12-31'),
  balanceYen: 5_000,
  noticeOn: civilDate('2026-11-01'),
  forceMajeure: false,
};

describe('refund (第16条)', () => {
  it('never exceeds the fee, its tax and the balance', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        anyDate,
        fc.nat(800),
        fc.integer({ min: -900, max: 900 }),
        fc.nat(),
        (feeYen, from, length, offset, balanceYen) => {
          const period = { from, to: addDays(from, length) };
          const { value } = refund({
            ...base,
            feeYen,
            period,
            lastDay: addDays(from, offset),
            balanceYen,
            noticeOn: null,
          });
          expect(value.feeYen).toBeLessThanOrEqual(feeYen);
          expect(value.taxYen).toBe(Math.floor(value.feeYen / 10));
          expect(value.totalYen).toBe(value.feeYen + value.taxYen + balanceYen);
          expect(value.unusableDays).toBeLessThanOrEqual(value.periodDays);
        },
      ),
    );
  });

  it('is the whole fee when service ended before the period, no fee but the balance when the period was served', () => {
    expect(refund({ ...base, lastDay: civilDate('2026-02-10') }).value).toMatchObject({
      unusableDays: 365,
      feeYen: 360_000,
      totalYen: 401_000,
    });
    expect(refund({ ...base, lastDay: civilDate('2027-02-28') }).value).toMatchObject({
      unusableDays: 0,
      feeYen: 0,
      totalYen: 5_000,
    });
    expect(
      refund({ ...base, lastDay: civilDate('2027-06-30'), noticeOn: civilDate('2027-06-01') }).value,
    ).toMatchObject({ unusableDays: 0, totalYen: 5_000 });
  });

  it('turns on the day of the notice', () => {
    expect(refund({ ...base, noticeOn: civilDate('2026-06-30') }).value.totalYen).toBe(0);
    expect(refund({ ...base, noticeOn: civilDate('2026-07-01') }).value.totalYen).toBe(
      58_191 + 5_819 + 5_000,
    );
    expect(refund({ ...base, noticeOn: null }).value.totalYen).toBe(58_191 + 5_819 + 5_000);
    expect(refund({ ...base, noticeOn: null, forceMajeure: true }).value.totalYen).toBe(0);
  });

  it('refuses a period turned round and amounts that are no yen', () => {
    expect(() => refund({ ...base, period: { from: base.period.to, to: base.period.from } })).toThrow(
      RangeError,
    );
    expect(() => refund({ ...base, feeYen: -1 })).toThrow(RangeError);
    expect(() => refund({ ...base, balanceYen: 0.5 })).toThrow(RangeError);
  });

  it('shows its arithmetic', () => {
    expect(
      refund(base)
        .steps.map(({ text }) => text)
        .join('\n'),
    ).toContain('360,000円 × 59日 ÷ 365日 ＝ 58,191円');
  });
});

describe('liability cap (第23条3項)', () => {
  const fee = (from: string, to: string, feeYen: number) => ({
    from: civilDate(from),
    to: civilDate(to),
    feeYen,
  });

  it('counts no fee for days without service between two periods', () => {
    const fees = [fee('2025-01-01', '2025-12-31', 365_000), fee('2026-03-01', '2026-03-31', 31_000)];
    expect(liabilityCap(fees, civilDate('2026-04-01')).value).toEqual({
      windowFrom: '2025-04-01',
      windowTo: '2026-03-31',
      capYen: 275_000 + 31_000,
    });
  });

  it('rounds the sum once, not each period', () => {
    const thirds = [fee('2026-04-01', '2026-04-03', 100), fee('2026-04-04', '2026-04-06', 100)];
    expect(liabilityCap(thirds, civilDate('2026-04-06')).value.capYen).toBe(166);
    const halves = [fee('2026-04-01', '2026-04-02', 1), fee('2026-04-01', '2026-04-02', 1)];
    expect(liabilityCap(halves, civilDate('2026-04-02')).value.capYen).toBe(1);
  });

  it.each([
    ['2028-02-29', '2027-03-01', '2028-02-28'],
    ['2029-02-28', '2028-02-28', '2029-02-27'],
    ['2029-03-01', '2028-03-01', '2029-02-28'],
    ['2026-06-15', '2025-06-15', '2026-06-14'],
  ])('the year before %s is [%s, %s] (Civil Code 143)', (incident, windowFrom, windowTo) => {
    const fees = [fee('2020-01-01', '2030-12-31', 1)];
    expect(liabilityCap(fees, civilDate(incident)).value).toMatchObject({ windowFrom, windowTo });
  });

  it('is nothing without any service before the incident', () => {
    expect(liabilityCap([], civilDate('2026-04-01')).value).toEqual({
      windowFrom: '2025-04-01',
      windowTo: '2026-03-31',
      capYen: 0,
    });
    expect(liabilityCap([fee('2026-04-01', '2027-03-31', 1)], civilDate('2026-04-01')).value.capYen).toBe(0);
  });

  it('ignores fees older than the year and the days from the incident on', () => {
    const fees = [fee('2024-04-01', '2025-03-31', 999_999), fee('2025-04-01', '2026-03-31', 365_000)];
    expect(liabilityCap(fees, civilDate('2026-04-01')).value.capYen).toBe(365_000);
    expect(
      liabilityCap([fee('2028-03-01', '2029-02-28', 365_000)], civilDate('2029-02-28')).value.capYen,
    ).toBe(364_000);
  });
});

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

describe('editions of the terms (第17条)', () => {
  const plan = {
    effectiveOn: civilDate('2027-04-01'),
    today: civilDate('2027-03-01'),
    publishedOn: null,
    detrimental: false,
  };

  it('take effect only after they were published', () => {
    expect(checkEdition(plan).value.allowed).toBe(true);
    expect(checkEdition({ ...plan, today: civilDate('2027-04-01') }).value).toEqual({
      allowed: false,
      clause: '第17条1項',
    });
    expect(
      checkEdition({ ...plan, publishedOn: civilDate('2027-03-31'), today: civilDate('2027-04-01') }).value
        .allowed,
    ).toBe(true);
  });

  it('to the customer’s detriment are void when published late', () => {
    const late = { ...plan, detrimental: true, publishedOn: civilDate('2027-04-01') };
    expect(checkEdition(late).value).toEqual({ allowed: false, clause: '民法548条の4第3項' });
  });

  it('bind by notice from the effective date, after a late notice by the first use', () => {
    const effectiveOn = plan.effectiveOn;
    const bound = (noticedOn: string | null, firstUseOn: string | null) =>
      editionBinding({
        effectiveOn,
        noticedOn: noticedOn === null ? null : civilDate(noticedOn),
        firstUseOn: firstUseOn === null ? null : civilDate(firstUseOn),
      }).value;
    expect(bound('2027-03-31', null)).toEqual({ since: '2027-04-01', why: 'notice' });
    expect(bound('2027-04-10', null)).toBeNull();
    expect(bound('2027-04-10', '2027-04-12')).toEqual({ since: '2027-04-12', why: 'firstUse' });
    expect(bound(null, '2027-04-12')).toBeNull();
  });
});
