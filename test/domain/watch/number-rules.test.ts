import { describe, expect, it } from 'vitest';
import { at, bought, brief, released } from '../../support/watch-events.ts';
import type { EventJson } from '../../support/watch-reference.ts';

describe('㉔ purchases of a day', () => {
  it('from 10, in a day of Japan; not the operator’s, and whatever the number is', () => {
    const buy = (n: number, options: Partial<EventJson> = {}) =>
      Array.from({ length: n }, () => bought(options));
    expect(brief({ events: buy(9) })).toEqual([]);
    expect(brief({ events: buy(10) })).toEqual(['numberPurchases ×10 (10)']);
    expect(brief({ events: [...buy(9), ...buy(9, { by: 'operator' })] })).toEqual([]);
    const midnight = [...buy(5, { at: at('23:59:59.999') }), ...buy(5, { at: at('00:00', 13) })];
    expect(brief({ events: midnight })).toEqual([]);
    const day = [...buy(5, { at: at('00:00') }), ...buy(5, { at: at('23:59:59.999') })];
    expect(brief({ events: day })).toEqual(['numberPurchases ×5 (10)']);
    expect(brief({ policy: { 'watch.numberPurchases': 2 }, events: buy(2) })).toHaveLength(1);
  });
});

describe('㉔ bought and given back', () => {
  const policy = { 'watch.numberCycles': 1 };
  const cycle = ['numberCycles ×1 (1)'];
  const both = (back: Partial<EventJson>, buy: Partial<EventJson> = {}) =>
    brief({ policy, events: [bought({ sid: 'PN1', ...buy }), released({ sid: 'PN1', ...back })] });

  it('the same day, later or at once', () => {
    expect(both({ at: at('10:00') })).toEqual(cycle);
    expect(both({ at: at('23:59:59.999') })).toEqual(cycle);
    expect(both({ at: at('00:00', 13) })).toEqual([]);
    expect(both({ at: at('09:59:59.999') })).toEqual([]);
    // One day of UTC, two of Japan.
    expect(both({ at: at('00:30', 13) }, { at: at('23:30') })).toEqual([]);
  });

  it('by the customer, both times', () => {
    expect(both({ by: 'operator' })).toEqual([]);
    expect(both({}, { by: 'operator' })).toEqual([]);
  });

  it('is the same number in any writing, of this contract', () => {
    expect(both({ number: '050-0000-0900' })).toEqual(cycle);
    expect(both({ sid: 'PN2' })).toEqual(cycle);
    expect(both({ sid: 'PN2', number: '+815000000901' })).toEqual([]);
    const contracts = [{ id: 'K1' }, { id: 'K2' }];
    const events = [bought({ contract: 'K2' }), released({ sid: 'PN9' })];
    expect(brief({ policy, contracts, events })).toEqual([]);
  });

  it('a number that was held before is none', () => {
    expect(brief({ policy, events: [released({})] })).toEqual([]);
  });

  it('each release counts, the same number bought again too; from 3 a day', () => {
    const cycles = (n: number) =>
      Array.from({ length: n }, (_, each) => [
        bought({ sid: `PN${each}`, at: at(`10:0${each}`) }),
        released({ sid: `PN${each}`, at: at(`10:0${each}:30`) }),
      ]).flat();
    expect(brief({ events: cycles(2) })).toEqual([]);
    expect(brief({ events: cycles(3) })).toEqual(['numberCycles ×1 (3)']);
  });
});
