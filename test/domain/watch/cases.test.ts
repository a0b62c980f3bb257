import { describe, expect, it } from 'vitest';
import {
  at,
  bought,
  brief,
  call,
  closed,
  found,
  inbound,
  person,
  released,
  text,
} from '../../support/watch-events.ts';
import type { EventJson } from '../../support/watch-reference.ts';

const emergency = (begin: string, options: Partial<EventJson> = {}) =>
  call({ to: '110', begin, end: null, ...options });
describe('a closing', () => {
  it('ends the case with all up to and including its instant', () => {
    const events = [
      ...emergency(at('10:00')),
      closed('18-10', at('12:00')),
      ...emergency(at('12:00')),
      ...emergency(at('12:00:00.001')),
    ];
    expect(brief({ events })).toEqual(['emergencyCalls ×2 (2)', 'emergencyCalls ×1 (1)']);
  });

  it('with no match since the last effective one does nothing', () => {
    const policy = { 'watch.emergencyCalls': 2 };
    const events = [...emergency(at('10:00')), closed('18-10', at('11:00')), ...emergency(at('12:00'))];
    expect(brief({ policy, events })).toEqual(['emergencyCalls ×1 (2)']);
    const twice = [
      ...emergency(at('10:00')),
      ...emergency(at('10:30')),
      closed('18-10', at('11:00')),
      closed('18-10', at('11:00')),
      ...emergency(at('12:00')),
      closed('18-10', at('12:30')),
      ...emergency(at('13:00')),
    ];
    expect(brief({ policy, events: twice })).toEqual(['emergencyCalls ×1 (2)', 'emergencyCalls ×1 (2)']);
  });

  it('restarts the count of the day, of minutes and of different recipients', () => {
    const close = (clause: string, at: string, ...events: EventJson[]) => [...events, closed(clause, at)];
    const mail = (second: number) => text({ at: at(`10:00:${second}`), to: person(second) });
    const events = close('18-22', at('10:00:20'), mail(10), mail(20), mail(30), mail(40));
    expect(brief({ policy: { 'watch.bulkSmsRecipients': 2 }, events })).toEqual([
      'bulkSms ×1 (2)',
      'bulkSms ×1 (2)',
    ]);
    const load = close('18-9', at('10:00:20'), mail(10), mail(20), mail(30), mail(40), mail(50));
    expect(brief({ policy: { 'watch.loadPerMinute': 2 }, events: load })).toEqual([
      'load ×1 (2)',
      'load ×2 (3)',
    ]);
  });

  it('hides nothing from the calls at once: those that run on count', () => {
    const events = [
      ...call({ begin: at('10:00'), end: at('12:00') }),
      ...call({ begin: at('10:10'), end: at('12:00') }),
      closed('18-27', at('11:00')),
      ...call({ begin: at('11:10'), end: at('12:00') }),
    ];
    expect(brief({ policy: { 'watch.simultaneousCalls': 2 }, events })).toEqual([
      'simultaneousCalls ×1 (2)',
      'simultaneousCalls ×1 (3)',
    ]);
  });

  it('looks back for what makes an item, whatever was closed', () => {
    const events = [
      bought({ sid: 'PN1', at: at('10:00') }),
      closed('18-24', at('11:00')),
      released({ sid: 'PN1', at: at('12:00') }),
    ];
    const policy = { 'watch.numberPurchases': 1, 'watch.numberCycles': 1 };
    expect(brief({ policy, events })).toEqual(['numberPurchases ×1 (1)', 'numberCycles ×1 (1)']);
    const asked = [
      text({ to: person(8) }),
      ...inbound({ begin: at('10:30') }),
      closed('18-22', at('11:00')),
      text({ at: at('12:00') }),
    ];
    expect(brief({ policy: { 'watch.bulkSmsRecipients': 1 }, events: asked })).toEqual(['bulkSms ×1 (1)']);
  });

  it('is of one clause and contract, and of all rules of the clause', () => {
    const contracts = [{ id: 'K1' }, { id: 'K2' }];
    const events = (clause: string, contract: string) => [
      ...emergency(at('10:00')),
      closed(clause, at('11:00'), contract),
      ...emergency(at('12:00')),
    ];
    expect(brief({ contracts, events: events('18-10', 'K1') })).toHaveLength(2);
    expect(brief({ contracts, events: events('18-10', 'K2') })).toHaveLength(1);
    expect(brief({ contracts, events: events('18-11', 'K1') })).toHaveLength(1);
    expect(brief({ contracts, events: events('18-99', 'K1') })).toHaveLength(1);
  });

  it('of ㉘ ends the case of both its rules', () => {
    const contracts = [
      { id: 'K1', corporation: 'C1', from: '2027-04-01', reason: true, numbers: 20 },
      { id: 'K2', corporation: 'C1', from: '2027-05-01' },
    ];
    const events = [
      bought({ contract: 'K2' }),
      closed('18-28', at('11:00'), 'K2'),
      bought({ contract: 'K2', at: at('12:00') }),
    ];
    expect(found({ contracts, events }).map(({ rule, matches }) => `${rule} ×${matches}`)).toEqual([
      'severalContracts ×1',
      'numbersOverLimit ×1',
      'numbersOverLimit ×1',
    ]);
  });

  it('whose matches are taken back later never was one', () => {
    const events = [
      ...call({ begin: at('10:00'), end: null, sid: 'CA1' }),
      ...call({ begin: at('10:30'), end: at('10:40') }),
      closed('18-27', at('11:00')),
      ...call({ begin: at('13:00'), end: at('13:10') }),
    ];
    const policy = { 'watch.simultaneousCalls': 2 };
    expect(brief({ policy, events })).toHaveLength(2);
    const [, end] = call({ sid: 'CA1', begin: at('10:00'), end: at('10:20') });
    expect(brief({ policy, events: [...events, end as EventJson] })).toEqual([]);
  });

  it('that a late match makes effective restarts the counts after it', () => {
    const policy = { 'watch.numberPurchases': 2 };
    const events = [
      bought({ at: at('10:00') }),
      closed('18-24', at('11:00')),
      bought({ at: at('12:00') }),
      closed('18-24', at('13:00')),
      bought({ at: at('14:00') }),
    ];
    // 12:00 is the second of the day, so the second closing is effective; 14:00 begins anew.
    expect(brief({ policy, events })).toEqual(['numberPurchases ×1 (2)']);
    // With a late one at 10:30 the first closing is, and 12:00 begins anew: the second closing does nothing.
    expect(brief({ policy, events: [...events, bought({ at: at('10:30') })] })).toEqual([
      'numberPurchases ×1 (2)',
      'numberPurchases ×1 (2)',
    ]);
  });
});
