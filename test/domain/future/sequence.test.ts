import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  addMonths,
  type CivilDate,
  civilDate,
  jstInstant,
} from '../../../domain/calendar/civil-date.ts';
import type { Alteration } from '../../../domain/future/contents.ts';
import type { ContractFacts, OpenChange } from '../../../domain/future/facts.ts';
import { contentsOn } from '../../../domain/future/project.ts';
import { judgeSequence } from '../../../domain/future/sequence.ts';
import { contents, contractFacts, doneChange, openChange, priceList } from '../../support/contract-facts.ts';

const day = civilDate;
const judge = (open: OpenChange[], changes: Parameters<typeof contractFacts>[0] = {}) =>
  judgeSequence(contractFacts({ ...changes, open }));
const outcomes = (open: OpenChange[], changes: Parameters<typeof contractFacts>[0] = {}) =>
  judge(open, changes).judged.map(({ requestId, state, on }) => `${requestId} ${state} ${on}`);

describe('changes as one sequence (第8条)', () => {
  test('a later upgrade is never undone by an older change of which the rest still counts', () => {
    const a = openChange('a', '2026-11-30T10:00:00+09:00', {
      kind: 'monthly',
      planCode: 'standard',
      licences: 20,
    });
    const b = openChange('b', '2026-11-30T11:00:00+09:00', { planCode: 'premium', licences: 40 });
    const sequence = judge([a, b], { contents: { planCode: 'lite', licences: 3 } });
    expect(sequence.judged).toMatchObject([
      {
        requestId: 'a',
        state: 'accepted',
        on: '2027-12-01',
        overtaken: ['planCode', 'licences'],
        lostTo: 'b',
      },
      { requestId: 'b', state: 'accepted', on: '2027-01-01', overtaken: [] },
    ]);
    expect(contentsOn(sequence, day('2027-12-01'))).toEqual(
      contents({ kind: 'monthly', planCode: 'premium', licences: 40 }),
    );
  });

  test('the same two the other way round: the later arrival asks for a lower plan and falls with 8-3', () => {
    const a = openChange('a', '2026-12-01', { kind: 'monthly', planCode: 'standard' });
    const b = openChange('b', '2026-11-30', { planCode: 'premium' });
    expect(judge([a, b], { contents: { planCode: 'lite', licences: 3 } }).judged).toMatchObject([
      { requestId: 'a', state: 'dropped', refusal: { clause: '第8条3項' } },
      { requestId: 'b', state: 'accepted' },
    ]);
  });

  test('a change of kind is taken back by a later wish to stay as it is', () => {
    const a = openChange('a', '2026-11-30T10:00:00+09:00', { kind: 'monthly' });
    const b = openChange('b', '2026-11-30T11:00:00+09:00', { kind: 'annual' });
    const sequence = judge([a, b]);
    expect(sequence.judged).toMatchObject([
      { state: 'superseded', lostTo: 'b' },
      { state: 'accepted', on: '2027-01-01' },
    ]);
    expect(sequence.line).toHaveLength(1);
  });

  test('a wish to stay that comes too late to stop the change of kind waits for the next renewal', () => {
    const a = openChange('a', '2026-11-30', { kind: 'monthly' });
    expect(outcomes([a, openChange('b', '2027-11-06', { kind: 'annual' })])).toEqual([
      'a accepted 2027-12-01',
      'b accepted 2028-01-01',
    ]);
  });

  test('what nobody touched stays pending: an option and a plan of two months go together', () => {
    const a = openChange('a', '2026-11-30', { options: [{ code: 'sms', quantity: 1 }] });
    const b = openChange('b', '2026-12-06', { planCode: 'premium' });
    const sequence = judge([a, b]);
    expect(contentsOn(sequence, day('2027-02-02'))).toEqual(
      contents({ planCode: 'premium', options: [{ code: 'sms', quantity: 1 }] }),
    );
  });

  test('of two for one day the later arrival stands, whole', () => {
    const a = openChange('a', '2026-12-01', { planCode: 'premium', licences: 50 });
    const b = openChange('b', '2026-12-02', { licences: 20 });
    expect(outcomes([a, b])).toEqual(['a superseded 2027-01-01', 'b accepted 2027-01-01']);
  });

  test('a late paper loses to a later arrival that has taken effect, on its day whole, on another by its fields', () => {
    const done = [doneChange('d', '2026-12-04', '2027-01-01', { licences: 30 })];
    const same = openChange('s', '2026-12-03', { planCode: 'premium' }, 'asked');
    expect(judge([same], { done }).judged).toMatchObject([{ state: 'superseded', lostTo: 'd' }]);
    const later = [doneChange('d', '2026-12-06', '2027-02-01', { licences: 30 })];
    const paper = openChange('p', '2026-12-03', { planCode: 'premium', licences: 20 }, 'asked');
    expect(judge([paper], { done: later }).judged).toMatchObject([
      { state: 'accepted', on: '2027-01-01', alters: { planCode: 'premium' }, overtaken: ['licences'] },
    ]);
  });

  test('a part that the operator terminated does not come back by a change from before (第10条2項)', () => {
    const stop: Alteration = { options: [{ code: 'sms', quantity: 0 }] };
    const done = [doneChange('t', '2026-12-10', '2026-12-10', stop, 'termination')];
    const more = openChange('m', '2026-12-06', { options: [{ code: 'sms', quantity: 3 }], licences: 20 });
    const sequence = judge([more], { done });
    expect(sequence.judged).toMatchObject([{ state: 'accepted', overtaken: ['option:sms'] }]);
    expect(contentsOn(sequence, day('2027-02-01')).options).toEqual([]);
    const again = openChange('n', '2026-12-11', { options: [{ code: 'sms', quantity: 1 }] }, 'asked');
    expect(outcomes([again], { done })).toEqual(['n accepted 2027-02-01']);
  });

  test('licences below the accounts in use are refused, counted with what the plan brings (第7条1項)', () => {
    const cut = openChange('c', '2026-12-06', { licences: 11 }, 'asked');
    expect(judge([cut], { accountsInUse: 12, contents: { licences: 20 } }).judged).toMatchObject([
      { state: 'refused', refusal: { clause: '第7条1項' } },
    ]);
    expect(outcomes([cut], { accountsInUse: 12, contents: { planCode: 'premium', licences: 20 } })).toEqual([
      'c accepted 2027-02-01',
    ]);
  });

  test('a plan that is discontinued is entered by nobody any more (第16条)', () => {
    const endingPlans = [{ planCode: 'premium', lastDay: day('2027-12-31') }];
    const asked = openChange('a', '2026-12-06', { planCode: 'premium' }, 'asked');
    expect(judge([asked], { endingPlans }).judged).toMatchObject([
      { state: 'refused', refusal: { clause: '第16条' } },
    ]);
  });
});

