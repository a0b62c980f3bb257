import { describe, expect, it, test } from 'vitest';
import {
  at,
  brief,
  call,
  found,
  inbound,
  OWN,
  person,
  text,
  textIn,
  utc,
} from '../../support/watch-events.ts';
import type { EventJson } from '../../support/watch-reference.ts';

describe('⑨ load: calls and sent messages of a minute', () => {
  const policy = { 'watch.loadPerMinute': 3 };

  it('counts calls in and out, legs and what was sent; not what came in, nor a queued call', () => {
    const events = [
      ...call({ begin: at('10:00:00') }),
      ...inbound({ begin: at('10:00:10') }),
      textIn({ at: at('10:00:20') }),
      text({ status: 'queued', at: at('10:00:25') }),
      ...call({ begin: at('10:00:30'), parent: 'CA0' }),
      text({ at: at('10:00:59.999') }),
    ];
    expect(brief({ policy, events })).toEqual(['load ×2 (4)']);
  });

  it('is open at its old end: what was exactly a minute before is outside', () => {
    const three = (last: string) => [
      text({ at: at('10:00:00') }),
      text({ at: at('10:00:30') }),
      text({ at: at(last) }),
    ];
    expect(brief({ policy, events: three('10:00:59.999') })).toEqual(['load ×1 (3)']);
    expect(brief({ policy, events: three('10:01:00') })).toEqual([]);
  });

  it('counts everything at the same instant for each of them', () => {
    const events = [text({}), text({}), text({})];
    expect(brief({ policy, events })).toEqual(['load ×3 (3)']);
  });

  it('is 600 by default', () => {
    const events = (n: number) => Array.from({ length: n }, () => text({ to: person(1) }));
    expect(brief({ events: events(599) })).toEqual([]);
    expect(brief({ events: events(600) })).toEqual(['load ×600 (600)']);
  });
});

describe('⑩ emergency numbers', () => {
  const to = (number: string, policy = {}) => brief({ policy, events: call({ to: number }) });

  test.each(['110', '118', '119', '171', '188', '189', '#7119', '#8000', '#9110'])('%s', (number) => {
    expect(to(number)).toEqual(['emergencyCalls ×1 (1)']);
  });

  test.each(['117', '7119', '1100', '+81110123456', 'sip:110@pbx.example', 'tel:119', ''])(
    'not %j',
    (number) => {
      expect(to(number)).toEqual([]);
    },
  );

  it('an own list replaces the similar ones, in any writing, and never 110, 118 and 119', () => {
    const policy = { 'watch.similarNumbers': ['１１７', '+813-0000-0001', 'sip:police@pbx.example'] };
    expect(to('117', policy)).toHaveLength(1);
    expect(to('0300000001', policy)).toHaveLength(1);
    expect(to('sip:police@pbx.example', policy)).toHaveLength(1);
    expect(to('171', policy)).toHaveLength(0);
    for (const number of ['110', '118', '119']) {
      expect(to(number, { 'watch.similarNumbers': [] })).toHaveLength(1);
    }
  });

  it('a contract may have a list of its own', () => {
    const contracts = [{ id: 'K1', policy: { 'watch.similarNumbers': ['117'] } }, { id: 'K2' }];
    const events = ['K1', 'K2'].flatMap((contract) => [
      ...call({ contract, to: '117' }),
      ...call({ contract, to: '171' }),
    ]);
    expect(found({ contracts, events })).toMatchObject([
      { contract: 'K1', matches: 1, evidence: [{ number: '117' }] },
      { contract: 'K2', matches: 1, evidence: [{ number: '171' }] },
    ]);
  });

  it('counts the days of Japan, each for itself', () => {
    const policy = { 'watch.emergencyCalls': 2 };
    const two = (first: string, second: string) =>
      brief({
        policy,
        events: [...call({ to: '110', begin: first }), ...call({ to: '119', begin: second })],
      });
    expect(two(at('00:00'), at('23:59:59.999'))).toEqual(['emergencyCalls ×1 (2)']);
    expect(two(at('23:59:59.999'), at('00:00', 13))).toEqual([]);
    // One day of UTC.
    expect(two(at('09:00'), at('08:59', 13))).toEqual([]);
  });
});

