import { describe, expect, test } from 'vitest';
import { civilDate } from '../../../domain/calendar/civil-date.ts';
import {
  lineOf,
  type PeriodLine,
  periodAfter,
  periodFrom,
  periodNumber,
  periodOn,
  periodsBeginning,
  renewalFrom,
  withKind,
} from '../../../domain/future/period-line.ts';

const day = civilDate;
/** Two years from 2026-04-01, then months from 2028-04-01. */
const line: PeriodLine = [
  { kind: 'annual', firstDay: day('2026-04-01'), indexBase: 0 },
  { kind: 'monthly', firstDay: day('2028-04-01'), indexBase: 2 },
];

/** 第5条: periods follow each other over a change of kind. */
describe('one line of periods', () => {
  test.each([
    ['2026-03-31', 1, '2026-04-01', '2027-03-31', 'annual'],
    ['2028-03-31', 2, '2027-04-01', '2028-03-31', 'annual'],
    ['2028-04-01', 3, '2028-04-01', '2028-04-30', 'monthly'],
    ['2029-01-15', 12, '2029-01-01', '2029-01-31', 'monthly'],
  ])('%s falls in period %i', (on, index, from, to, kind) => {
    expect(periodOn(line, day(on))).toEqual({ index, from, to, kind });
    expect(periodNumber(line, index)).toEqual({ index, from, to, kind });
  });

  test('the period after the last year is the first month', () => {
    expect(periodAfter(line, periodNumber(line, 2))).toEqual(periodNumber(line, 3));
  });

  test('periods that begin after a day, through another', () => {
    const indexes = (after: string, through: string) =>
      periodsBeginning(line, day(after), day(through)).map(({ index }) => index);
    expect(indexes('2026-03-31', '2026-04-01')).toEqual([1]);
    expect(indexes('2026-04-01', '2027-03-31')).toEqual([]);
    expect(indexes('2026-04-01', '2028-05-01')).toEqual([2, 3, 4]);
    expect(indexes('2028-04-30', '2028-04-30')).toEqual([]);
  });

  test('the first period that begins on or after a day', () => {
    expect(periodFrom(line, day('2026-01-01'))).toBe('2026-04-01');
    expect(periodFrom(line, day('2026-04-01'))).toBe('2026-04-01');
    expect(periodFrom(line, day('2026-04-02'))).toBe('2027-04-01');
    expect(periodFrom(line, day('2028-04-15'))).toBe('2028-05-01');
  });

  test('a renewal is never the beginning of the contract (第5条3項)', () => {
    expect(renewalFrom(line, day('2026-01-01'))).toBe('2027-04-01');
    expect(renewalFrom(line, day('2026-04-01'))).toBe('2027-04-01');
    expect(renewalFrom(line, day('2027-04-01'))).toBe('2027-04-01');
    const later: PeriodLine = [{ kind: 'monthly', firstDay: day('2028-04-01'), indexBase: 2 }];
    expect(renewalFrom(later, day('2028-04-01'))).toBe('2028-04-01');
  });

  test('becomes another kind from a renewal on; what stood there before gives way', () => {
    const [years] = line;
    expect(withKind([years], 'monthly', day('2028-04-01'))).toEqual(line);
    expect(withKind(line, 'annual', day('2028-06-01'))).toEqual([
      ...line,
      { kind: 'annual', firstDay: '2028-06-01', indexBase: 4 },
    ]);
    expect(withKind(line, 'annual', day('2028-04-01'))).toEqual([
      years,
      { kind: 'annual', firstDay: '2028-04-01', indexBase: 2 },
    ]);
    expect(withKind([years], 'monthly', day('2026-04-01'))).toEqual([
      { kind: 'monthly', firstDay: '2026-04-01', indexBase: 0 },
    ]);
  });

  test('of a contract whose kind does not change is one basis', () => {
    expect(lineOf({ kind: 'annual', firstDay: day('2026-04-01') })).toEqual([line[0]]);
    expect(lineOf(line)).toBe(line);
  });
});
