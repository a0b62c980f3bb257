import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { civilDate } from '../../../domain/calendar/civil-date.ts';
import {
  contractPeriod,
  currentPeriod,
  DEFAULT_SPREAD_MINUTES,
  type PeriodBasis,
  spreadOffsetMs,
} from '../../../domain/period/contract-schedule.ts';

describe('numbers of periods run on over a change of kind (第5条2項)', () => {
  /** Two years, then months. */
  const basis: PeriodBasis = { kind: 'monthly', firstDay: civilDate('2029-04-01'), indexBase: 2 };

  test.each([
    [3, '2029-04-01', '2029-04-30'],
    [14, '2030-03-01', '2030-03-31'],
  ])('period %i is %s to %s', (index, from, to) => {
    expect(contractPeriod(basis, index)).toEqual({ index, from, to });
  });

  test('the period of a day, and the first one for an earlier day', () => {
    expect(currentPeriod(basis, civilDate('2029-05-31'))).toEqual({
      index: 4,
      from: '2029-05-01',
      to: '2029-05-31',
    });
    expect(currentPeriod(basis, civilDate('2029-03-31')).index).toBe(3);
    expect(currentPeriod(basis, civilDate('2029-04-01')).index).toBe(3);
  });
});

describe('renewals of one midnight', () => {
  test('are spread over six hours, each contract always at its own minute', () => {
    expect(DEFAULT_SPREAD_MINUTES).toBe(360);
    fc.assert(
      fc.property(fc.uuid(), fc.integer({ min: 1, max: 720 }), (id, minutes) => {
        const offset = spreadOffsetMs(id, minutes);
        expect(Number.isSafeInteger(offset)).toBe(true);
        expect(offset).toBeGreaterThanOrEqual(0);
        expect(offset).toBeLessThan(minutes * 60_000);
        expect(spreadOffsetMs(id, minutes)).toBe(offset);
      }),
    );
  });

  test('fall into every hour of it alike', () => {
    const hours = Array.from({ length: 600 }, (_, n) =>
      Math.floor(spreadOffsetMs(`contract-${n}`, 360) / 3_600_000),
    );
    for (let hour = 0; hour < 6; hour += 1) {
      expect(hours.filter((each) => each === hour).length).toBeGreaterThan(50);
    }
  });

  test('are not spread where the setting says so', () => {
    expect(spreadOffsetMs('contract', 0)).toBe(0);
    expect(spreadOffsetMs('contract', -5)).toBe(0);
  });
});
