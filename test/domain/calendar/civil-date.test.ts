import * as fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { InvalidValueError } from '../../../domain/base/invalid-value.ts';
import {
  addDays,
  addMonths,
  addYears,
  civilDate,
  compareDates,
  dayOfWeek,
  daysBetween,
  daysInclusive,
  endOfDayJst,
  firstOfNextMonth,
  formatInstantJa,
  isMonthEnd,
  jstDate,
  jstInstant,
  lastOfMonth,
  monthKey,
  monthOf,
  monthStart,
  parseInstant,
  startOfDayJst,
} from '../../../domain/calendar/civil-date.ts';
import { anyDate, anyInstant } from '../arbitraries.ts';

describe('civilDate', () => {
  it.each([
    '2026-02-29',
    '2026-04-31',
    '2026-13-01',
    '2026-00-10',
    '2026-4-1',
    '2026/04/01',
    '２０２６-04-01',
    '',
    '2026-04-01T00:00:00Z',
    ' 2026-04-01',
    '0999-01-01',
  ])('refuses %j with a sentence', (text) => {
    expect(() => civilDate(text)).toThrow(InvalidValueError);
  });

  it('accepts 29 February of leap years only', () => {
    expect(civilDate('2028-02-29')).toBe('2028-02-29');
    expect(() => civilDate('2100-02-29')).toThrow('暦に無い日付');
  });
});

describe('arithmetic', () => {
  it('agrees with the Temporal standard on every operation', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: -2000, max: 2000 }), anyDate, (date, amount, other) => {
        const plain = Temporal.PlainDate.from(date);
        expect(addDays(date, amount)).toBe(plain.add({ days: amount }).toString());
        expect(addMonths(date, amount)).toBe(plain.add({ months: amount }).toString());
        expect(addYears(date, amount % 100)).toBe(plain.add({ years: amount % 100 }).toString());
        expect(lastOfMonth(date)).toBe(plain.with({ day: plain.daysInMonth }).toString());
        expect(isMonthEnd(date)).toBe(plain.day === plain.daysInMonth);
        expect(dayOfWeek(date)).toBe(plain.dayOfWeek % 7);
        expect(daysBetween(date, other)).toBe(plain.until(other).days);
        expect(compareDates(date, other)).toBe(Temporal.PlainDate.compare(date, other));
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2028-01-31', 1, '2028-02-29'],
    ['2026-12-31', 2, '2027-02-28'],
    ['2027-01-01', -6, '2026-07-01'],
    ['2026-08-31', -6, '2026-02-28'],
  ])('%s plus %i months is %s, clamped to the month', (date, months, expected) => {
    expect(addMonths(civilDate(date), months)).toBe(expected);
  });

  it('counts both ends of a period and never less than nothing', () => {
    expect(daysInclusive(civilDate('2028-02-28'), civilDate('2028-03-01'))).toBe(3);
    expect(daysInclusive(civilDate('2028-03-01'), civilDate('2028-02-01'))).toBe(0);
  });

  it('refuses fractions and results outside the calendar', () => {
    expect(() => addDays(civilDate('2026-01-01'), 0.5)).toThrow('整数');
    expect(() => addDays(civilDate('9999-12-31'), 1)).toThrow(InvalidValueError);
    expect(() => addMonths(civilDate('2026-01-01'), 1e9)).toThrow(InvalidValueError);
  });

  it('goes over the year on the first of the next month', () => {
    expect(firstOfNextMonth(civilDate('2026-12-31'))).toBe('2027-01-01');
  });
});

