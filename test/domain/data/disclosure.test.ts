import { describe, expect, test } from 'vitest';
import { keysOf } from '../../../domain/base/keys.ts';
import {
  type DisclosureOutcome,
  disclosureStatus,
  LEGAL_BASES,
  needsLetter,
  stageOf,
  stepProblem,
} from '../../../domain/data/disclosure.ts';

type Outcomes = readonly DisclosureOutcome[];
const ALL = ['approved', 'refused', 'handedOver', 'told', 'notTold'] as const;

/** 第4条3項, 第22条1項: who, legal basis, scope, approver. */
describe('a disclosure to an authority', () => {
  test('needs a paper from the authority, save where life is at stake', () => {
    expect(keysOf(LEGAL_BASES).filter((basis) => !needsLetter(basis))).toEqual(['emergency']);
  });

  test.each<[Outcomes, string]>([
    [[], 'waiting'],
    [['approved'], 'approved'],
    [['refused'], 'refused'],
    [['approved', 'handedOver'], 'handedOver'],
    [['approved', 'handedOver', 'notTold'], 'handedOver'],
    [['approved', 'handedOver', 'notTold', 'told'], 'handedOver'],
  ])('after %j it is %s', (outcomes, status) => {
    expect(disclosureStatus(outcomes)).toBe(status);
  });

  test('each outcome belongs to one step', () => {
    expect(ALL.map(stageOf)).toEqual(['decision', 'decision', 'handover', 'customer', 'customer']);
  });

  /** Of the five outcomes those that may follow. */
  const following = (outcomes: Outcomes, staffId = 'suzuki') =>
    ALL.filter((outcome) => stepProblem({ requestedBy: 'sato', outcomes }, { outcome, staffId }) === null);

  test.each<[Outcomes, Outcomes]>([
    [[], ['approved', 'refused']],
    [['approved'], ['handedOver']],
    [['refused'], []],
    [
      ['approved', 'handedOver'],
      ['told', 'notTold'],
    ],
    [
      ['approved', 'handedOver', 'notTold'],
      ['told', 'notTold'],
    ],
    [['approved', 'handedOver', 'told'], []],
  ])('after %j may follow %j', (outcomes, expected) => {
    expect(following(outcomes)).toEqual(expected);
  });

  test('is decided by nobody who asked for it; they may hand over and tell', () => {
    expect(following([], 'sato')).toEqual([]);
    expect(
      stepProblem({ requestedBy: 'sato', outcomes: [] }, { outcome: 'refused', staffId: 'sato' }),
    ).toMatch(/あなたが記録しました/);
    expect(following(['approved'], 'sato')).toEqual(['handedOver']);
    expect(following(['approved', 'handedOver'], 'sato')).toEqual(['told', 'notTold']);
  });

  test('what was done already is told apart from what cannot be done yet', () => {
    const problem = (outcomes: Outcomes, outcome: DisclosureOutcome) =>
      stepProblem({ requestedBy: 'sato', outcomes }, { outcome, staffId: 'suzuki' });
    expect(problem(['approved'], 'refused')).toMatch(/すでに判断/);
    expect(problem(['approved', 'handedOver'], 'handedOver')).toMatch(/すでに渡した/);
    expect(problem([], 'handedOver')).toMatch(/承認されていない/);
    expect(problem(['refused'], 'handedOver')).toMatch(/承認されていない/);
    expect(problem(['approved', 'handedOver', 'told'], 'told')).toMatch(/すでに伝えた/);
    expect(problem(['approved'], 'told')).toMatch(/渡してから/);
  });
});
