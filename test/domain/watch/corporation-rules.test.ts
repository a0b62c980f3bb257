import { describe, expect, it } from 'vitest';
import { at, bought, closed, found, released, utc } from '../../support/watch-events.ts';
import type { ContractJson, EventJson } from '../../support/watch-reference.ts';

describe('㉘ several contracts of a corporation', () => {
  const first = { id: 'K1', corporation: 'C1', from: '2027-04-01' };
  const second = { id: 'K2', corporation: 'C1', from: '2027-05-01' };
  const of = (...contracts: ContractJson[]) => found({ contracts, events: [] });

  it('is the first day, 00:00 in Japan, of one without a reason; no number is shown', () => {
    expect(of(first, second)).toEqual([
      {
        contract: 'K2',
        rule: 'severalContracts',
        clause: '18-28',
        from: '2027-04-30T15:00:00.000Z',
        to: '2027-04-30T15:00:00.000Z',
        count: 2,
        matches: 1,
        evidence: [{ sid: 'K2', at: '2027-04-30T15:00:00.000Z' }],
      },
    ]);
  });

  it('needs a corporation, a first day and no reason', () => {
    expect(of(first, { ...second, reason: true })).toEqual([]);
    expect(of({ ...first, reason: true }, { id: 'K2', corporation: 'C1' })).toEqual([]);
    expect(of(first, { ...second, corporation: 'C2' })).toEqual([]);
    expect(of({ id: 'K1', from: '2027-04-01' }, { id: 'K2', from: '2027-05-01' })).toEqual([]);
  });

  it('counts those that live that day, with a reason and without a first day too', () => {
    expect(of({ ...first, reason: true }, second)).toMatchObject([{ contract: 'K2', count: 2 }]);
    expect(of({ id: 'K1', corporation: 'C1' }, second)).toMatchObject([{ contract: 'K2', count: 2 }]);
    expect(of({ ...first, to: '2027-05-01' }, second)).toHaveLength(1);
    expect(of({ ...first, to: '2027-04-30' }, second)).toHaveLength(0);
    expect(of({ ...first, from: '2027-05-02' }, second)).toMatchObject([{ contract: 'K1', count: 2 }]);
  });

  it('two that begin on one day are found both', () => {
    expect(of({ ...first, from: '2027-05-01' }, second)).toMatchObject([
      { contract: 'K1' },
      { contract: 'K2' },
    ]);
  });

  it('from as many as the setting says, for one contract otherwise', () => {
    const contracts = [first, second];
    expect(found({ contracts, policy: { 'watch.contractsPerCorporation': 3 }, events: [] })).toEqual([]);
    const own = { 'watch.contractsPerCorporation': 3 };
    expect(of(first, { ...second, policy: own })).toEqual([]);
    expect(of(first, { ...second, exceptions: [] }, { ...second, id: 'K3', policy: own })).toMatchObject([
      { contract: 'K2', count: 3 },
      { contract: 'K3', count: 3 },
    ]);
  });
});

describe('㉘ numbers of a corporation with several contracts', () => {
  const held = (one: number, other: number, options: Partial<ContractJson> = {}): ContractJson[] => [
    { id: 'K1', corporation: 'C1', numbers: one },
    { id: 'K2', corporation: 'C1', numbers: other, ...options },
  ];
  const over = (contracts: ContractJson[], events: EventJson[], policy = {}) =>
    found({ contracts, events, policy }).filter(({ rule }) => rule === 'numbersOverLimit');

  it('over 20, not from: all that are held, bought by anybody', () => {
    expect(over(held(15, 4), [bought({})])).toEqual([]);
    expect(over(held(15, 5), [bought({})])).toMatchObject([{ contract: 'K1', count: 21, clause: '18-28' }]);
    expect(over(held(15, 5), [bought({ by: 'operator' })])).toHaveLength(1);
    expect(over(held(0, 0), [bought({})], { 'watch.numbersPerCorporation': 0 })).toHaveLength(1);
  });

  it('a release, at the same instant too and by anybody, makes room', () => {
    const back = (options: Partial<EventJson>) =>
      over(held(15, 5), [bought({}), released({ contract: 'K2', sid: 'PN8', ...options })]);
    expect(back({})).toEqual([]);
    expect(back({ by: 'operator' })).toEqual([]);
    expect(back({ at: at('09:00') })).toEqual([]);
    expect(back({ at: at('10:00:00.001') })).toHaveLength(1);
  });

  it('counts what was bought on any earlier day, before a closing too', () => {
    const events = [bought({ at: at('10:00', 1) }), bought({ at: at('10:00', 2), contract: 'K2' })];
    const last = bought({ at: at('10:00', 3) });
    expect(over(held(10, 9), [...events, last])).toMatchObject([
      { contract: 'K2', count: 21, matches: 1 },
      { contract: 'K1', count: 22, matches: 1 },
    ]);
    expect(over(held(10, 9), [...events, closed('18-28', at('00:00', 3), 'K2'), last])).toMatchObject([
      { contract: 'K2', count: 21 },
      { contract: 'K1', count: 22 },
    ]);
  });

  it('needs two contracts of the corporation that live that day, and counts those only', () => {
    expect(over(held(30, 5, { corporation: 'C2' }), [bought({})])).toEqual([]);
    expect(over(held(30, 5, { to: '2027-05-11' }), [bought({})])).toEqual([]);
    expect(over(held(30, 5, { to: '2027-05-12' }), [bought({})])).toMatchObject([{ count: 36 }]);
    expect(over(held(30, 5, { from: '2027-05-13' }), [bought({})])).toEqual([]);
    const three = [...held(15, 5), { id: 'K3', corporation: 'C1', numbers: 50, to: '2027-05-11' }];
    expect(over(three, [bought({})])).toMatchObject([{ count: 21 }]);
    expect(over([{ id: 'K1', numbers: 30 }, { id: 'K2' }], [bought({})])).toEqual([]);
  });

  it('is found for the contract that bought, by its own setting', () => {
    const contracts = held(15, 5, { policy: { 'watch.numbersPerCorporation': 30 } });
    const events = [bought({}), bought({ contract: 'K2', at: at('11:00') })];
    expect(over(contracts, events)).toMatchObject([{ contract: 'K1', matches: 1 }]);
    expect(over(held(15, 5), events)).toMatchObject([
      { contract: 'K1', count: 21, from: utc(at('10:00')) },
      { contract: 'K2', count: 22, from: utc(at('11:00')) },
    ]);
  });

  it('a purchase that comes late changes the counts of every contract after it', () => {
    const events = [bought({ contract: 'K2', at: at('11:00') }), bought({ at: at('10:00') })];
    expect(over(held(15, 4), events)).toMatchObject([{ contract: 'K2', count: 21 }]);
  });
});
