import { describe, expect, it, test } from 'vitest';
import { CaseReader } from '../../../domain/cases/case-reader.ts';
import { WatchRun, watchCase } from '../../../domain/watch/run.ts';
import {
  at,
  bought,
  brief,
  type CallOptions,
  call,
  closed,
  found,
  inbound,
  person,
  text,
  utc,
} from '../../support/watch-events.ts';
import type { ContractJson, EventJson } from '../../support/watch-reference.ts';

const figures = (events: EventJson[], policy = {}, contracts: ContractJson[] = [{ id: 'K1' }]) => {
  const run = new WatchRun(new CaseReader({ policy, contracts }), (number) => number);
  for (const event of events) run.take(event);
  return run.figures();
};
const none = { used: 0, duplicates: 0, late: 0, skewed: 0, unknown: 0 };
const emergency = (options: CallOptions = {}) => call({ to: '110', end: null, ...options });

describe('an account that no contract has', () => {
  it('is shown, makes no finding and is nothing else: not late, skewed or a repeat', () => {
    const events = [
      ...emergency({ contract: 'K9' }),
      ...emergency({ contract: 'K9', receivedAt: at('10:00', 30) }),
      ...emergency({ contract: 'K9', receivedAt: at('01:00') }),
      closed('18-10', at('11:00'), 'K9'),
    ];
    expect(figures([...events, ...events])).toEqual({ ...none, unknown: 8 });
    expect(found({ events })).toEqual([]);
  });
});

describe('a line that came late', () => {
  const came = (received: string, policy = {}, options = {}) =>
    brief({ policy, events: emergency({ receivedAt: received, ...options }) });

  it('counts up to 168 hours, and is only kept a millisecond later', () => {
    expect(came(at('10:00', 19))).toEqual(['emergencyCalls ×1 (1)']);
    expect(came(at('10:00:00.001', 19))).toEqual([]);
    expect(figures(emergency({ receivedAt: at('10:00:00.001', 19) }))).toEqual({ ...none, late: 1 });
  });

  it('counts for as long as the setting says: that of the whole, not of a contract', () => {
    expect(came(at('12:00'), { 'watch.lateHours': 2 })).toHaveLength(1);
    expect(came(at('12:00:00.001'), { 'watch.lateHours': 2 })).toHaveLength(0);
    const events = emergency({ receivedAt: at('12:00:00.001') });
    const short = { 'watch.lateHours': 2, 'watch.skewSeconds': 0 };
    expect(brief({ contracts: [{ id: 'K1', policy: short }], events })).toHaveLength(1);
    const long = [{ id: 'K1', policy: { 'watch.lateHours': 999 } }];
    expect(brief({ policy: { 'watch.lateHours': 2 }, contracts: long, events })).toHaveLength(0);
  });

  it('brings no earlier time to a fact that came in time', () => {
    const line = { sid: 'CA1', to: '110', end: null };
    const events = [
      ...call({ ...line, begin: at('09:00'), receivedAt: at('09:00', 30) }),
      ...call({ ...line, begin: at('10:00') }),
    ];
    expect(found({ events })).toMatchObject([{ from: utc(at('10:00')), matches: 1 }]);
    expect(figures(events)).toEqual({ ...none, used: 1, late: 1 });
  });

  it('is late whenever it came, and a closing never is', () => {
    const events = [...emergency(), { ...closed('18-10', at('11:00')), receivedAt: at('11:00', 30) }];
    const again = emergency({ begin: at('12:00') });
    expect(brief({ events: [...events, ...again] })).toEqual([
      'emergencyCalls ×1 (1)',
      'emergencyCalls ×1 (1)',
    ]);
    expect(figures(events)).toEqual({ ...none, used: 2 });
  });
});

describe('a closing', () => {
  it('is never late, ahead of its arrival or a repeat', () => {
    const early = { ...closed('18-10', at('11:00')), receivedAt: at('09:00') };
    const events = [...emergency(), early, early, ...emergency({ begin: at('10:30') })];
    expect(brief({ events: [...events, ...emergency({ begin: at('12:00') })] })).toEqual([
      'emergencyCalls ×2 (2)',
      'emergencyCalls ×1 (1)',
    ]);
    expect(figures(events)).toEqual({ ...none, used: 4 });
  });
});

