import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { businessMinutes } from '../../../domain/calendar/business-hours.ts';

const ms = (text: string) => Date.parse(`${text}:00+09:00`);

describe('business time', () => {
  test.each([
    // 2026-11-27 is a Friday, 2026-11-23 勤労感謝の日.
    ['within one day', '2026-11-25T10:00', '2026-11-25T11:30', 90],
    ['Friday evening to Monday morning', '2026-11-27T17:55', '2026-11-30T09:10', 15],
    ['a whole Saturday and Sunday', '2026-11-28T00:00', '2026-11-29T23:59', 0],
    ['a holiday on a Monday', '2026-11-20T17:00', '2026-11-24T10:00', 120],
    ['before opening and after closing', '2026-11-25T06:00', '2026-11-25T23:59', 540],
    ['the new year holiday alone', '2026-12-31T17:00', '2027-01-04T10:00', 120],
    ['golden week', '2026-05-01T17:00', '2026-05-07T10:00', 120],
    ['no time', '2026-11-25T10:00', '2026-11-25T10:00', 0],
    ['backwards', '2026-11-25T11:00', '2026-11-25T10:00', 0],
  ])('%s: from %s to %s are %i minutes', (_, from, to, minutes) => {
    expect(businessMinutes(ms(from), ms(to))).toBe(minutes);
  });

  test('is not counted over more than 31 days', () => {
    expect(businessMinutes(ms('2026-11-01T00:00'), ms('2026-12-02T00:00'))).not.toBeNull();
    expect(businessMinutes(ms('2026-11-01T00:00'), ms('2026-12-02T00:01'))).toBeNull();
  });

  test('adds up over any division, and is never longer than real time', () => {
    const minute = fc.integer({ min: 0, max: 14 * 1_440 }).map((n) => ms('2026-12-20T00:00') + n * 60_000);
    fc.assert(
      fc.property(minute, minute, minute, (...times) => {
        const [a, b, c] = times.toSorted((x, y) => x - y) as [number, number, number];
        const [ab, bc, ac] = [businessMinutes(a, b), businessMinutes(b, c), businessMinutes(a, c)];
        expect((ab ?? 0) + (bc ?? 0)).toBe(ac);
        expect((ac ?? 0) * 60_000).toBeLessThanOrEqual(c - a);
      }),
    );
  });
});
