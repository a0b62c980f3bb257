import { describe, expect, test } from 'vitest';
import { civilDate } from '../../../domain/calendar/civil-date.ts';
import { answerDueOn, answerProblem, dataRequestClause } from '../../../domain/data/data-requests.ts';
import { DELETION_STEPS, dueAfter, withStep } from '../../../domain/data/deletion.ts';
import { OFF_BOARDING_STEPS } from '../../../domain/data/off-boarding.ts';

describe('the steps of a deletion (第22条6項)', () => {
  test('everything goes, is searched for, is proven, and only then the address of the proof is forgotten', () => {
    const at = (step: (typeof DELETION_STEPS)[number]) => DELETION_STEPS.indexOf(step);
    for (const removal of ['rows', 'files', 'outbox', 'executions', 'keys'] as const)
      expect(at(removal)).toBeLessThan(at('search'));
    expect(DELETION_STEPS.slice(at('search'))).toEqual(['search', 'proof', 'mail', 'forget']);
  });

  test('a step that runs again adds what it found to what it had removed, and stands last', () => {
    const rows = { step: 'rows' as const, atMs: 1, removed: { contracts: 1, mails: 3 } };
    const files = { step: 'files' as const, atMs: 2, removed: { storage: 2 } };
    const once = withStep(withStep([], rows), files);
    expect(once).toEqual([rows, files]);
    const again = { step: 'rows' as const, atMs: 3, removed: { mails: 1, tasks: 2 } };
    expect(withStep(once, again)).toEqual([
      files,
      { step: 'rows', atMs: 3, removed: { contracts: 1, mails: 4, tasks: 2 } },
    ]);
    expect(withStep(once, { ...rows, atMs: 4, removed: {} }).at(-1)?.removed).toEqual(rows.removed);
  });

  test('what is kept for some days falls due on the day after them, counted from the day after the end', () => {
    expect(dueAfter(civilDate('2027-03-31'), 30)).toBe('2027-05-01');
    expect(dueAfter(civilDate('2027-03-31'), 0)).toBe('2027-04-01');
  });
});

test('when a contract has ended the service stops first; what cannot be taken back comes last (第10条3項, 第11条2項)', () => {
  const at = (step: (typeof OFF_BOARDING_STEPS)[number]) => OFF_BOARDING_STEPS.indexOf(step);
  expect(at('serviceOff')).toBe(0);
  expect(at('usageRead')).toBeLessThan(at('usageSettled'));
  expect(at('usageSettled')).toBeLessThan(at('numbersReleased'));
  expect(OFF_BOARDING_STEPS.slice(at('numbersReleased'))).toEqual([
    'numbersReleased',
    'subaccountClosed',
    'statementSent',
  ]);
});

describe('requests about data', () => {
  test('secrets go by 第19条6項, personal data by 第20条', () => {
    const secrets = ['returnSecrets', 'destroySecrets'] as const;
    expect(secrets.map(dataRequestClause)).toEqual(['第19条6項', '第19条6項']);
    const personal = ['access', 'correction', 'stopUse', 'deletion'] as const;
    expect(new Set(personal.map(dataRequestClause))).toEqual(new Set(['第20条']));
  });

  test('the last day for the answer is so many days on', () => {
    expect(answerDueOn(civilDate('2026-12-01'), 14)).toBe('2026-12-15');
  });

  const state = {
    status: 'open' as const,
    identityChecked: false,
    extended: false,
    dueOn: civilDate('2026-12-15'),
  };

  test('nothing is disclosed or erased for somebody whose identity nobody checked', () => {
    const done = { verdict: 'done' as const, extendedTo: null };
    expect(answerProblem(state, done)).toMatch(/本人確認/);
    expect(answerProblem({ ...state, identityChecked: true }, done)).toBeNull();
    expect(answerProblem(state, { verdict: 'refused', extendedTo: null })).toBeNull();
  });

  test('an extension names another last day, once', () => {
    const extend = (extendedTo: string | null) =>
      ({ verdict: 'extended', extendedTo: extendedTo === null ? null : civilDate(extendedTo) }) as const;
    expect(answerProblem(state, extend(null))).toMatch(/より後/);
    expect(answerProblem(state, extend('2026-12-14'))).toMatch(/より後/);
    expect(answerProblem({ ...state, extended: true }, extend('2027-01-15'))).toMatch(/1回まで/);
  });

  test.each(['done', 'refused'] as const)('one that is %s gets no second answer', (status) => {
    for (const verdict of ['done', 'refused', 'extended'] as const) {
      const answer = { verdict, extendedTo: civilDate('2027-01-15') };
      expect(answerProblem({ ...state, status, identityChecked: true }, answer)).toMatch(/すでに回答/);
    }
  });
});