describe('a line ahead of its arrival', () => {
  it('is believed up to 300 seconds; a millisecond more, and its arrival is its time', () => {
    const events = (begin: string) => emergency({ begin, receivedAt: at('10:00') });
    expect(found({ events: events(at('10:05')) })).toMatchObject([{ from: utc(at('10:05')) }]);
    expect(found({ events: events(at('10:05:00.001')) })).toMatchObject([{ from: utc(at('10:00')) }]);
    expect(figures(events(at('10:05')))).toEqual({ ...none, used: 1 });
    expect(figures(events(at('10:05:00.001')))).toEqual({ ...none, used: 1, skewed: 1 });
  });

  it('by the setting of the whole, not of a contract', () => {
    const events = emergency({ begin: at('10:00:11'), receivedAt: at('10:00') });
    const ten = { 'watch.skewSeconds': 10 };
    expect(found({ policy: ten, events })).toMatchObject([{ from: utc(at('10:00')) }]);
    expect(found({ contracts: [{ id: 'K1', policy: ten }], events })).toMatchObject([
      { from: utc(at('10:00:11')) },
    ]);
  });

  it('counts as such each time it comes', () => {
    const events = emergency({ begin: at('11:00'), receivedAt: at('10:00') });
    expect(figures([...events, ...events])).toEqual({ ...none, used: 1, duplicates: 1, skewed: 2 });
  });
});

describe('lines of one sid and status', () => {
  it('are one fact whose earliest time counts', () => {
    const line = { sid: 'CA1', to: '110', end: null };
    const events = [...call({ ...line, begin: at('10:00:05') }), ...call({ ...line, begin: at('10:00') })];
    expect(found({ events })).toMatchObject([{ from: utc(at('10:00')), to: utc(at('10:00')), matches: 1 }]);
    expect(figures(events)).toEqual({ ...none, used: 1, duplicates: 1 });
  });

  it('of another type, or another status, are other facts', () => {
    const events = [
      ...call({ sid: 'X1', end: at('10:01') }),
      text({ sid: 'X1', status: 'completed' }),
      bought({ sid: 'X1' }),
      bought({ sid: 'X1', status: 'released' }),
    ];
    expect(figures(events)).toEqual({ ...none, used: 5 });
  });

  it('with a status that the provider invented are facts too, that tell nothing', () => {
    const [line] = call({ to: '110', end: null });
    const events = [
      { ...line, status: 'transcribed' },
      { ...line, status: 'transcribed' },
    ] as EventJson[];
    expect(figures(events)).toEqual({ ...none, used: 1, duplicates: 1 });
    expect(found({ events })).toEqual([]);
  });

  it('fill each other in where one is silent', () => {
    const line = { sid: 'CA1', end: null };
    const [begin] = call({ ...line, from: '' });
    const [, end] = call({ sid: 'CA1', begin: at('10:00'), end: at('10:01') });
    expect(brief({ events: [begin as EventJson] })).toEqual(['withheldCallerId ×1 (1)']);
    // The reference takes one line as it is, the watcher the whole of what was told.
    const run = new WatchRun(new CaseReader({ contracts: [{ id: 'K1' }] }), (number) => number);
    for (const each of [begin, end]) run.take(each);
    expect(run.findings()).toEqual([]);
  });
});

