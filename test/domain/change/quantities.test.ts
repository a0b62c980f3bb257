import { expect, test } from 'vitest';
import { isLicenceCount, isQuantity } from '../../../domain/change/quantities.ts';

test.each([
  [-1, false, false],
  [0, false, true],
  [1, true, true],
  [1.5, false, false],
  [10_000, true, true],
  [10_001, false, false],
  [Number.NaN, false, false],
  [Number.POSITIVE_INFINITY, false, false],
])(
  '%d may be a number of licences: %s, a quantity of an option: %s (第7条, 第8条)',
  (count, licences, quantity) => {
    expect(isLicenceCount(count)).toBe(licences);
    expect(isQuantity(count)).toBe(quantity);
  },
);
