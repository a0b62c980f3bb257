import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AGES, byAge } from '../../../domain/desk/overview.ts';

test('each application stands in one class of age, at its limits too', () => {
  expect(byAge([])).toEqual([0, 0, 0, 0, 0]);
  const days = [0, 1, 2, 3, 7, 8, 14, 15, 400].map((each) => ({ days: each, count: 1 }));
  expect(byAge(days)).toEqual([1, 2, 2, 2, 2]);
});

test('no application is lost or counted twice', () => {
  const rows = fc.array(fc.record({ days: fc.nat(1_000), count: fc.nat(100) }));
  fc.assert(
    fc.property(rows, (all) => {
      const counts = byAge(all);
      expect(counts).toHaveLength(AGES.length);
      expect(counts.reduce((sum, each) => sum + each, 0)).toBe(
        all.reduce((sum, { count }) => sum + count, 0),
      );
    }),
  );
});
