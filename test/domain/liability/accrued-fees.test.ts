import { expect, test } from 'vitest';
import { civilDate } from '../../../domain/calendar/civil-date.ts';
import { projectContract } from '../../../domain/future/project.ts';
import { accruedFees } from '../../../domain/liability/accrued-fees.ts';
import { liabilityCap } from '../../../domain/liability/liability.ts';
import { contractFacts } from '../../support/contract-facts.ts';

const date = civilDate;
/** 月額 from 2026-04-01, lite: what a month costs by the price list is read off the first unbilled month. */
const future = projectContract(
  contractFacts({
    basis: { kind: 'monthly', firstDay: date('2026-04-01'), indexBase: 0 },
    contents: { kind: 'monthly', planCode: 'lite', licences: 1 },
  }),
);
const line = (from: string, to: string, item: string, amount: string, key = `fee:${from}`) => ({
  ...{ key, item, amount },
  ...{ from: date(from), to: date(to) },
});
const APRIL = line('2026-04-01', '2026-04-30', 'plan:lite', '7000');

test('what was billed counts, not what the price list asks; a month that no paper bills counts by the list', () => {
  const fees = accruedFees([APRIL], future, date('2026-05-31'));
  expect(fees.map(({ from, basis }) => [from, basis])).toEqual([
    ['2026-04-01', 'papers'],
    ['2026-05-01', 'prices'],
  ]);
  expect(fees[0]?.feeYen).toBe(7_000);
  const listed = accruedFees([], future, date('2026-04-30'));
  expect(listed).toMatchObject([{ from: '2026-04-01', to: '2026-04-30', basis: 'prices' }]);
  expect(listed[0]?.feeYen).not.toBe(7_000);
});

test('communication, top-ups and refunds do not count, each line of a paper does (第23条3項)', () => {
  const lines = [
    APRIL,
    line('2026-04-01', '2026-04-30', 'option:sms', '500'),
    line('2026-04-10', '2026-04-30', 'difference', '300', 'difference:2026-04-10'),
    line('2026-03-01', '2026-03-31', 'usage:call', '12.5', 'usage:2026-03-01:call:1'),
    line('2026-04-02', '2026-04-02', 'topUp', '1000', 'topUp:1'),
  ];
  const fees = accruedFees(lines, future, date('2026-04-30'));
  expect(fees.map(({ feeYen }) => feeYen)).toEqual([7_000, 500, 300]);
  expect(liabilityCap(fees, date('2026-05-01')).value.capYen).toBe(7_800);
});

test('a month that a run settled at 0 yen counts as that', () => {
  const free = line('2026-04-01', '2026-04-30', 'plan:lite', '0');
  expect(accruedFees([free], future, date('2026-04-30')).map(({ feeYen }) => feeYen)).toEqual([0]);
});

test('nothing counts after the end of the contract', () => {
  const ends = projectContract(
    contractFacts({
      basis: { kind: 'monthly', firstDay: date('2026-04-01'), indexBase: 0 },
      contents: { kind: 'monthly', planCode: 'lite', licences: 1 },
      ownEndsOn: date('2026-05-31'),
    }),
  );
  expect(accruedFees([], ends, date('2026-12-31')).map(({ from }) => from)).toEqual([
    '2026-04-01',
    '2026-05-01',
  ]);
});
