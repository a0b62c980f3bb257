import { describe, expect, test } from 'vitest';
import { civilDate, parseInstant } from '../../../domain/calendar/civil-date.ts';
import {
  isBackdated,
  requestNeedsOriginal,
  requestNeedsSecondPerson,
} from '../../../domain/ending/second-person.ts';

describe('an arrival that staff enter later (第10条1項)', () => {
  const today = civilDate('2027-03-20');

  test.each([
    ['2027-03-19T23:59:59.999+09:00', true],
    ['2027-03-20T00:00:00+09:00', false],
    ['2027-03-20T23:59:59+09:00', false],
    ['2027-03-19T15:00:00Z', false],
    ['2026-03-20T12:00:00+09:00', true],
  ])('%s is backdated: %s', (arrived, backdated) => {
    expect(isBackdated(parseInstant(arrived), today)).toBe(backdated);
  });
});

describe('which requests a second person confirms', () => {
  test.each([
    ['termination', false, true],
    ['termination', true, true],
    ['cancellation', false, false],
    ['cancellation', true, true],
    ['change', false, false],
    ['change', true, true],
    ['cancellationWithdrawal', false, false],
    ['cancellationWithdrawal', true, false],
  ] as const)('%s, backdated %s: %s', (kind, backdated, needed) => {
    expect(requestNeedsSecondPerson(kind, backdated)).toBe(needed);
  });
});

test.each([
  ['change', true],
  ['cancellation', true],
  ['termination', false],
  ['cancellationWithdrawal', false],
] as const)(
  'the original that proves an earlier arrival is asked for with a %s: %s (第10条1項)',
  (kind, asked) => {
    expect(requestNeedsOriginal(kind, true)).toBe(asked);
    expect(requestNeedsOriginal(kind, false)).toBe(false);
  },
);
