import { describe, expect, test } from 'vitest';
import { civilDate } from '../../../domain/calendar/civil-date.ts';
import { firstEnd, isReached } from '../../../domain/discontinuation/last-day.ts';

const day = (text: string | null) => (text === null ? null : civilDate(text));

describe('the last day of a contract (第10条1項, 第16条)', () => {
  test.each([
    [null, null, null],
    ['2027-03-31', null, { on: '2027-03-31', by: 'contract' }],
    [null, '2027-03-31', { on: '2027-03-31', by: 'discontinuation' }],
    ['2027-02-28', '2027-03-31', { on: '2027-02-28', by: 'contract' }],
    ['2027-03-31', '2027-03-31', { on: '2027-03-31', by: 'contract' }],
    ['2027-04-30', '2027-03-31', { on: '2027-03-31', by: 'discontinuation' }],
  ])('its own %s, of a discontinuation %s', (own, discontinued, expected) => {
    expect(firstEnd(day(own), day(discontinued))).toEqual(expected);
  });
});

describe('whom a discontinuation ends (第16条)', () => {
  const lastDay = civilDate('2027-03-31');
  /** On the lite plan until the day before, then on premium. */
  const movesOn = (from: string) => (on: string) => (on < from ? 'lite' : 'premium');

  test('of the whole service everybody, whatever their plan', () => {
    expect(isReached({ lastDay, planCode: null }, movesOn('2027-01-01'))).toBe(true);
  });

  test.each([
    ['2027-03-31', false],
    ['2027-04-01', false],
    ['2027-04-02', true],
  ])('of a plan not one who has another from %s on: reached %s', (from, reached) => {
    expect(isReached({ lastDay, planCode: 'lite' }, movesOn(from))).toBe(reached);
  });

  test('of a plan not one who never had it', () => {
    expect(isReached({ lastDay, planCode: 'standard' }, () => 'lite')).toBe(false);
  });
});