describe('a call', () => {
  const shown = (events: EventJson[], policy = {}) =>
    found({ policy: { 'watch.loadPerMinute': 1, ...policy }, events }).filter(({ rule }) => rule === 'load');

  test.each(['initiated', 'ringing', 'in-progress'])('begins with %s', (status) => {
    const [line] = call({ end: null });
    expect(shown([{ ...line, status } as EventJson])).toMatchObject([{ from: utc(at('10:00')) }]);
  });

  it('begins with the earliest of them, whatever they are called', () => {
    const [line] = call({ end: null });
    const events = [
      { ...line, status: 'initiated', at: at('10:00:02') },
      { ...line, status: 'ringing', at: at('10:00:01') },
      { ...line, status: 'in-progress', at: at('10:00:03') },
      { ...line, status: 'queued', at: at('09:00') },
    ] as EventJson[];
    expect(shown(events)).toMatchObject([{ from: utc(at('10:00:01')), matches: 1 }]);
  });

  test.each(['completed', 'busy', 'failed', 'no-answer', 'canceled'])(
    'of which only %s came began a duration before it',
    (final) => {
      const events = call({ begin: null, end: at('10:01'), final, durationS: 30 });
      expect(shown(events)).toMatchObject([{ from: utc(at('10:00:30')) }]);
      expect(shown(call({ begin: null, end: at('10:01'), final }))).toMatchObject([
        { from: utc(at('10:01')) },
      ]);
    },
  );

  it('begins as it was told, not a duration before its end, as soon as a begin is known', () => {
    expect(shown(call({ begin: at('10:00:50'), end: at('10:01'), durationS: 30 }))).toMatchObject([
      { from: utc(at('10:00:50')) },
    ]);
  });

  it('of which two ends came at one instant lasted as long as the longer says, in either order', () => {
    const ends = [20, 50].flatMap((durationS, index) =>
      call({
        sid: 'CA1',
        begin: null,
        end: at('10:01'),
        final: ['completed', 'failed'][index] ?? '',
        durationS,
      }),
    );
    for (const events of [ends, ends.toReversed()]) {
      const whole = { kind: 'watch', contracts: [{ id: 'K1' }], policy: { 'watch.loadPerMinute': 1 } };
      expect(watchCase({ ...whole, events })).toMatchObject([{ from: utc(at('10:00:10')) }]);
    }
  });

  it('that is only queued is none', () => {
    expect(shown([{ ...call({ end: null })[0], status: 'queued' } as EventJson])).toEqual([]);
  });

  it('ends with the earliest end', () => {
    const [, end] = call({ sid: 'CA1', end: at('10:00:20') });
    const events = [...call({ sid: 'CA1', end: at('10:00:40') }), { ...end, status: 'failed' } as EventJson];
    const other = (begin: string) => inbound({ begin, end: at('11:00') });
    const atOnce = (begin: string) =>
      brief({ policy: { 'watch.simultaneousCalls': 2 }, events: [...events, ...other(begin)] });
    expect(atOnce(at('10:00:19.999'))).toEqual(['simultaneousCalls ×1 (2)']);
    expect(atOnce(at('10:00:20'))).toEqual([]);
  });

  it('is outbound unless its direction is inbound', () => {
    const directions = ['outbound-api', 'outbound-dial', 'trunking-terminating', 'Inbound'];
    for (const direction of directions) {
      expect(brief({ events: emergency({ direction }) })).toEqual(['emergencyCalls ×1 (1)']);
    }
    expect(brief({ events: emergency({ direction: 'inbound' }) })).toEqual([]);
  });
});

describe('a message', () => {
  const policy = { 'watch.bulkSmsRecipients': 1, 'watch.loadPerMinute': 1 };

  test.each(['sending', 'sent', 'delivered', 'undelivered', 'read'])(
    'that goes out is sent with %s',
    (status) => {
      expect(brief({ policy, events: [text({ status })] })).toEqual(['bulkSms ×1 (1)', 'load ×1 (1)']);
    },
  );

  test.each(['accepted', 'scheduled', 'queued', 'failed', 'canceled', 'received', 'partially_delivered'])(
    'that goes out is not sent with %s',
    (status) => {
      expect(brief({ policy, events: [text({ status })] })).toEqual([]);
    },
  );

  it('that goes out is sent at the earliest of them', () => {
    const events = [
      text({ sid: 'SM1', status: 'delivered', at: at('10:00:01') }),
      text({ sid: 'SM1', status: 'sent', at: at('10:00:02') }),
      text({ sid: 'SM1', status: 'queued', at: at('09:00') }),
    ];
    expect(found({ policy, events })).toMatchObject([{ from: utc(at('10:00:01')) }, { matches: 1 }]);
  });

  it('that comes in counts with received only: then it may be answered', () => {
    const reply = (status: string) =>
      brief({
        policy: { 'watch.bulkSmsRecipients': 1 },
        events: [
          text({ direction: 'inbound', from: person(5), status, at: at('09:00') }),
          text({ to: person(5) }),
        ],
      });
    expect(reply('received')).toEqual([]);
    for (const status of ['receiving', 'sent', 'delivered', 'read']) expect(reply(status)).toHaveLength(1);
  });
});
