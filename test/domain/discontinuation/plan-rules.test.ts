import { describe, expect, test } from 'vitest';
import { keysOf } from '../../../domain/base/keys.ts';
import { addDays, civilDate } from '../../../domain/calendar/civil-date.ts';
import { notifyBy, type RefundInput, refund } from '../../../domain/discontinuation/discontinuation.ts';
import {
  addOutcome,
  FATES,
  forecastNotice,
  NO_TOTALS,
  type PlannedOutcome,
} from '../../../domain/discontinuation/discontinuation-plan.ts';
import {
  ANNOUNCED_STATUSES,
  DISCONTINUATION_STATUSES,
} from '../../../domain/discontinuation/discontinuation-status.ts';

const day = civilDate;

/** 第16条: by addMonths(D, −6) − 1 day, where D is the day after the last one. */
test.each([
  ['2026-12-31', '2026-06-30'],
  ['2026-08-31', '2026-02-28'],
  ['2028-08-30', '2028-02-28'],
  ['2028-08-31', '2028-02-29'],
  ['2026-06-15', '2025-12-15'],
])('for a last day of service %s the notice has arrived by %s', (lastDay, by) => {
  const { value, steps } = notifyBy(day(lastDay));
  expect(value).toBe(by);
  expect(steps.map(({ clause }) => clause)).toEqual(['第16条', '第16条']);
});

describe('what goes back to one customer', () => {
  const base: RefundInput = {
    feeYen: 36_500,
    period: { from: day('2026-01-01'), to: day('2026-12-31') },
    lastDay: day('2026-11-30'),
    balanceYen: 700,
    noticeOn: null,
    forceMajeure: false,
  };

  test('the days after the last one, cut to a yen, tax on that, and the whole balance', () => {
    expect(refund(base).value).toEqual({
      ...{ unusableDays: 31, periodDays: 365 },
      ...{ feeYen: 3_100, taxYen: 310, balanceYen: 700, totalYen: 4_110 },
    });
  });

  test('nothing, the balance neither, when told in time or by force majeure', () => {
    const nothing = { feeYen: 0, taxYen: 0, balanceYen: 0, totalYen: 0, unusableDays: 31 };
    const { value: by } = notifyBy(base.lastDay);
    expect(refund({ ...base, noticeOn: by }).value).toMatchObject(nothing);
    expect(refund({ ...base, forceMajeure: true }).value).toMatchObject(nothing);
    expect(refund({ ...base, noticeOn: addDays(by, 1) }).value.totalYen).toBe(4_110);
  });

  test('days after the contract’s own end were never to be used', () => {
    expect(refund({ ...base, endsOn: day('2026-12-10') }).value).toMatchObject({
      unusableDays: 10,
      feeYen: 1_000,
    });
    expect(refund({ ...base, endsOn: day('2027-06-30') }).value.unusableDays).toBe(31);
    expect(refund({ ...base, endsOn: day('2026-11-30') }).value.unusableDays).toBe(0);
    const steps = refund({ ...base, endsOn: day('2026-12-10') }).steps.map(({ clause }) => clause);
    expect(steps).toContain('第10条1項');
    expect(refund(base).steps.map(({ clause }) => clause)).not.toContain('第10条1項');
  });

  test('of a period that was billed to the last day only, the balance alone', () => {
    const { value, steps } = refund({ ...base, billedBeyond: false, endsOn: day('2026-12-10') });
    expect(value).toMatchObject({ unusableDays: 0, feeYen: 0, totalYen: 700 });
    expect(steps.map(({ clause }) => clause)).not.toContain('第10条1項');
  });

  test('an amount that is no yen, or a period turned round, is named', () => {
    expect(() => refund({ ...base, feeYen: 0.5 })).toThrow('利用料金');
    expect(() => refund({ ...base, balanceYen: -1 })).toThrow('プリペイドチャージ残高');
    const turned = { from: base.period.to, to: base.period.from };
    expect(() => refund({ ...base, period: turned })).toThrow('初日が最終日より後');
  });

  test('why it is owed is said: told late, or never', () => {
    const texts = (noticeOn: RefundInput['noticeOn']) =>
      refund({ ...base, noticeOn }).steps.map(({ text }) => text);
    expect(texts(null)[2]).toContain('到達していない');
    expect(texts(day('2026-11-01'))[2]).toContain('期限後の2026年11月1日');
    const cut = refund({ ...base, billedBeyond: false }).steps.map(({ text }) => text);
    expect(cut[3]).toContain('短縮');
    expect(cut).toHaveLength(texts(null).length + 1);
  });

  test('each step of the sum cites 第16条, whichever way it went', () => {
    for (const changes of [
      {},
      { forceMajeure: true },
      { noticeOn: day('2026-01-02') },
      { noticeOn: day('2026-11-01') },
    ]) {
      const { steps } = refund({ ...base, ...changes });
      expect(steps.length).toBeGreaterThanOrEqual(3);
      expect(steps.slice(0, 3).map(({ clause }) => clause)).toEqual(['第16条', '第16条', '第16条']);
    }
  });
});