describe('the end (第10条1項, 第16条)', () => {
  const a = openChange('a', '2026-12-06', { licences: 20 });

  test('drops what would take effect after it, refuses what is asked, and gives back what was dropped when it goes', () => {
    const ending = { ownEndsOn: day('2027-01-31') };
    expect(judge([a], ending).judged).toMatchObject([{ state: 'dropped', refusal: { clause: '第10条1項' } }]);
    expect(judge([{ ...a, state: 'asked' }], ending).judged).toMatchObject([{ state: 'refused' }]);
    expect(outcomes([{ ...a, state: 'dropped' }])).toEqual(['a accepted 2027-02-01']);
  });

  test('what is refused takes nothing from those that stand', () => {
    const ending = { ownEndsOn: day('2027-01-31') };
    const rival = openChange('r', '2026-12-07', { licences: 30 }, 'asked');
    expect(outcomes([a, rival], ending)).toEqual(['a dropped 2027-02-01', 'r refused 2027-02-01']);
    const lower = openChange('l', '2026-12-07', { planCode: 'lite', licences: 5 }, 'asked');
    expect(outcomes([a, lower])).toEqual(['a accepted 2027-02-01', 'l refused 2027-02-01']);
  });

  test('a discontinuation of the plan reaches nobody who leaves the plan by the day after its last one', () => {
    const discontinuation = { lastDay: day('2027-01-31'), planCode: 'standard' };
    const leaves = openChange('l', '2026-12-06', { planCode: 'premium' });
    expect(judge([], { discontinuation }).end).toEqual({ on: '2027-01-31', by: 'discontinuation' });
    expect(judge([leaves], { discontinuation }).end).toBeNull();
    expect(judge([leaves], { discontinuation: { ...discontinuation, planCode: null } }).end).not.toBeNull();
    expect(judge([leaves], { discontinuation, ownEndsOn: day('2027-06-30') }).end).toEqual({
      ...{ on: '2027-06-30', by: 'contract' },
    });
  });
});

