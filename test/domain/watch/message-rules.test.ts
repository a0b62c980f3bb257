import { describe, expect, it } from 'vitest';
import { at, brief, inbound, OWN, person, text, textIn } from '../../support/watch-events.ts';
import type { EventJson } from '../../support/watch-reference.ts';

const later = (instant: string, ms: number) => new Date(Date.parse(instant) + ms).toISOString();

describe('⑫ relayed messages', () => {
  const policy = { 'watch.smsRelays': 1, 'watch.bulkSmsRecipients': 1_000_000 };
  const relayed = ['smsRelay ×1 (1)'];
  const pass = (out: Partial<EventJson>, into: Partial<EventJson> = {}, policies = {}) =>
    brief({
      policy: { ...policy, ...policies },
      events: [textIn({ digest: 'd', ...into }), text({ digest: 'd', to: person(2), ...out })],
    });

  it('go out at once or up to 300 seconds after they came in, or as long as the setting says', () => {
    expect(pass({})).toEqual(relayed);
    expect(pass({ at: at('10:05') })).toEqual(relayed);
    expect(pass({ at: at('10:05:00.001') })).toEqual([]);
    expect(pass({ at: at('09:59:59.999') })).toEqual([]);
    expect(pass({ at: at('10:01') }, {}, { 'watch.smsRelaySeconds': 60 })).toEqual(relayed);
    expect(pass({ at: at('10:01:00.001') }, {}, { 'watch.smsRelaySeconds': 60 })).toEqual([]);
    expect(pass({}, {}, { 'watch.smsRelaySeconds': 0 })).toEqual(relayed);
  });

  it('have one digest, and one at all', () => {
    expect(pass({ digest: 'e' })).toEqual([]);
    const [into, out] = [textIn({}), text({ to: person(2) })];
    expect(brief({ policy, events: [into, out] })).toEqual([]);
    expect(pass({ digest: '' }, { digest: '' })).toEqual([]);
  });

  it('go to another number than they came from, in any writing', () => {
    expect(pass({ to: person(1) })).toEqual([]);
    expect(pass({ to: '090-0000-0001' })).toEqual([]);
    expect(pass({ to: 'whatsapp:alice' })).toEqual(relayed);
    expect(pass({}, { from: 'Shop' })).toEqual(relayed);
    expect(pass({ to: 'Shop' }, { from: 'Shop' })).toEqual([]);
  });

  it('came in to this contract, and were received', () => {
    const contracts = [{ id: 'K1' }, { id: 'K2' }];
    const events = [textIn({ digest: 'd', contract: 'K2' }), text({ digest: 'd', to: person(2) })];
    expect(brief({ policy, contracts, events })).toEqual([]);
    expect(pass({}, { status: 'receiving' })).toEqual([]);
    expect(pass({ status: 'failed' })).toEqual([]);
  });

  it('are one for each message that goes out, whoever sent the same before', () => {
    const back = textIn({ digest: 'd', from: person(2) });
    const events = [textIn({ digest: 'd' }), back, text({ digest: 'd', to: person(2) })];
    expect(brief({ policy, events })).toEqual(relayed);
    const twice = [...events, text({ digest: 'd', to: person(3) })];
    expect(brief({ policy, events: twice })).toEqual(['smsRelay ×2 (2)']);
  });

  it('count by the day in Japan, from 10', () => {
    const relays = (n: number, instant: string) =>
      Array.from({ length: n }, (_, each) => [
        textIn({ digest: `d${instant}${each}`, at: instant }),
        text({ digest: `d${instant}${each}`, at: instant, to: person(2) }),
      ]).flat();
    expect(brief({ events: relays(9, at('10:00')) })).toEqual([]);
    expect(brief({ events: relays(10, at('10:00')) })).toEqual(['smsRelay ×10 (10)']);
    expect(brief({ events: [...relays(5, at('23:59')), ...relays(5, at('00:00', 13))] })).toEqual([]);
  });
});

