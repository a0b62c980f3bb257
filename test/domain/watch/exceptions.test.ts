import { describe, expect, it, test } from 'vitest';
import { at, bought, brief, call, found, person, released, text } from '../../support/watch-events.ts';
import type { ContractJson } from '../../support/watch-reference.ts';

const DAY = '2027-05-12';

describe('exceptions', () => {
  const policy = { 'watch.numberPurchases': 2 };
  const agreed = (options: Partial<NonNullable<ContractJson['exceptions']>[number]> = {}) => [
    {
      id: 'K1',
      exceptions: [
        { rule: 'numberPurchases', knownAt: at('09:00'), from: DAY, to: DAY, allow: null, ...options },
      ],
    },
  ];
  const buys = [bought({}), bought({ at: at('11:00') }), bought({ at: at('12:00') })];
  const left = (options: Parameters<typeof agreed>[0]) =>
    brief({ policy, contracts: agreed(options), events: buys });

  it('known before, for the day and the count, leave no match', () => {
    expect(left({})).toEqual([]);
    expect(left({ allow: 3 })).toEqual([]);
    expect(left({ allow: 2 })).toEqual(['numberPurchases ×1 (3)']);
    expect(left({ allow: 0 })).toEqual(['numberPurchases ×2 (3)']);
  });

  it('known at the instant, or after it, do not', () => {
    expect(left({ knownAt: at('10:59:59.999') })).toEqual([]);
    expect(left({ knownAt: at('11:00') })).toEqual(['numberPurchases ×1 (2)']);
    expect(left({ knownAt: at('12:00') })).toEqual(['numberPurchases ×2 (3)']);
  });

  it('hold on the days from…to, both included, in Japan', () => {
    expect(left({ from: '2027-05-11' })).toEqual([]);
    expect(left({ to: '2027-05-13' })).toEqual([]);
    expect(left({ from: '2027-05-13', to: '2027-05-14' })).toHaveLength(1);
    expect(left({ from: '2027-05-10', to: '2027-05-11' })).toHaveLength(1);
    const edges = (first: string, last: string) =>
      brief({
        policy,
        contracts: agreed({ knownAt: at('00:00', 1) }),
        events: [bought({ at: first }), bought({ at: last })],
      });
    expect(edges(at('00:00'), at('23:59:59.999'))).toEqual([]);
    expect(edges(at('00:00', 13), at('23:59:59.999', 13))).toHaveLength(1);
    expect(edges(at('00:00', 11), at('23:59:59.999', 11))).toHaveLength(1);
  });

  it('are of one rule and one contract, and one that excuses is enough', () => {
    expect(left({ rule: 'numberCycles' })).toHaveLength(1);
    const [{ exceptions }] = agreed() as [ContractJson];
    const contracts = [{ id: 'K1' }, { id: 'K2', exceptions }] as ContractJson[];
    expect(brief({ policy, contracts, events: buys })).toHaveLength(1);
    const two = [
      { id: 'K1', exceptions: [...(agreed({ allow: 0 })[0]?.exceptions ?? []), ...(exceptions ?? [])] },
    ];
    expect(brief({ policy, contracts: two, events: buys })).toEqual([]);
  });

  it('what they excuse still counts for what they do not', () => {
    const events = [bought({}), bought({ at: at('00:00', 13) }), bought({ at: at('01:00', 13) })];
    expect(brief({ policy, contracts: agreed({ to: '2027-05-13', allow: 1 }), events })).toEqual([
      'numberPurchases ×1 (2)',
    ]);
  });

  const all = (rule: string): ContractJson[] =>
    ['K1', 'K2'].map((id) => ({
      id,
      corporation: 'C1',
      from: DAY,
      exceptions: [{ rule, knownAt: at('00:00', 1), from: '2027-05-01', to: '2027-05-31', allow: null }],
    }));
  const one = {
    'watch.loadPerMinute': 1,
    'watch.smsRelays': 1,
    'watch.bulkSmsRecipients': 1,
    'watch.numberPurchases': 1,
    'watch.numberCycles': 1,
    'watch.shortCallRecipients': 1,
    'watch.simultaneousCalls': 1,
    'watch.numbersPerCorporation': 0,
  };
  const everything = [
    ...call({ to: '110', from: 'anonymous', end: at('10:00:05') }),
    { ...text({ direction: 'inbound', status: 'received', from: person(7) }), digest: 'd' },
    text({ digest: 'd', to: person(2) }),
    bought({ sid: 'PN1' }),
    released({ sid: 'PN1', at: at('11:00') }),
  ];
  const rulesLeft = (rule: string) => [
    ...new Set(found({ policy: one, contracts: all(rule), events: everything }).map((each) => each.rule)),
  ];

  test.each([
    'load',
    'bulkSms',
    'numberPurchases',
    'numberCycles',
    'shortCalls',
    'simultaneousCalls',
    'numbersOverLimit',
  ])('%s can be excused, and nothing else is by that', (rule) => {
    expect(rulesLeft('load')).toHaveLength(10);
    expect(rulesLeft(rule)).not.toContain(rule);
    expect(rulesLeft(rule)).toHaveLength(10);
  });

  test.each(['emergencyCalls', 'withheldCallerId', 'smsRelay', 'severalContracts'])('%s cannot', (rule) => {
    expect(rulesLeft(rule)).toHaveLength(11);
  });
});
