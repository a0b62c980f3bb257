import { describe, expect, test } from 'vitest';
import { civilDate } from '../../../domain/calendar/civil-date.ts';
import { DEFAULT_CUTOFF_POLICY } from '../../../domain/calendar/cutoff.ts';
import {
  addOutcome,
  contractOutcome,
  type DiscontinuationTerms,
  forecastNotice,
  NO_TOTALS,
  type PlannedContract,
} from '../../../domain/discontinuation/discontinuation-plan.ts';

const terms = (changes: Partial<DiscontinuationTerms> = {}): DiscontinuationTerms => ({
  lastDay: civilDate('2027-01-31'),
  planCode: null,
  forceMajeure: false,
  announcedOn: civilDate('2026-11-22'),
  cutoff: DEFAULT_CUTOFF_POLICY,
  ...changes,
});
const contract = (changes: Partial<PlannedContract> = {}): PlannedContract => ({
  basis: { kind: 'annual', firstDay: civilDate('2026-04-01'), indexBase: 0 },
  endsOn: null,
  planCode: 'lite',
  feeYen: 365_000,
  balanceYen: 5_000,
  changes: [],
  ...changes,
});
const late = civilDate('2026-11-22');
const outcome = (t = terms(), c = contract(), noticeOn: ReturnType<typeof civilDate> | null = late) =>
  contractOutcome(t, c, noticeOn).value;

describe('what a discontinuation costs for one contract (第16条)', () => {
  test('the fee of the days after the last one, tax on it, and the whole balance', () => {
    // 2027-02-01 to 2027-03-31 are 59 of 365 days.
    expect(outcome()).toMatchObject({
      fate: 'ends',
      late: true,
      paid: true,
      refund: {
        unusableDays: 59,
        periodDays: 365,
        feeYen: 59_000,
        taxYen: 5_900,
        balanceYen: 5_000,
        totalYen: 69_900,
      },
    });
  });

  test('nothing when the notice arrived in time, or by force majeure', () => {
    expect(outcome(terms(), contract(), civilDate('2026-07-31'))).toMatchObject({
      late: false,
      refund: { totalYen: 0 },
    });
    expect(outcome(terms({ forceMajeure: true })).refund.totalYen).toBe(0);
  });

  test('a period that became certain only after the announcement is billed to the last day: only the balance goes back', () => {
    const monthly = { kind: 'monthly' as const, firstDay: civilDate('2026-05-15'), indexBase: 0 };
    // The period from 2027-01-15 is certain from 2026-11-21 on: an end at 2026-12-31 must be asked for by 2026-11-20.
    const announced = (day: string) =>
      outcome(terms({ announcedOn: civilDate(day) }), contract({ basis: monthly, feeYen: 31_000 }));
    expect(announced('2026-11-20')).toMatchObject({
      paid: false,
      refund: { unusableDays: 0, feeYen: 0, totalYen: 5_000 },
    });
    expect(announced('2026-11-21')).toMatchObject({
      paid: true,
      refund: { unusableDays: 14, feeYen: 14_000 },
    });
  });

  test('a contract that ends before gets nothing; one that ends later within the period loses only the days until then', () => {
    expect(outcome(terms(), contract({ endsOn: civilDate('2027-01-31') }))).toMatchObject({
      fate: 'endsBefore',
      late: false,
      refund: { totalYen: 0 },
    });
    expect(outcome(terms(), contract({ endsOn: civilDate('2027-02-28') })).refund).toMatchObject({
      unusableDays: 28,
      feeYen: 28_000,
    });
  });

  test('one that leaves the plan by the day after the last one goes on', () => {
    const plan = terms({ planCode: 'lite' });
    const change = { planCode: 'premium', kind: 'annual' as const, feeYen: 480_000 };
    const on = (day: string) => contract({ changes: [{ ...change, effectiveOn: civilDate(day) }] });
    expect(outcome(plan, on('2027-02-01')).fate).toBe('movesAway');
    expect(outcome(plan, on('2027-03-01')).fate).toBe('ends');
    expect(outcome(terms(), on('2027-02-01')).fate).toBe('ends');
  });

  test('a change to months before the last day counts the months; a fee cut within a paid period does not cut the refund', () => {
    const toMonths = {
      planCode: 'lite',
      kind: 'monthly' as const,
      feeYen: 31_000,
      effectiveOn: civilDate('2026-04-01'),
    };
    const old = { kind: 'annual' as const, firstDay: civilDate('2025-04-01'), indexBase: 0 };
    expect(outcome(terms(), contract({ basis: old, changes: [toMonths] })).period).toMatchObject({
      from: '2027-01-01',
      index: 11,
    });
    const cut = {
      planCode: 'lite',
      kind: 'annual' as const,
      feeYen: 100_000,
      effectiveOn: civilDate('2026-12-01'),
    };
    expect(outcome(terms(), contract({ changes: [cut] })).periodFeeYen).toBe(365_000);
    expect(outcome(terms(), contract({ changes: [{ ...cut, feeYen: 730_000 }] })).periodFeeYen).toBe(730_000);
  });

  test('a contract that has not begun by then loses its whole first period', () => {
    const basis = { kind: 'annual' as const, firstDay: civilDate('2027-02-01'), indexBase: 0 };
    expect(outcome(terms(), contract({ basis })).refund).toMatchObject({
      unusableDays: 365,
      feeYen: 365_000,
    });
  });
});

test('the forecast goes by the place in the queue; an address that failed before is reached by the web only', () => {
  const startMs = Date.parse('2026-11-22T14:59:00Z');
  const forecast = { startMs, perMinute: 600, counts: 'mail' as const };
  expect(forecastNotice(forecast, 599, false)).toBe('2026-11-22');
  expect(forecastNotice(forecast, 600, false)).toBe('2026-11-23');
  expect(forecastNotice(forecast, 0, true)).toBeNull();
  expect(forecastNotice({ ...forecast, counts: 'either' }, 900, true)).toBe('2026-11-22');
});

test('totals count fates, late ones, cut periods and refunds', () => {
  const totals = [outcome(), outcome(terms(), contract({ endsOn: civilDate('2026-12-31') }))].reduce(
    addOutcome,
    NO_TOTALS,
  );
  expect(totals).toMatchObject({
    contracts: 2,
    ending: 1,
    endsBefore: 1,
    late: 1,
    cut: 1,
    refunds: 1,
    refundYen: 69_900,
  });
});
