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
import type { ContractFacts } from '../../../domain/future/facts.ts';
import { projectContract } from '../../../domain/future/project.ts';
import type { ContractKind } from '../../../domain/period/periods.ts';
import { contents, contractFacts, openChange, priceList } from '../../support/contract-facts.ts';

const terms = (changes: Partial<DiscontinuationTerms> = {}): DiscontinuationTerms => ({
  lastDay: civilDate('2027-01-31'),
  planCode: null,
  forceMajeure: false,
  announcedOn: civilDate('2026-11-22'),
  cutoff: DEFAULT_CUTOFF_POLICY,
  ...changes,
});
const FIRST = civilDate('2026-04-01');
/** An annual contract with the lite plan from 2026-04-01, for 365,000 yen a year and 31,000 a month. */
const contract = (changes: Partial<ContractFacts> & { kind?: ContractKind } = {}): PlannedContract => {
  const { kind = 'annual', ...facts } = changes;
  const prices = { ...contractFacts().prices, lists: [list] };
  return {
    future: projectContract(
      contractFacts({
        ...{
          basis: { kind, firstDay: FIRST, indexBase: 0 },
          contents: { kind, planCode: 'lite', licences: 1 },
        },
        ...{ prices, ...facts },
      }),
    ),
    balanceYen: 5_000,
    invoiced: null,
  };
};
const list = {
  ...priceList,
  plans: priceList.plans.map((plan) =>
    plan.code === 'lite' ? { ...plan, annualFeeYen: 365_000, monthlyFeeYen: 31_000 } : plan,
  ),
  options: [{ code: 'sms', name: 'sms', annualFeeYen: 365_000, monthlyFeeYen: 31_000 }],
};
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
      outcome(terms({ announcedOn: civilDate(day) }), contract({ kind: 'monthly', basis: monthly }));
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
    expect(outcome(terms(), contract({ ownEndsOn: civilDate('2027-01-31') }))).toMatchObject({
      fate: 'endsBefore',
      late: false,
      refund: { totalYen: 0 },
    });
    expect(outcome(terms(), contract({ ownEndsOn: civilDate('2027-02-28') })).refund).toMatchObject({
      unusableDays: 28,
      feeYen: 28_000,
    });
  });

  test('what was invoiced goes back, not what was certain; never more than is left of it, taxed as its paper is', () => {
    const year = { from: FIRST, to: civilDate('2027-03-31') };
    const invoiced = (feeYen: number, leftYen = feeYen) =>
      outcome(terms(), {
        ...contract(),
        invoiced: { ...year, feeYen, leftYen, taxRounding: 'ceil' },
      });
    expect(outcome().basis).toBe('prices');
    // 59 of 365 days of 300,001 yen; the tax on 48,493 is 4,849.3.
    expect(invoiced(300_001)).toMatchObject({
      ...{ basis: 'papers', paid: true, periodFeeYen: 300_001 },
      refund: { unusableDays: 59, feeYen: 48_493, taxYen: 4_850, totalYen: 48_493 + 4_850 + 5_000 },
    });
    expect(invoiced(300_001, 10_000).refund).toMatchObject({ feeYen: 10_000, taxYen: 1_000 });
    expect(invoiced(0)).toMatchObject({
      paid: false,
      refund: { unusableDays: 0, feeYen: 0, taxYen: 0, totalYen: 5_000 },
    });
  });

  test('a fee from the price list is said to be one', () => {
    const texts = (c: PlannedContract) => contractOutcome(terms(), c, late).steps.map(({ text }) => text);
    expect(texts(contract())[0]).toContain('料金表から計算');
    const year = { from: FIRST, to: civilDate('2027-03-31') };
    const invoiced = { ...year, feeYen: 365_000, leftYen: 365_000, taxRounding: 'floor' as const };
    expect(texts({ ...contract(), invoiced })[0]).toContain('請求した額');
    const totals = addOutcome(
      addOutcome(NO_TOTALS, outcome()),
      outcome(terms(), { ...contract(), invoiced }),
    );
    expect(totals).toMatchObject({ ending: 2, fromPrices: 1 });
  });

  test('who is spared pays nothing for it, and is told by which clause', () => {
    const before = contractOutcome(terms(), contract({ ownEndsOn: civilDate('2027-01-31') }), null);
    expect(before.value).toMatchObject({ paid: false, late: false, refund: { periodDays: 365 } });
    expect(before.steps).toMatchObject([
      { clause: '第10条', text: expect.stringContaining('2027年1月31日') },
    ]);
    const leaves = contract({ open: [openChange('a', '2027-01-05', { planCode: 'premium' })] });
    const away = contractOutcome(terms({ planCode: 'lite' }), leaves, null);
    expect(away.value.paid).toBe(false);
    expect(away.steps).toMatchObject([{ clause: '第8条2項' }]);
  });

  test('whom no notice reached is late as well', () => {
    expect(outcome(terms(), contract(), null)).toMatchObject({ late: true, noticeOn: null });
  });

  test('one that leaves the plan by the day after the last one goes on', () => {
    const plan = terms({ planCode: 'lite' });
    const arrived = (day: string) => contract({ open: [openChange('a', day, { planCode: 'premium' })] });
    expect(outcome(plan, arrived('2027-01-05')).fate).toBe('movesAway');
    expect(outcome(plan, arrived('2027-01-06')).fate).toBe('ends');
    expect(outcome(terms(), arrived('2027-01-05')).fate).toBe('ends');
  });

  test('a change to months before the last day counts the months; a fee cut within a paid period does not cut the refund', () => {
    const toMonths = openChange('a', '2026-01-10', { kind: 'monthly' });
    const old = { kind: 'annual' as const, firstDay: civilDate('2025-04-01'), indexBase: 0 };
    expect(outcome(terms(), contract({ basis: old, open: [toMonths] })).period).toMatchObject({
      from: '2027-01-01',
      index: 11,
    });
    const options = (quantity: number) => [{ code: 'sms', quantity }];
    const had = contents({ planCode: 'lite', licences: 1, options: options(1) });
    const cut = openChange('b', '2026-10-10', { options: options(0) });
    const before = contract({ versions: [{ from: null, contents: had }], open: [cut] });
    expect(outcome(terms(), before).periodFeeYen).toBe(730_000);
    const more = openChange('c', '2026-10-10', { options: options(1) });
    expect(outcome(terms(), contract({ open: [more] })).periodFeeYen).toBe(730_000);
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
  const totals = [outcome(), outcome(terms(), contract({ ownEndsOn: civilDate('2026-12-31') }))].reduce(
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
