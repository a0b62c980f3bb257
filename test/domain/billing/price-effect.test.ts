import fc from 'fast-check';
import { expect, test } from 'vitest';
import { effectByPlan, type FeeEffect } from '../../../domain/billing/price-effect.ts';

const effect = (changes: Partial<FeeEffect>): FeeEffect => ({
  ...{ planName: 'スタンダード', kind: 'annual', oldFeeYen: 100, newFeeYen: 120, endsBefore: false },
  ...changes,
});

test('contracts are counted by plan and kind, those that end before the change apart and outside the sums', () => {
  const effects = [
    effect({}),
    effect({ newFeeYen: 90 }),
    effect({ newFeeYen: 100 }),
    effect({ endsBefore: true }),
    effect({ kind: 'monthly', oldFeeYen: 10, newFeeYen: 12 }),
  ];
  const zero = { contracts: 1, dearer: 0, cheaper: 0, same: 0, endsBefore: 0 };
  expect(effectByPlan(effects)).toEqual([
    {
      ...{ planName: 'スタンダード', kind: 'annual', contracts: 4, dearer: 1, cheaper: 1, same: 1 },
      ...{ endsBefore: 1, oldFeeYen: 300, newFeeYen: 310 },
    },
    { planName: 'スタンダード', kind: 'monthly', ...zero, dearer: 1, oldFeeYen: 10, newFeeYen: 12 },
  ]);
});

test('every contract stands in one row, whatever comes first', () => {
  const effects = fc.array(
    fc.record({
      planName: fc.constantFrom('A', 'B'),
      kind: fc.constantFrom('annual' as const, 'monthly' as const),
      oldFeeYen: fc.nat(1000),
      newFeeYen: fc.nat(1000),
      endsBefore: fc.boolean(),
    }),
  );
  fc.assert(
    fc.property(effects, (all) => {
      const rows = effectByPlan(all);
      expect(rows.reduce((sum, { contracts }) => sum + contracts, 0)).toBe(all.length);
      for (const row of rows) {
        expect(row.dearer + row.cheaper + row.same + row.endsBefore).toBe(row.contracts);
      }
      expect(effectByPlan(all.toReversed())).toEqual(rows);
    }),
  );
});