describe('⑪ withheld caller', () => {
  const from = (caller: string, options: Partial<EventJson> = {}) =>
    brief({ events: call({ from: caller, to: person(2), ...options }) });
  const hidden = ['withheldCallerId ×1 (1)'];

  test.each(['', 'anonymous', 'Restricted', '+266696687'])('%j', (caller) => {
    expect(from(caller)).toEqual(hidden);
  });

  it('no caller at all', () => {
    const [{ from: _, ...line }] = call({ to: person(2), end: null }) as [EventJson];
    expect(brief({ events: [line] })).toEqual(hidden);
  });

  it('the prefix 184, however it was dialled; not 186, nor the area code of Akita', () => {
    for (const to of ['1840900000002', '+811840900000002', '184+819000000002', '184117']) {
      expect(from(OWN, { to })).toEqual(hidden);
    }
    for (const to of ['1860900000002', '+81184221234', '0184221234']) expect(from(OWN, { to })).toEqual([]);
  });

  it('to a number only', () => {
    expect(from('anonymous', { to: 'client:alice' })).toEqual([]);
    expect(from('anonymous', { to: 'sip:184@pbx.example' })).toEqual([]);
  });

  describe('passed on', () => {
    const leg = (options: Partial<EventJson> = {}) =>
      call({ begin: at('10:00:10'), from: 'anonymous', to: person(2), parent: 'CA1', ...options });
    const parent = (options: Partial<EventJson> = {}) =>
      inbound({ sid: 'CA1', from: 'anonymous', ...options });

    it('from an inbound call whose caller is withheld, in whatever words', () => {
      expect(brief({ events: [...parent(), ...leg()] })).toEqual([]);
      expect(brief({ events: [...parent({ from: '+266696687' }), ...leg({ from: '' })] })).toEqual([]);
    });

    it.each([
      ['a caller who showed the number', parent({ from: person(9) }), leg()],
      ['an outbound parent', parent({ direction: 'outbound-api', from: OWN, to: person(8) }), leg()],
      ['a parent that is only queued', parent().map((line) => ({ ...line, status: 'queued' })), leg()],
      ['no parent known', [], leg()],
      ['another call', parent({ sid: 'CA7' }), leg()],
      ["another contract's call", parent({ contract: 'K2' }), leg()],
      ['with a prefix 184 of its own', parent(), leg({ to: '1840900000002' })],
      ['as no leg', parent(), call({ from: 'anonymous', to: person(2) })],
    ])('but not: %s', (_, parents, legs) => {
      const contracts = [{ id: 'K1' }, { id: 'K2' }];
      expect(brief({ contracts, events: [...parents, ...legs] })).toEqual(hidden);
    });
  });
});

describe('㉕ short calls', () => {
  const policy = { 'watch.shortCallRecipients': 2 };
  const short = (n: number, begin: string, options: Partial<EventJson> & { end?: string | null } = {}) =>
    call({ to: person(n), begin, end: new Date(Date.parse(begin) + 4000).toISOString(), ...options });

  it('is up to 6 seconds long, from no time at all', () => {
    const two = (end: string | null) =>
      brief({ policy, events: [...short(1, at('10:00')), ...short(2, at('10:01'), { end })] });
    expect(two(at('10:01:06'))).toEqual(['shortCalls ×1 (2)']);
    expect(two(at('10:01:06.001'))).toEqual([]);
    expect(two(at('10:01'))).toEqual(['shortCalls ×1 (2)']);
    expect(two(at('10:00:59'))).toEqual(['shortCalls ×1 (2)']);
    expect(two(null)).toEqual([]);
  });

  it('goes out, to a number, and to different ones in any writing', () => {
    const second = (options: Partial<EventJson>) =>
      brief({ policy, events: [...short(1, at('10:00')), ...short(2, at('10:01'), options)] });
    expect(second({ direction: 'inbound', from: person(2) })).toEqual([]);
    expect(second({ to: 'client:bob' })).toEqual([]);
    expect(second({ to: '090 0000 0001' })).toEqual([]);
    expect(second({ to: '18690000 0001' })).toEqual(['shortCalls ×1 (2)']);
    expect(second({ to: '18609000000001' })).toEqual([]);
  });

  it('counts within its minutes, whose old end is open', () => {
    const second = (begin: string, policies = {}) =>
      brief({ policy: { ...policy, ...policies }, events: [...short(1, at('10:00')), ...short(2, begin)] });
    expect(second(at('10:59:59.999'))).toEqual(['shortCalls ×1 (2)']);
    expect(second(at('11:00'))).toEqual([]);
    expect(second(at('10:04:59.999'), { 'watch.shortCallMinutes': 5 })).toHaveLength(1);
    expect(second(at('10:05'), { 'watch.shortCallMinutes': 5 })).toHaveLength(0);
  });

  it('is as long as the setting says', () => {
    const events = [...short(1, at('10:00')), ...short(2, at('10:01'))];
    expect(brief({ policy: { ...policy, 'watch.shortCallSeconds': 3 }, events })).toEqual([]);
    expect(brief({ policy: { ...policy, 'watch.shortCallSeconds': 4 }, events })).toHaveLength(1);
  });

  it('is 50 recipients by default', () => {
    const events = Array.from({ length: 50 }, (_, n) => short(n, at('10:00')));
    expect(brief({ events: events.slice(1).flat() })).toEqual([]);
    expect(brief({ events: events.flat() })).toEqual(['shortCalls ×50 (50)']);
  });
});