describe('instants', () => {
  it('every instant lies within its own day in Japan', () => {
    fc.assert(
      fc.property(anyInstant, (instant) => {
        const date = jstDate(instant);
        expect(jstInstant(date)).toBeLessThanOrEqual(instant);
        expect(endOfDayJst(date)).toBeGreaterThanOrEqual(instant);
        const inTokyo = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO('Asia/Tokyo');
        expect(date).toBe(inTokyo.toPlainDate().toString());
      }),
    );
  });

  it('a day ends at 23:59:59.999 in Japan', () => {
    expect(jstDate(endOfDayJst(civilDate('2026-03-20')))).toBe('2026-03-20');
    expect(jstDate(endOfDayJst(civilDate('2026-03-20')) + 1)).toBe('2026-03-21');
  });

  it.each([
    ['2026-03-20T14:59:59.999Z', '2026-03-20'],
    ['2026-03-20T15:00:00Z', '2026-03-21'],
    ['2026-03-20T14:59:59.9999999Z', '2026-03-20'],
    ['2026-03-20T00:00+09:00', '2026-03-20'],
    ['2026-03-19T20:00:00-05:00', '2026-03-20'],
    ['2026-03-20T04:45:00+1345', '2026-03-20'],
    ['2026-03-20t15:00:00z', '2026-03-21'],
    ['2026-12-31T15:00:00Z', '2027-01-01'],
  ])('%s is %s in Japan', (text, date) => {
    expect(jstDate(parseInstant(text))).toBe(date);
  });

  it.each([
    '2026-03-20T15:00:00',
    '2026-03-20',
    '2026-02-30T00:00:00Z',
    '2026-03-20T24:00:00Z',
    '2026-03-20T23:60:00Z',
    '2026-03-20T10:00:00+9:00',
    '2026-03-20T10:00:61Z',
    'いつか',
  ])('refuses %j, which names no certain instant', (text) => {
    expect(() => parseInstant(text)).toThrow(InvalidValueError);
  });

  it('reads what toISOString writes', () => {
    fc.assert(
      fc.property(anyInstant, (instant) => parseInstant(new Date(instant).toISOString()) === instant),
    );
  });

  it('reads the form of machines as it reads every other form', () => {
    const anyYear = fc.integer({ min: Date.UTC(1000, 0, 2), max: Date.UTC(9999, 11, 30) });
    fc.assert(
      fc.property(anyYear, (instant) => {
        const text = new Date(instant).toISOString();
        // More digits than the short way knows.
        const thorough = parseInstant(text.replace('Z', '000Z'));
        const inJapan = new Date(instant + 9 * 3_600_000).toISOString().replace('Z', '+09:00');
        expect([parseInstant(text), parseInstant(inJapan), thorough]).toEqual([instant, instant, instant]);
      }),
    );
    expect(parseInstant('2028-02-29T00:00:00.000Z')).toBe(Date.UTC(2028, 1, 29));
    expect(parseInstant('2027-03-20T23:59:60.000Z')).toBe(Date.UTC(2027, 2, 20, 23, 59, 59));
  });

  it.each([
    '2027-02-29T00:00:00.000Z',
    '2027-04-31T00:00:00.000+09:00',
    '2027-00-01T00:00:00.000Z',
    '2027-13-01T00:00:00.000Z',
    '2027-01-00T00:00:00.000Z',
    '2027-01-01T24:00:00.000Z',
    '2027-01-01T00:60:00.000Z',
    '2027-01-01T00:00:61.000Z',
    '2027-01-01T00:00:0:.000Z',
    '2027-01-01T00:00:00.00/Z',
    '0027-01-01T00:00:00.000Z',
    '2027-01-01T00:00:00.000+09:01x',
  ])('refuses %j in the form of machines, too', (text) => {
    expect(() => parseInstant(text)).toThrow(InvalidValueError);
  });

  it.each([
    ['2026-05-11T14:59:59.999Z', '2026-05-10T15:00:00.000Z'],
    ['2026-05-11T15:00:00.000Z', '2026-05-11T15:00:00.000Z'],
    ['1969-12-31T14:59:59.999Z', '1969-12-30T15:00:00.000Z'],
  ])('the day in Japan of %s began at %s', (instant, start) => {
    expect(new Date(startOfDayJst(Date.parse(instant))).toISOString()).toBe(start);
  });

  it('tells the time in Japan in words', () => {
    expect(formatInstantJa(parseInstant('2026-03-20T15:05:00Z'))).toBe('2026年3月21日 0:05');
  });
});

describe('months', () => {
  it('reads and takes months', () => {
    expect(monthStart(monthKey('2026-04'))).toBe('2026-04-01');
    expect(monthOf(civilDate('2026-04-30'))).toBe('2026-04');
    expect(() => monthKey('2026-13')).toThrow(InvalidValueError);
  });
});