const ARRIVALS = jstInstant(day('2026-12-01'));
const anyAlters: fc.Arbitrary<Alteration> = fc
  .record({
    kind: fc.option(fc.constantFrom('annual' as const, 'monthly' as const), { nil: undefined }),
    planCode: fc.option(fc.constantFrom('lite', 'standard', 'premium'), { nil: undefined }),
    licences: fc.option(fc.integer({ min: 1, max: 60 }), { nil: undefined }),
    sms: fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined }),
  })
  .map(({ kind, planCode, licences, sms }) => ({
    ...(kind === undefined ? {} : { kind }),
    ...(planCode === undefined ? {} : { planCode }),
    ...(licences === undefined ? {} : { licences }),
    ...(sms === undefined ? {} : { options: [{ code: 'sms', quantity: sms }] }),
  }))
  .filter((alters) => Object.keys(alters).length > 0);

/** Up to six changes that arrived at different moments of two years. */
const anyChanges = fc
  .uniqueArray(fc.record({ minute: fc.integer({ min: 0, max: 2 * 365 * 1440 }), alters: anyAlters }), {
    maxLength: 6,
    selector: ({ minute }) => minute,
  })
  .map((all) =>
    all.map(({ minute, alters }, index) =>
      openChange(`${index}`, new Date(ARRIVALS + minute * 60_000).toISOString(), alters),
    ),
  );

const rankOf = (code: string) => priceList.plans.find((plan) => plan.code === code)?.rank ?? 0;
const byId = (facts: ContractFacts) =>
  judgeSequence(facts)
    .judged.toSorted((a, b) => a.requestId.localeCompare(b.requestId))
    .map(({ requestId, state, on, alters }) => ({ requestId, state, on, alters }));

describe('properties of the sequence', () => {
  test('the order in which changes were accepted does not matter', () => {
    fc.assert(
      fc.property(
        anyChanges,
        fc.infiniteStream(fc.double({ noNaN: true, min: 0, max: 1 })),
        (open, random) => {
          const shuffled = open
            .map((change) => ({ change, at: random.next().value ?? 0 }))
            .toSorted((a, b) => a.at - b.at)
            .map(({ change }) => change);
          expect(byId(contractFacts({ open: shuffled }))).toEqual(byId(contractFacts({ open })));
        },
      ),
    );
  });

  test('nobody ever gets a lower plan', () => {
    fc.assert(
      fc.property(anyChanges, (open) => {
        const ranks = judge(open, { contents: { planCode: 'lite' } }).versions.map(({ contents: each }) =>
          rankOf(each.planCode),
        );
        expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
      }),
    );
  });

  test('to drop by an end and to take the end back is to have done nothing', () => {
    fc.assert(
      fc.property(anyChanges, fc.nat(30), (open, months) => {
        const before = judgeSequence(contractFacts({ open }));
        const ownEndsOn = addDays(addMonths(day('2027-01-01'), months), -1);
        const dropped = judgeSequence(contractFacts({ open, ownEndsOn }));
        const states = new Map(dropped.judged.map(({ requestId, state }) => [requestId, state]));
        const told = open.map((change) => ({ ...change, state: states.get(change.requestId) ?? 'accepted' }));
        const again = judgeSequence(contractFacts({ open: told as OpenChange[] }));
        expect(again).toEqual(before);
      }),
    );
  });

  test('nothing takes effect after the end, and every day has the value of the latest arrival in effect', () => {
    const inEffect = (sequence: ReturnType<typeof judge>, open: OpenChange[], on: CivilDate) =>
      open
        .filter(({ requestId }) =>
          sequence.judged.some(
            (each) => each.requestId === requestId && each.state === 'accepted' && each.on <= on,
          ),
        )
        .toSorted((a, b) => a.arrivedAtMs - b.arrivedAtMs);
    fc.assert(
      fc.property(anyChanges, fc.nat(40), (open, months) => {
        const ownEndsOn = addDays(addMonths(day('2027-03-01'), months), -1);
        const sequence = judge(open, { ownEndsOn });
        for (const { state, on } of sequence.judged)
          if (state === 'accepted') expect(on <= ownEndsOn).toBe(true);
        const latest = inEffect(sequence, open, ownEndsOn).findLast(
          ({ alters }) => alters.licences !== undefined,
        );
        expect(contentsOn(sequence, ownEndsOn).licences).toBe(latest?.alters.licences ?? 10);
      }),
    );
  });

  test('periods change their kind at renewals only', () => {
    fc.assert(
      fc.property(anyChanges, (open) => {
        const { line } = judge(open);
        for (const [index, basis] of line.entries()) {
          const before = line[index - 1];
          if (before === undefined) continue;
          expect(basis.kind).not.toBe(before.kind);
          expect(basis.firstDay > before.firstDay).toBe(true);
          expect(basis.indexBase).toBeGreaterThan(before.indexBase);
        }
      }),
    );
  });
});
