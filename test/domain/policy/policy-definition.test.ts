import { describe, expect, test } from 'vitest';
import {
  acceptedValue,
  ascending,
  define,
  oneOf,
  someOf,
  texts,
  valuesWith,
  wholeNumber,
} from '../../../domain/policy/policy-definition.ts';

/** Undefined stands for "not allowed". */
describe('what a setting takes', () => {
  test.each([
    ['one of a list', oneOf('none', 'next'), ['none', 'next'], ['', 'nex', null, 1, ['none']]],
    ['some of a list', someOf('a', 'b'), [[], ['a'], ['a', 'b']], ['a', ['c'], ['a', 'c'], ['a', 'a'], null]],
    ['a whole number', wholeNumber(1, 12), [1, 7, 12], [0, 13, 1.5, '1', Number.NaN, null]],
    [
      'numbers that grow',
      ascending(3, 1, 9),
      [
        [1, 2, 3],
        [1, 5, 9],
      ],
      [[1, 2], [1, 2, 3, 4], [1, 1, 2], [3, 2, 1], [0, 1, 2], [7, 8, 10], [1, 2, '3'], 123],
    ],
    [
      'texts of the operator’s own',
      texts(2, 3),
      [[], ['a'], ['abc', '118']],
      [['a', 'b', 'c'], ['abcd'], [''], [' '], [1], 'a', null],
    ],
  ])('%s', (_, { accept, allowed }, good, bad) => {
    for (const value of good) expect(accept(value), JSON.stringify(value)).toEqual(value);
    for (const value of bad) expect(accept(value), JSON.stringify(value)).toBeUndefined();
    expect(allowed).not.toBe('');
  });

  test('some of a list come in its order', () => {
    expect(someOf('a', 'b', 'c').accept(['c', 'a'])).toEqual(['a', 'c']);
  });

  test('is said with its limits', () => {
    expect(oneOf('x', 'y').allowed).toBe('x、y');
    expect(someOf('x', 'y').allowed).toContain('x、y');
    expect(wholeNumber(1, 12).allowed).toBe('1から12までの整数');
  });
});

describe('values of all settings', () => {
  const definitions = {
    days: define<number>({ ...wholeNumber(0, 9), default: 3, description: '日数', clause: '第1条' }),
    basis: define<'a' | 'b'>({ ...oneOf('a', 'b'), default: 'a', description: '基準', clause: '第2条' }),
  };

  test('are the defaults but for those given', () => {
    expect(valuesWith(definitions, {})).toEqual({ days: 3, basis: 'a' });
    expect(valuesWith(definitions, { days: 0 })).toEqual({ days: 0, basis: 'a' });
  });

  test('of a name that there is not, or not allowed, throw with name, value and what is allowed', () => {
    expect(() => valuesWith(definitions, { hours: 1 })).toThrow('「hours」という設定はありません。');
    expect(() => valuesWith(definitions, { days: 10 })).toThrow(/days.*0から9までの整数.*10/);
    expect(acceptedValue('days', definitions.days, 9)).toBe(9);
    expect(() => acceptedValue('days', definitions.days, null)).toThrow(/days.*null/);
  });
});
