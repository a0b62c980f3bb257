import { describe, expect, it, test } from 'vitest';
import { watchCase } from '../../../domain/watch/run.ts';
import { at, call, found, inbound, person, text } from '../../support/watch-events.ts';
import type { EventJson } from '../../support/watch-reference.ts';

const emergency = (begin: string, options: Partial<EventJson> = {}) =>
  call({ to: '110', begin, end: null, ...options });
describe('a finding', () => {
  it('has first and last match, the largest count, and the first three by time and sid', () => {
    const events = ['CA4', 'CA2', 'CA3', 'CA1'].flatMap((sid) => emergency(at('10:00'), { sid }));
    const [finding, ...rest] = found({ events: [...events, ...emergency(at('09:00', 13), { sid: 'CA0' })] });
    expect(rest).toEqual([]);
    expect(finding).toEqual({
      contract: 'K1',
      rule: 'emergencyCalls',
      clause: '18-10',
      from: '2027-05-12T01:00:00.000Z',
      to: '2027-05-13T00:00:00.000Z',
      count: 4,
      matches: 5,
      evidence: ['CA1', 'CA2', 'CA3'].map((sid) => ({ sid, at: '2027-05-12T01:00:00.000Z', number: '110' })),
    });
  });

  it('shows the other side, masked: whom it went to, who came in; nothing for nobody', () => {
    const policy = { 'watch.loadPerMinute': 1 };
    const events = [
      ...call({ begin: at('10:00:01'), to: person(1) }),
      ...inbound({ begin: at('10:00:02'), from: person(2) }),
      ...inbound({ begin: at('10:00:03'), from: '' }),
    ];
    const [finding] = found({ policy, events });
    expect(finding?.evidence.map(({ number }) => number)).toEqual(['+81900000****', '+81900000****', '']);
    const word = found({ policy, events: inbound({ from: 'anonymous' }) });
    expect(word[0]?.evidence[0]?.number).toBe('anonymous');
  });

  it('stands in the order of first match, contract and rule', () => {
    const contracts = [{ id: 'K2' }, { id: 'K1' }, { id: 'K10' }];
    const events = [
      ...call({ contract: 'K1', to: '184110' }),
      ...emergency(at('10:00'), { contract: 'K2' }),
      ...emergency(at('10:00'), { contract: 'K10' }),
      ...emergency(at('09:00'), { contract: 'K2' }).map((line) => ({ ...line, to: '1840900000009' })),
    ];
    expect(found({ contracts, events }).map(({ contract, rule }) => `${contract} ${rule}`)).toEqual([
      'K2 withheldCallerId',
      'K1 emergencyCalls',
      'K1 withheldCallerId',
      'K10 emergencyCalls',
      'K2 emergencyCalls',
    ]);
  });

  it('of two rules at one instant: by the names of the rules', () => {
    const policy = { 'watch.loadPerMinute': 1, 'watch.bulkSmsRecipients': 1 };
    expect(found({ policy, events: [text({})] }).map(({ rule }) => rule)).toEqual(['bulkSms', 'load']);
  });
});

describe('settings', () => {
  it('are the contract’s, else the whole’s, else the default', () => {
    const contracts = [{ id: 'K1' }, { id: 'K2', policy: { 'watch.emergencyCalls': 1 } }];
    const events = [...emergency(at('10:00')), ...emergency(at('10:00'), { contract: 'K2' })];
    expect(found({ contracts, events })).toHaveLength(2);
    expect(found({ contracts, events, policy: { 'watch.emergencyCalls': 2 } })).toMatchObject([
      { contract: 'K2' },
    ]);
  });

  test.each([
    [{ 'watch.unknown': 1 }, 'という設定はありません'],
    [{ 'watch.emergencyCalls': 0 }, 'watch.emergencyCalls'],
    [{ 'watch.legs': 'none' }, 'watch.legs'],
    [{ 'watch.similarNumbers': '117' }, 'watch.similarNumbers'],
    [{ 'watch.similarNumbers': [' '] }, 'watch.similarNumbers'],
  ])('%j is refused, for one contract too', (policy, message) => {
    const contracts = [{ id: 'K1' }];
    expect(() => watchCase({ kind: 'watch', policy, contracts, events: [] })).toThrow(message);
    const own = [{ id: 'K1', policy }];
    expect(() => watchCase({ kind: 'watch', contracts: own, events: [] })).toThrow(message);
  });
});
