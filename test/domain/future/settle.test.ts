import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { civilDate, jstInstant } from '../../../domain/calendar/civil-date.ts';
import type { ContractFacts, OpenChange } from '../../../domain/future/facts.ts';
import { contentsOn, projectContract } from '../../../domain/future/project.ts';
import { affectedBy, type Settlement, settlementsOf } from '../../../domain/future/settle.ts';
import { contractFacts, openChange } from '../../support/contract-facts.ts';

const TODAY = civilDate('2026-12-06');
const settle = (facts: ContractFacts) => settlementsOf(facts, projectContract(facts), TODAY);

/** The facts once what was settled is on record. */
function after(facts: ContractFacts, settlements: readonly Settlement[]): ContractFacts {
  const open = facts.open.flatMap((change): OpenChange[] => {
    const settled = settlements.find(({ requestId }) => requestId === change.requestId);
    if (settled === undefined) return [change];
    const { outcome, on, overtaken } = settled;
    if (outcome === 'refused') return [];
    return [{ ...change, state: outcome === 'done' ? 'settled' : outcome, told: { on, overtaken } }];
  });
  return { ...facts, open };
}

const ask = (facts: ContractFacts, change: OpenChange) => {
  const asked = { ...facts, open: [...facts.open, { ...change, state: 'asked' as const }] };
  const settlements = settle(asked);
  return { settlements, facts: after(asked, settlements) };
};

describe('what is settled, and who is told', () => {
  test('nothing, when everything stands as it was told', () => {
    const accepted = ask(contractFacts(), openChange('a', '2026-12-06', { licences: 20 }));
    expect(accepted.settlements).toMatchObject([{ became: 'accepted', on: '2027-02-01' }]);
    expect(settle(accepted.facts)).toEqual([]);
  });

  test('an upgrade inside a year tells its price, against the highest fee of the year so far', () => {
    const first = ask(contractFacts(), openChange('a', '2026-12-01', { planCode: 'premium' }));
    expect(first.settlements[0]?.reasons.at(-1)?.text).toBe(
      '年額の差240,000円 × 11 ÷ 12 ＝ 220,000円（1円未満切り捨て、税抜）です。',
    );
    const more = ask(first.facts, openChange('b', '2027-01-10', { licences: 31 }));
    expect(more.settlements[0]?.reasons.at(-1)?.text).toContain('12,000円 × 9 ÷ 12 ＝ 9,000円');
  });

  test('a change that changes nothing is refused, one that only takes back is done at once', () => {
    const same = ask(contractFacts(), openChange('s', '2026-12-06', { planCode: 'standard' }));
    expect(same.settlements).toMatchObject([{ outcome: 'refused', clause: '第8条2項' }]);
    const pending = ask(contractFacts(), openChange('a', '2026-12-01', { kind: 'monthly' }));
    const back = ask(pending.facts, openChange('b', '2026-12-02', { kind: 'annual' }));
    expect(back.settlements).toMatchObject([
      { requestId: 'a', outcome: 'superseded' },
      { requestId: 'b', outcome: 'done', became: 'takesBack', on: TODAY },
    ]);
    expect(affectedBy(back.settlements)).toEqual([
      { requestId: 'a', became: 'superseded', on: '2027-12-01' },
    ]);
    expect(settle(back.facts)).toEqual([]);
  });

  test('a change of which a part is taken over is told once', () => {
    const a = ask(contractFacts(), openChange('a', '2026-12-01', { kind: 'monthly', licences: 20 }));
    const b = ask(a.facts, openChange('b', '2026-12-06', { licences: 30 }));
    expect(affectedBy(b.settlements)).toEqual([{ requestId: 'a', became: 'reduced', on: '2027-12-01' }]);
    expect(settle(b.facts)).toEqual([]);
  });

  test('a late paper that loses to a later arrival is superseded, and nobody else hears of it', () => {
    const later = ask(contractFacts(), openChange('l', '2026-12-05', { licences: 30 }));
    const paper = ask(later.facts, openChange('p', '2026-12-04', { licences: 20 }));
    expect(paper.settlements).toMatchObject([{ requestId: 'p', outcome: 'superseded', became: 'refused' }]);
    expect(affectedBy(paper.settlements)).toEqual([]);
  });

  test('what was dropped by an end stands again when it goes', () => {
    const a = ask(contractFacts(), openChange('a', '2026-12-06', { licences: 20 }));
    const ended = { ...a.facts, ownEndsOn: civilDate('2027-01-31') };
    const dropped = settle(ended);
    expect(dropped).toMatchObject([{ outcome: 'dropped', clause: '第10条1項' }]);
    const again = settle({ ...after(ended, dropped), ownEndsOn: null });
    expect(again).toMatchObject([{ outcome: 'accepted', became: 'restored', on: '2027-02-01' }]);
  });
});

const START = jstInstant(civilDate('2026-12-01'));
const anyUpgrades = fc
  .uniqueArray(
    fc.record({
      hour: fc.integer({ min: 0, max: 400 * 24 }),
      kind: fc.constantFrom('annual' as const, 'monthly' as const, null),
      licences: fc.option(fc.integer({ min: 11, max: 60 })),
      sms: fc.option(fc.integer({ min: 0, max: 3 })),
    }),
    { maxLength: 5, selector: ({ hour }) => hour },
  )
  .map((all) =>
    all.flatMap(({ hour, kind, licences, sms }, index) => {
      const alters = {
        ...(kind === null ? {} : { kind }),
        ...(licences === null ? {} : { licences }),
        ...(sms === null ? {} : { options: [{ code: 'sms', quantity: sms }] }),
      };
      const arrived = new Date(START + hour * 3_600_000).toISOString();
      return Object.keys(alters).length === 0 ? [] : [openChange(`${index}`, arrived, alters)];
    }),
  );

test('in whatever order changes are accepted, the same contract comes out, where none is refused', () => {
  const acceptAll = (changes: readonly OpenChange[]) => {
    let facts = contractFacts();
    let refused = false;
    for (const change of changes) {
      const asked = ask(facts, change);
      refused ||= asked.settlements.some(({ outcome }) => outcome === 'refused');
      facts = asked.facts;
    }
    return refused ? null : projectContract(facts);
  };
  const days = ['2027-06-01', '2027-12-01', '2028-06-01', '2029-01-01'].map(civilDate);
  fc.assert(
    fc.property(anyUpgrades, (changes) => {
      const [forward, backward] = [acceptAll(changes), acceptAll(changes.toReversed())];
      if (forward === null || backward === null) return;
      for (const day of days) expect(contentsOn(backward, day)).toEqual(contentsOn(forward, day));
    }),
  );
});
