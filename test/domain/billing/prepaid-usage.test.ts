import { describe, expect, test } from 'vitest';
import { lastBaseDate } from '../../../domain/billing/base-date.ts';
import { usageToBook } from '../../../domain/billing/prepaid-usage.ts';
import { paperTotals, uncoveredInvoice } from '../../../domain/billing/tax-included.ts';
import { checkTopUpOrder } from '../../../domain/billing/top-up.ts';
import { contract, date, LISTS, policy } from './support.ts';

const used = (on: string, quantity: string) => ({
  ...{ on: date(on), receivedOn: date(on), category: 'call', quantity },
});
const toBook = (
  facts: Parameters<typeof contract>[0],
  usage: ReturnType<typeof used>[],
  booked: [string, string][] = [],
) =>
  usageToBook({
    ...{ contract: contract(facts), lists: LISTS, billed: new Map(), usage, through: date('2026-05-10') },
    booked: new Map(booked.map(([on, yen]) => [date(on), yen])),
  });

describe('usage that is to be booked to the prepaid ledger', () => {
  test('is one sum a day at the price held that day, exactly', () => {
    expect(toBook({}, [used('2026-05-02', '1.5'), used('2026-05-02', '2'), used('2026-05-01', '1')])).toEqual(
      [
        { on: '2026-05-01', netYen: '8.2' },
        { on: '2026-05-02', netYen: '28.7' },
      ],
    );
  });

  test('leaves out what was booked, so that a late event comes alone; nothing more is nothing', () => {
    const usage = [used('2026-05-01', '1'), used('2026-05-01', '3')];
    expect(toBook({}, usage, [['2026-05-01', '8.2']])).toEqual([{ on: '2026-05-01', netYen: '24.6' }]);
    expect(toBook({}, usage, [['2026-05-01', '32.8']])).toEqual([]);
  });

  test('leaves out days to come and days after the end', () => {
    const usage = [used('2026-05-11', '1'), used('2026-05-05', '1'), used('2026-05-04', '1')];
    const ends = [{ on: date('2026-05-04'), knownOn: null }];
    expect(toBook({ ends }, usage).map(({ on }) => on)).toEqual(['2026-05-04']);
  });

  test('a category without a price is told in words', () => {
    expect(() => toBook({}, [{ ...used('2026-05-01', '1'), category: 'fax' }])).toThrow('通信「fax」');
  });
});

describe('use that no balance covered', () => {
  test('has its tax within the sum where use is taxed, on top where the top-up was', () => {
    const usage = { month: date('2026-05-01'), yen: 1_001 };
    expect(uncoveredInvoice(contract(), usage, date('2026-06-10'), policy())).toMatchObject({
      ...{ type: 'invoice', netYen: 910, taxYen: 91, totalYen: 1_001, taxIncluded: true },
      lines: [{ item: 'uncovered', from: '2026-05-01', to: '2026-05-31' }],
    });
    const atTopUp = uncoveredInvoice(
      contract(),
      usage,
      date('2026-06-10'),
      policy({ prepaidTaxPoint: 'topUp' }),
    );
    expect(atTopUp).toMatchObject({ netYen: 1_001, taxYen: 100, totalYen: 1_101 });
    expect(atTopUp.taxIncluded).toBeUndefined();
  });

  test.each([
    ['floor', 91],
    ['round', 91],
    ['ceil', 91],
  ] as const)('rounds the tax within a sum once (%s)', (rounding, taxYen) => {
    expect(paperTotals([{ unitPrice: 1_001, quantity: 1 }], rounding, true)).toMatchObject({
      taxYen,
      totalYen: 1_001,
    });
  });

  test.each([
    ['floor', 90],
    ['round', 91],
    ['ceil', 91],
  ] as const)('of 1,000 yen the tax within is by the policy (%s)', (rounding, taxYen) => {
    expect(paperTotals([{ unitPrice: 1_000, quantity: 1 }], rounding, true).taxYen).toBe(taxYen);
  });
});

test.each([
  ['2026-09-29', '2026-03-31'],
  ['2026-09-30', '2026-09-30'],
  ['2026-03-30', '2025-09-30'],
  ['2026-03-31', '2026-03-31'],
])('the last base date on %s is %s', (today, on) => {
  expect(lastBaseDate(date(today))).toBe(on);
});

describe('an order of a top-up', () => {
  const today = date('2026-05-10');
  test.each([null, 0, -1, 10_000_001])('of %s yen is refused in words', (amountYen) => {
    expect(checkTopUpOrder(amountYen, { today, endsOn: null })).toMatchObject({
      message: expect.any(String),
    });
  });

  test('is taken on the last day, not after it', () => {
    expect(checkTopUpOrder(1, { today, endsOn: today })).toEqual({ amountYen: 1 });
    expect(checkTopUpOrder(1, { today, endsOn: date('2026-05-09') })).toMatchObject({
      message: expect.stringContaining('終了後'),
    });
  });
});
