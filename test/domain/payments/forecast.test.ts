import { expect, test } from 'vitest';
import { monthFigures } from '../../../domain/billing/revenue.ts';
import { civilDate, monthKey } from '../../../domain/calendar/civil-date.ts';
import type { ContractFacts } from '../../../domain/future/facts.ts';
import { projectContract } from '../../../domain/future/project.ts';
import { forecastLines } from '../../../domain/payments/forecast.ts';
import { contractFacts, openChange } from '../../support/contract-facts.ts';

const SPAN = { from: civilDate('2027-10-01'), through: civilDate('2028-01-31') };
const MONTHS = ['2027-10', '2027-11', '2027-12', '2028-01'].map(monthKey);

/** The fees that the months will earn. */
const months = (facts: ContractFacts) =>
  monthFigures(forecastLines(projectContract(facts), SPAN), [], MONTHS).value.map(
    ({ revenueYen }) => revenueYen,
  );
const monthly = (changes: Partial<ContractFacts> = {}) =>
  contractFacts({
    contents: { kind: 'monthly' },
    basis: { kind: 'monthly', firstDay: civilDate('2026-12-01'), indexBase: 0 },
    ...changes,
  });

test('an annual contract brings its year by days and is renewed; a month is its fee', () => {
  // 360,000 over 365 days from 2026-12-01, then over 366 days.
  expect(months(contractFacts())).toEqual([30_575, 29_590, 30_491, 30_492]);
  expect(months(monthly())).toEqual([36_000, 36_000, 36_000, 36_000]);
});

test('nothing is foreseen after a known end, and of the period that it cuts only its days', () => {
  expect(months(contractFacts({ ownEndsOn: civilDate('2027-11-30') }))).toEqual([30_575, 29_590, 0, 0]);
  const shut = { lastDay: civilDate('2027-12-10'), planCode: null };
  expect(months(monthly({ discontinuation: shut }))).toEqual([36_000, 36_000, 11_612, 0]);
});

test('a contract that begins in the span counts from its first day, and an accepted upgrade from its own', () => {
  const later = { kind: 'monthly' as const, firstDay: civilDate('2027-12-01'), indexBase: 0 };
  expect(months(monthly({ basis: later }))).toEqual([0, 0, 36_000, 36_000]);
  const open = [openChange('up', '2027-10-05', { planCode: 'premium' })];
  const [october = 0, , , january = 0] = months(monthly({ open }));
  expect([october, january]).toEqual([36_000, 60_000]);
});