describe('㉗ calls at once', () => {
  const policy = { 'watch.simultaneousCalls': 2 };
  const pair = (first: string | null, second: string, policies = {}) =>
    found({
      policy: { ...policy, ...policies },
      events: [...call({ begin: at('10:00'), end: first }), ...call({ begin: second, end: at('23:00') })],
    });

  it('run from the begin up to, not including, the end', () => {
    expect(pair(at('10:01'), at('10:00:59.999'))).toHaveLength(1);
    expect(pair(at('10:01'), at('10:01'))).toHaveLength(0);
  });

  it('run four hours without an end, or as long as the setting says', () => {
    expect(pair(null, at('13:59:59.999'))).toHaveLength(1);
    expect(pair(null, at('14:00'))).toHaveLength(0);
    expect(pair(null, at('10:59:59.999'), { 'watch.openCallHours': 1 })).toHaveLength(1);
    expect(pair(null, at('11:00'), { 'watch.openCallHours': 1 })).toHaveLength(0);
    expect(pair(null, at('10:00'), { 'watch.openCallHours': 0 })).toHaveLength(0);
  });

  it('run longer than four hours where an end says so', () => {
    expect(pair(at('20:00'), at('19:59:59.999'))).toHaveLength(1);
  });

  it('that begin at one instant all see each other', () => {
    expect(pair(at('10:01'), at('10:00'))).toMatchObject([{ matches: 2, count: 2, from: utc(at('10:00')) }]);
  });

  it('that turn out to have ended take back what they counted for, to the last instant', () => {
    const [begin, end] = call({ sid: 'CA1', begin: at('10:00'), end: at('10:01') }) as [EventJson, EventJson];
    const second = (instant: string) => call({ begin: instant, end: at('23:00') });
    const open = [begin, ...second(at('13:59:59.999'))];
    expect(brief({ policy, events: open })).toEqual(['simultaneousCalls ×1 (2)']);
    expect(brief({ policy, events: [...open, end] })).toEqual([]);
    const ended = [begin, end, ...second(at('10:00:59.999'))];
    expect(brief({ policy, events: ended })).toEqual(['simultaneousCalls ×1 (2)']);
    const earlier = { ...end, status: 'failed', at: at('10:00:30') };
    expect(brief({ policy, events: [...ended, earlier] })).toEqual([]);
  });

  it('of no length neither count nor match', () => {
    const events = [
      ...call({ begin: at('10:00'), end: at('11:00') }),
      ...call({ begin: at('10:30'), end: at('10:30') }),
      ...call({ begin: null, end: at('10:31') }),
    ];
    expect(brief({ policy, events })).toEqual([]);
  });

  it('with legs, or without those that have a parent: they then neither count nor match', () => {
    const events = [
      ...inbound({ sid: 'CA1', begin: at('10:00') }),
      ...call({ begin: at('10:00:10'), parent: 'CA1' }),
    ];
    expect(brief({ policy, events })).toEqual(['simultaneousCalls ×1 (2)']);
    expect(brief({ policy: { ...policy, 'watch.legs': 'parent' }, events })).toEqual([]);
    const alone = { 'watch.simultaneousCalls': 1, 'watch.legs': 'parent' };
    expect(brief({ policy: alone, events })).toEqual(['simultaneousCalls ×1 (1)']);
  });

  it('are 100 by default', () => {
    const events = Array.from({ length: 100 }, () => call({ end: null }));
    expect(brief({ events: events.slice(1).flat() })).toEqual([]);
    expect(brief({ events: events.flat() })).toEqual(['simultaneousCalls ×100 (100)']);
  });
});
