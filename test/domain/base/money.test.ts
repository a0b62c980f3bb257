import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidValueError } from '../../../domain/base/invalid-value.ts';
import { formatYen, taxOn, taxWithin } from '../../../domain/base/money.ts';
import {
  feeChangeDates,
  feeChangeReaches,
  leavesChanceToCancel,
  periodFee,
  usageMonth,
} from '../../../domain/billing/fees.ts';
import { invoiceTotals, lineAmount } from '../../../domain/billing/invoice.ts';
import { civilDate, parseInstant } from '../../../domain/calendar/civil-date.ts';

describe('fees (第6条)', () => {
  it('add plan, options by quantity and extra licences', () => {
    const items = [
      { name: 'スタンダード', unitYen: 29_800, quantity: 1 },
      { name: '番号追加', unitYen: 4_980, quantity: 3 },
      { name: '追加ライセンス', unitYen: 500, quantity: 0 },
    ];
    expect(periodFee(items).value).toBe(44_740);
    expect(() => periodFee([{ name: 'x', unitYen: 1.5, quantity: 1 }])).toThrow(InvalidValueError);
    expect(() => periodFee([{ name: 'x', unitYen: 1, quantity: -1 }])).toThrow(InvalidValueError);
  });

  it.each([
    ['2026-10-15', '2026-08-20', '2026-07-20'],
    ['2027-01-01', '2026-11-20', '2026-10-20'],
    ['2026-03-01', '2026-01-20', '2025-12-20'],
  ])('a fee change on %s: request by %s, notice by %s', (effectiveOn, requestBy, notifyBy) => {
    expect(feeChangeDates(civilDate(effectiveOn)).value).toEqual({ requestBy, notifyBy });
  });

  it('warns when the notice leaves no chance to cancel before', () => {
    expect(leavesChanceToCancel(civilDate('2026-07-20'), civilDate('2026-10-01')).value).toBe(true);
    expect(leavesChanceToCancel(civilDate('2026-07-21'), civilDate('2026-10-01')).value).toBe(false);
  });

  it('reaches annual contracts at their next period, monthly ones at their next month', () => {
    const firstDay = civilDate('2026-04-01');
    expect(feeChangeReaches({ kind: 'annual', firstDay }, civilDate('2026-10-01')).value).toBe('2027-04-01');
    expect(feeChangeReaches({ kind: 'annual', firstDay }, civilDate('2027-04-01')).value).toBe('2027-04-01');
    expect(feeChangeReaches({ kind: 'monthly', firstDay }, civilDate('2026-10-01')).value).toBe('2026-10-01');
    expect(feeChangeReaches({ kind: 'monthly', firstDay }, civilDate('2026-01-01')).value).toBe('2026-04-01');
  });

  it('usage belongs to its month in Japan', () => {
    expect(usageMonth(parseInstant('2026-12-31T15:00:00Z')).value).toBe('2027-01');
  });

  it('shows yen with separators', () => {
    expect([0, 999, 1000, 1234567, -45000].map(formatYen)).toEqual([
      '0円',
      '999円',
      '1,000円',
      '1,234,567円',
      '-45,000円',
    ]);
  });
});

