import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type CountedUsage,
  categoryPairs,
  isBeyond,
  underOurNames,
  usageDifferences,
} from '../../../domain/billing/usage-comparison.ts';

const used = (contractId: string, category: string, quantity: string): CountedUsage => ({
  contractId,
  category,
  quantity,
});

describe('the provider’s categories', () => {
  test('go by our names; sums over categories, and what is not billed, are left out', () => {
    const pairs = categoryPairs(['call-in=calls-inbound', 'sms=sms-outbound']);
    const counted = [used('a', 'calls', '9'), used('a', 'calls-inbound', '3'), used('a', 'sms', '1')];
    expect(underOurNames(counted, pairs)).toEqual([used('a', 'call-in', '3')]);
  });

  test('several of them may be one of ours', () => {
    const pairs = categoryPairs(['sms=sms-outbound', 'sms=mms-outbound']);
    const counted = [used('a', 'sms-outbound', '2'), used('a', 'mms-outbound', '1')];
    expect(usageDifferences([used('a', 'sms', '3')], underOurNames(counted, pairs))).toEqual([]);
  });
});

describe('the limit of a difference', () => {
  test.each([
    ['100', '101', 1, false],
    ['100', '101.01', 1, true],
    ['100', '98.9', 1, true],
    ['0', '0.1', 50, true],
    ['100', '100.001', 0, true],
    ['0.3', '0.303', 1, false],
  ])(
    'of %s counted by the provider and %s by us, %i percent: beyond is %s',
    (theirs, ours, percent, beyond) => {
      const [difference] = usageDifferences([used('a', 'sms', ours)], [used('a', 'sms', theirs)]);
      if (difference === undefined) throw new Error('nothing differs');
      expect(isBeyond(difference, percent)).toBe(beyond);
    },
  );
});

describe('our sum of events against the provider’s records', () => {
  test('what agrees is not told, however it was written or split', () => {
    expect(
      usageDifferences([used('a', 'sms', '1.5'), used('a', 'sms', '0.50')], [used('a', 'sms', '2')]),
    ).toEqual([]);
  });

  test.each([
    [[used('a', 'sms', '2')], [used('a', 'sms', '3')], { ours: '2', theirs: '3', difference: '-1' }],
    [[used('a', 'sms', '2')], [], { ours: '2', theirs: '0', difference: '2' }],
    [[], [used('a', 'sms', '0.1')], { ours: '0', theirs: '0.1', difference: '-0.1' }],
  ])('what differs or is on one side alone is told (%#)', (ours, theirs, found) => {
    expect(usageDifferences(ours, theirs)).toEqual([{ contractId: 'a', category: 'sms', ...found }]);
  });

  test('contracts and categories do not mix', () => {
    const differences = usageDifferences(
      [used('a', 'sms', '1'), used('b', 'call', '1')],
      [used('a', 'call', '1'), used('b', 'sms', '1')],
    );
    expect(differences.map(({ contractId, category }) => `${contractId} ${category}`)).toEqual([
      'a call',
      'a sms',
      'b call',
      'b sms',
    ]);
  });

  test('exchanged sides give the same differences with the other sign', () => {
    const usage = fc.array(
      fc.record({
        contractId: fc.constantFrom('a', 'b'),
        category: fc.constantFrom('sms', 'call'),
        quantity: fc.integer({ min: 0, max: 9999 }).map((n) => (n / 100).toFixed(2)),
      }),
    );
    fc.assert(
      fc.property(usage, usage, (one, other) => {
        const there = usageDifferences(one, other).map(({ difference }) => Number(difference));
        const back = usageDifferences(other, one).map(({ difference }) => -Number(difference));
        expect(there).toEqual(back);
      }),
    );
  });
});