describe('㉒ messages to people who did not ask', () => {
  const policy = { 'watch.bulkSmsRecipients': 1 };
  const sent = ['bulkSms ×1 (1)'];
  const reply = (contact: EventJson[], out: Partial<EventJson> = {}, policies = {}) =>
    brief({ policy: { ...policy, ...policies }, events: [...contact, text(out)] });
  const DAY = 86_400_000;

  it('are those to nobody who called or texted within 24 hours, both ends included', () => {
    expect(reply([])).toEqual(sent);
    for (const contact of [
      (begin: string) => inbound({ begin }),
      (begin: string) => [textIn({ at: begin })],
    ]) {
      expect(reply(contact(at('10:00')))).toEqual([]);
      expect(reply(contact(later(at('10:00'), -DAY)))).toEqual([]);
      expect(reply(contact(later(at('10:00'), -DAY - 1)))).toEqual(sent);
      expect(reply(contact(later(at('10:00'), 1)))).toEqual(sent);
    }
  });

  it('or as many hours as the setting says', () => {
    const hour = { 'watch.solicitedHours': 1 };
    expect(reply([textIn({ at: at('09:00') })], {}, hour)).toEqual([]);
    expect(reply([textIn({ at: at('08:59:59.999') })], {}, hour)).toEqual(sent);
    expect(reply([textIn({})], {}, { 'watch.solicitedHours': 0 })).toEqual([]);
  });

  it('a call counts by its begin: also one that came as its end alone', () => {
    const contact = inbound({ begin: null, end: later(at('10:00'), 1), durationS: 60 });
    expect(reply(contact)).toEqual([]);
    expect(reply(inbound({ begin: null, end: later(at('10:00'), 1) }))).toEqual(sent);
  });

  it('the contact is the same number in any writing, came to this contract, and was a call or message', () => {
    expect(reply([textIn({ from: '09000000001' })])).toEqual([]);
    expect(reply([textIn({ from: person(2) })])).toEqual(sent);
    expect(reply([text({ to: person(1), status: 'queued' })])).toEqual(sent);
    expect(reply(inbound({}).map((line) => ({ ...line, status: 'queued' })))).toEqual(sent);
    const contracts = [{ id: 'K1' }, { id: 'K2' }];
    const events = [textIn({ contract: 'K2' }), text({})];
    expect(brief({ policy, contracts, events })).toEqual(sent);
  });

  it('go to a number: an address is none', () => {
    expect(reply([], { to: 'client:alice' })).toEqual([]);
    expect(reply([], { to: 'messenger:123456789' })).toEqual([]);
  });

  it('count different recipients within the minutes, whose old end is open', () => {
    const two = { 'watch.bulkSmsRecipients': 2 };
    const pair = (second: string, to = person(2), policies = {}) =>
      brief({ policy: { ...two, ...policies }, events: [text({}), text({ at: second, to })] });
    expect(pair(at('10:59:59.999'))).toEqual(['bulkSms ×1 (2)']);
    expect(pair(at('11:00'))).toEqual([]);
    expect(pair(at('10:30'), '090-0000-0001')).toEqual([]);
    expect(pair(at('10:04:59.999'), person(2), { 'watch.bulkSmsMinutes': 5 })).toHaveLength(1);
    expect(pair(at('10:05'), person(2), { 'watch.bulkSmsMinutes': 5 })).toHaveLength(0);
  });

  it('each further message to one who was counted is a match while the count holds', () => {
    const events = [
      text({ at: at('10:00') }),
      text({ at: at('10:10'), to: person(2) }),
      text({ at: at('10:20'), to: person(2) }),
      text({ at: at('11:00') }),
      text({ at: at('11:25') }),
    ];
    expect(brief({ policy: { 'watch.bulkSmsRecipients': 2 }, events })).toEqual(['bulkSms ×3 (2)']);
  });

  it('are 100 recipients by default', () => {
    const events = Array.from({ length: 100 }, (_, n) => text({ to: person(n), from: OWN }));
    expect(brief({ events: events.slice(1) })).toEqual([]);
    expect(brief({ events })).toEqual(['bulkSms ×100 (100)']);
  });
});
