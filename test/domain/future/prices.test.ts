import { describe, expect, test } from 'vitest';
import { civilDate } from '../../../domain/calendar/civil-date.ts';
import { versionsUntilNow } from '../../../domain/future/facts.ts';
import { periodOn } from '../../../domain/future/period-line.ts';
import { feeYenOf, planOf, pricedItems, priceListOf } from '../../../domain/future/prices.ts';
import {
  contentsOn,
  feePaidThrough,
  feeVersionsOf,
  projectContract,
} from '../../../domain/future/project.ts';
import { contents, contractFacts, doneChange, openChange, priceList } from '../../support/contract-facts.ts';

const day = civilDate;

/** 第6条1項: plan + options × quantity + licences beyond those that the plan brings. */
describe('the fee of a period', () => {
  const withAll = contents({
    options: [
      { code: 'sms', quantity: 2 },
      { code: 'record', quantity: 1 },
    ],
    licences: 12,
  });

  test('names plan, options and extra licences with their unit prices', () => {
    expect(pricedItems(priceList, withAll)).toEqual([
      { name: 'standard', unitYen: 360_000, quantity: 1 },
      { name: 'sms', unitYen: 60_000, quantity: 2 },
      { name: 'record', unitYen: 24_000, quantity: 1 },
      { name: '追加ユーザーライセンス', unitYen: 12_000, quantity: 2 },
    ]);
    expect(feeYenOf(priceList, withAll)).toBe(360_000 + 120_000 + 24_000 + 24_000);
  });

  test('of a month goes by monthly prices', () => {
    expect(feeYenOf(priceList, { ...withAll, kind: 'monthly' })).toBe(36_000 + 12_000 + 2_400 + 2_400);
  });

  test('counts no licence that the plan brings', () => {
    expect(pricedItems(priceList, contents({ licences: 10 }))).toHaveLength(1);
    expect(pricedItems(priceList, contents({ licences: 1 }))).toHaveLength(1);
    expect(pricedItems(priceList, contents({ licences: 11 })).at(-1)).toMatchObject({ quantity: 1 });
  });

  test('takes a campaign’s price in place of the list’s, for the plan alone', () => {
    expect(feeYenOf(priceList, withAll, 0)).toBe(120_000 + 24_000 + 24_000);
  });

  test('is never made up: what the price list lacks throws', () => {
    expect(() => priceListOf([priceList], 2)).toThrow('第2版');
    expect(priceListOf([priceList], 1)).toBe(priceList);
    expect(() => planOf(priceList, 'gold')).toThrow('gold');
    expect(planOf(priceList, 'lite').rank).toBe(1);
    expect(() => pricedItems(priceList, contents({ options: [{ code: 'fax', quantity: 1 }] }))).toThrow(
      'fax',
    );
  });
});

describe('what is paid for a period stays paid (第6条7項)', () => {
  test('the highest fee until a day', () => {
    const open = [
      openChange('up', '2027-01-10', { licences: 20 }),
      openChange('down', '2027-05-10', { licences: 10 }),
    ];
    const future = projectContract(contractFacts({ open }));
    const period = periodOn(future.line, day('2026-12-01'));
    expect(feePaidThrough(future, period, day('2027-02-28'))).toBe(360_000);
    expect(feePaidThrough(future, period, day('2027-03-01'))).toBe(480_000);
    expect(feePaidThrough(future, period, day('2027-11-30'))).toBe(480_000);
  });

  test('a fee change that reaches the contract counts from its period on, one that it was not told of never', () => {
    const told = { version: 2, effectiveOn: day('2027-06-01'), noticedOn: day('2027-03-01') };
    const facts = (noticedOn: typeof told.noticedOn | null) => {
      const prices = { ...contractFacts().prices, feeChanges: [{ ...told, noticedOn }] };
      return contractFacts({ prices });
    };
    const versions = (noticedOn: typeof told.noticedOn | null) =>
      feeVersionsOf(facts(noticedOn), { line: [facts(null).basis] }).value;
    expect(versions(told.noticedOn)).toEqual([
      { version: 1, from: null },
      { version: 2, from: '2027-12-01' },
    ]);
    expect(versions(null)).toEqual([{ version: 1, from: null }]);
  });
});

describe('what was contracted on each day until now', () => {
  const conclusion = contents({ planCode: 'lite', licences: 3 });
  const up = doneChange('up', '2027-01-10', '2027-03-01', { planCode: 'standard' });
  const more = doneChange('more', '2027-02-10', '2027-04-01', { licences: 12 });
  const now = contents({ planCode: 'standard', licences: 12 });

  test('follows from the conclusion and what has taken effect since', () => {
    const versions = versionsUntilNow(conclusion, [more, up], now);
    expect(versions).toEqual([
      { from: null, contents: conclusion },
      { from: '2027-03-01', contents: { ...conclusion, planCode: 'standard' } },
      { from: '2027-04-01', contents: now },
    ]);
    expect(contentsOn({ versions }, day('2027-02-28')).planCode).toBe('lite');
    expect(contentsOn({ versions }, day('2027-03-01')).planCode).toBe('standard');
    expect(contentsOn({ versions }, day('2027-04-01')).licences).toBe(12);
  });

  test('of two for one field the later arrival holds, of two at one moment the later entry (第8条2項)', () => {
    const first = doneChange('first', '2027-01-10', '2027-03-01', { licences: 5 });
    const last = doneChange('last', '2027-01-12', '2027-03-01', { licences: 7 });
    const present = { ...conclusion, licences: 7 };
    expect(versionsUntilNow(conclusion, [last, first], present).at(-1)?.contents.licences).toBe(7);
    const tie = { ...first, enteredAtMs: last.enteredAtMs + 1, arrivedAtMs: last.arrivedAtMs };
    const entered = { ...conclusion, licences: 5 };
    expect(versionsUntilNow(conclusion, [tie, last], entered)).toHaveLength(2);
  });

  test('where it does not lead to what is contracted now, that alone is known', () => {
    expect(versionsUntilNow(conclusion, [up], now)).toEqual([{ from: null, contents: now }]);
    expect(versionsUntilNow(conclusion, [], conclusion)).toEqual([{ from: null, contents: conclusion }]);
  });
});