describe('the plan over all contracts', () => {
  const one: PlannedOutcome = {
    ...{ fate: 'ends', basis: 'papers' },
    period: { index: 1, from: day('2026-01-01'), to: day('2026-12-31') },
    ...{ periodFeeYen: 36_500, paid: true, noticeOn: null, late: true },
    refund: {
      ...{ unusableDays: 31, periodDays: 365 },
      ...{ feeYen: 3_100, taxYen: 310, balanceYen: 700, totalYen: 4_110 },
    },
  };

  test('adds up fates, late notices, cut periods and money', () => {
    expect(addOutcome(NO_TOTALS, one)).toEqual({
      ...NO_TOTALS,
      ...{ contracts: 1, ending: 1, late: 1, cut: 1, refunds: 1 },
      ...{ feeYen: 3_100, taxYen: 310, balanceYen: 700, refundYen: 4_110 },
    });
    const twice = addOutcome(addOutcome(NO_TOTALS, one), one);
    expect(twice).toEqual({
      ...NO_TOTALS,
      ...{ contracts: 2, ending: 2, late: 2, cut: 2, refunds: 2 },
      ...{ feeYen: 6_200, taxYen: 620, balanceYen: 1_400, refundYen: 8_220 },
    });
  });

  test('counts each fate by itself, and who is told in time as not late', () => {
    const spared = { unusableDays: 0, feeYen: 0, taxYen: 0, balanceYen: 0, totalYen: 0 };
    for (const fate of FATES) {
      const outcome = { ...one, fate, late: false, refund: { ...one.refund, ...spared } };
      const { ending, endsBefore, movesAway, late, cut, refunds } = addOutcome(NO_TOTALS, outcome);
      expect({ ends: ending, endsBefore, movesAway }).toEqual({
        ends: 0,
        endsBefore: 0,
        movesAway: 0,
        [fate]: 1,
      });
      expect({ late, cut, refunds }).toEqual({ late: 0, cut: 0, refunds: 0 });
    }
  });

  test('forecasts the web at once, mails by their place, and none to an address that fails', () => {
    const forecast = { startMs: Date.parse('2026-06-30T14:50:00Z'), perMinute: 1, counts: 'mail' as const };
    expect(forecastNotice(forecast, 9, false)).toBe('2026-06-30');
    expect(forecastNotice(forecast, 10, false)).toBe('2026-07-01');
    expect(forecastNotice(forecast, 0, true)).toBeNull();
    for (const counts of ['web', 'either'] as const)
      expect(forecastNotice({ ...forecast, counts }, 10, true)).toBe('2026-06-30');
  });

  test('is announced from the second approval on, and stays so', () => {
    const before = keysOf(DISCONTINUATION_STATUSES).filter(
      (status) => !ANNOUNCED_STATUSES.some((announced) => announced === status),
    );
    expect(before).toEqual(['review', 'approval', 'rejected', 'cancelled']);
  });
});