describe('invoices: one rounding per rate per invoice', () => {
  const totals = (...lines: [string | number, string | number, number?][]) =>
    invoiceTotals(
      lines.map(([unitPrice, quantity, taxPercent = 10]) => ({ unitPrice, quantity, taxPercent })),
    ).value;

  it('adds fractions of yen before it rounds', () => {
    expect(totals(['0.5', 1], ['0.5', 1])).toMatchObject({ netYen: 1, taxYen: 0, totalYen: 1 });
    expect(totals(['0.1', 3], ['0.2', '1.5'], ['0.4', 1])).toMatchObject({ netYen: 1 });
  });

  it('keeps the rates apart', () => {
    expect(totals(['105', 1, 10], ['105', 1, 8], ['99', 1, 0])).toEqual({
      rates: [
        { taxPercent: 10, netYen: 105, taxYen: 10 },
        { taxPercent: 8, netYen: 105, taxYen: 8 },
        { taxPercent: 0, netYen: 99, taxYen: 0 },
      ],
      netYen: 309,
      taxYen: 18,
      totalYen: 327,
    });
  });

  it('takes a quantity of 0, no lines at all, discounts, and a reversal that cancels exactly', () => {
    expect(totals(['29800', 0]).totalYen).toBe(0);
    expect(totals().totalYen).toBe(0);
    expect(totals(['1000', 1], ['-100', 1])).toMatchObject({ netYen: 900, taxYen: 90 });
    expect(totals(['-105', 1])).toMatchObject({ netYen: -105, taxYen: -10 });
  });

  it('is exact for large sums and refuses what a number cannot hold', () => {
    expect(totals(['3.3', 900_000_000_000_000])).toMatchObject({
      netYen: 2_970_000_000_000_000,
      taxYen: 297_000_000_000_000,
    });
    expect(() => totals(['9007199254740991', 2])).toThrow('大きすぎ');
  });

  it.each(['', 'abc', '1,000', '1e3', '.5', '5.', '0x10', 'Infinity'])('refuses the price %j', (price) => {
    expect(() => totals([price, 1])).toThrow(InvalidValueError);
  });

  it('refuses negative, unsafe and endless quantities', () => {
    for (const quantity of [-1, 2 ** 53, Number.NaN, 1e-7])
      expect(() => totals(['1', quantity])).toThrow(InvalidValueError);
  });

  it('prints a line’s exact amount', () => {
    expect(lineAmount({ unitPrice: '8.2', quantity: 1231 })).toBe('10094.2');
    expect(lineAmount({ unitPrice: '０．０５', quantity: '0.5' })).toBe('0.025');
    expect(lineAmount({ unitPrice: '-1.50', quantity: 2 })).toBe('-3');
  });

  it('never rounds more than a yen away per rate, whatever the lines', () => {
    const price = fc
      .integer({ min: 0, max: 1_000_000 })
      .map((milli) => `${Math.floor(milli / 1000)}.${String(milli % 1000).padStart(3, '0')}`);
    fc.assert(
      fc.property(fc.array(fc.tuple(price, fc.nat(5000)), { maxLength: 20 }), (lines) => {
        const milli = lines.reduce(
          (sum, [unit, quantity]) => sum + Number(unit.replace('.', '')) * quantity,
          0,
        );
        const { netYen, taxYen } = invoiceTotals(
          lines.map(([unitPrice, quantity]) => ({ unitPrice, quantity })),
        ).value;
        expect(netYen).toBe(Math.floor(milli / 1000));
        expect(taxYen).toBe(Math.floor(netYen / 10));
      }),
    );
  });
});

describe('the rounding of tax (policy tax.rounding)', () => {
  it.each([
    [15, 'floor', 1],
    [15, 'round', 2],
    [14, 'round', 1],
    [11, 'ceil', 2],
    [10, 'ceil', 1],
    [0, 'ceil', 0],
    [-15, 'floor', -1],
    [-15, 'round', -2],
    [-11, 'ceil', -2],
  ] as const)('on %i yen by %s is %i', (netYen, rounding, taxYen) => {
    expect(taxOn(netYen, 10, rounding)).toBe(taxYen);
    expect(invoiceTotals([{ unitPrice: netYen, quantity: 1 }], rounding).value).toMatchObject({
      netYen,
      taxYen,
    });
  });

  it.each([
    [1_447, 'floor', 131],
    [1_447, 'round', 132],
    [1_100, 'ceil', 100],
    [-1_447, 'round', -132],
  ] as const)('within %i yen by %s is %i', (totalYen, rounding, taxYen) => {
    expect(taxWithin(totalYen, 10, rounding)).toBe(taxYen);
  });
});
