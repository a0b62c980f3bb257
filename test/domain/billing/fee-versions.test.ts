import { describe, expect, test } from 'vitest';
import { feeChangeFrom, feeVersionOn, feeVersions } from '../../../domain/billing/fee-versions.ts';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';

const day = (text: string) => text as CivilDate;
const monthly = { kind: 'monthly' as const, firstDay: day('2026-05-01') };
const annual = { kind: 'annual' as const, firstDay: day('2026-05-01') };
const change = (noticedOn: string | null, effectiveOn = '2026-10-01', version = 2) => ({
  version,
  effectiveOn: day(effectiveOn),
  noticedOn: noticedOn === null ? null : day(noticedOn),
});

describe('from when a contract pays a changed fee (第6条3項・4項)', () => {
  test.each([
    [
      'a monthly contract from its first period on or after the change',
      monthly,
      change('2026-07-20'),
      '2026-10-01',
    ],
    ['an annual contract from its next period', annual, change('2026-07-20'), '2027-05-01'],
    [
      'told on the day of the change, a monthly one from the period after',
      monthly,
      change('2026-10-01'),
      '2026-11-01',
    ],
    [
      'told long after, from the period that begins after the notice',
      monthly,
      change('2026-12-31'),
      '2027-01-01',
    ],
    [
      'told on the first day of a period, that period keeps the old fee',
      monthly,
      change('2027-01-01'),
      '2027-02-01',
    ],
    ['told after its renewal, an annual one a year later', annual, change('2027-05-01'), '2028-05-01'],
    ['never told, never', monthly, change(null), null],
  ])('%s', (_, terms, evidence, from) => {
    expect(feeChangeFrom(terms, evidence).value).toBe(from);
  });

  test('a monthly contract with its own first day moves when its own period begins', () => {
    const own = { kind: 'monthly' as const, firstDay: day('2026-05-15') };
    expect(feeChangeFrom(own, change('2026-07-20')).value).toBe('2026-10-15');
  });
});

describe('the version of a day', () => {
  test('is the one sold with, until a newer one has begun', () => {
    const { value } = feeVersions(monthly, { version: 1, recorded: [] }, [change('2026-07-20')]);
    expect(feeVersionOn(value, day('2026-09-30'))).toBe(1);
    expect(feeVersionOn(value, day('2026-10-01'))).toBe(2);
  });

  test('what is on record stays, also when the notice turns out not to have arrived', () => {
    const recorded = [{ version: 2, from: day('2026-10-01') }];
    const { value } = feeVersions(monthly, { version: 1, recorded }, [change(null)]);
    expect(feeVersionOn(value, day('2026-10-01'))).toBe(2);
  });

  test('a newer list that arrived overtakes one that never did', () => {
    const changes = [change(null), change('2026-10-05', '2027-04-01', 3)];
    const { value } = feeVersions(monthly, { version: 1, recorded: [] }, changes);
    expect(feeVersionOn(value, day('2027-03-31'))).toBe(1);
    expect(feeVersionOn(value, day('2027-04-01'))).toBe(3);
  });

  test('a contract that was sold with the new list is not reached by its change', () => {
    const { value } = feeVersions(monthly, { version: 2, recorded: [] }, [change('2026-07-20')]);
    expect(value).toEqual([{ version: 2, from: null }]);
  });
});
