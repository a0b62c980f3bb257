import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, civilDate } from '../../../domain/calendar/civil-date.ts';
import { type RefundInput, refund } from '../../../domain/discontinuation/discontinuation.ts';
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
