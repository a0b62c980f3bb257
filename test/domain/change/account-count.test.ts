import { describe, expect, test } from 'vitest';
import { civilDate } from '../../../domain/calendar/civil-date.ts';
import { checkAccountCount } from '../../../domain/change/account-count.ts';

const contract = {
  concludedOn: civilDate('2026-04-10'),
  today: civilDate('2026-11-30'),
  known: civilDate('2026-10-01'),
};

describe('a count of accounts in use (第7条)', () => {
  test.each([
    [0, '2026-10-01'],
    [10_000, '2026-11-30'],
  ])('of %i on %s is recorded', (accounts, day) => {
    const countedOn = civilDate(day);
    expect(checkAccountCount({ accounts, countedOn }, contract)).toEqual({ count: { accounts, countedOn } });
  });

  test('may be the first, on the day of the conclusion', () => {
    const countedOn = contract.concludedOn;
    const first = { ...contract, known: null };
    expect(checkAccountCount({ accounts: 3, countedOn }, first)).toEqual({
      count: { accounts: 3, countedOn },
    });
  });

  test.each([
    [null, '2026-11-30', ['accounts']],
    [10_001, '2026-11-30', ['accounts']],
    [3, null, ['countedOn']],
    [3, '2026-12-01', ['countedOn']],
    [3, '2026-04-09', ['countedOn']],
    [3, '2026-09-30', ['countedOn']],
    [null, null, ['accounts', 'countedOn']],
  ])('of %s on %s is told at %j', (accounts, day, fields) => {
    const countedOn = day === null ? null : civilDate(day);
    const checked = checkAccountCount({ accounts, countedOn }, contract);
    expect('problems' in checked && checked.problems.map(({ field }) => field)).toEqual(fields);
  });
});
