import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type CommandDoubt,
  type CommandOnRecord,
  commandDoubt,
  sameJson,
  type ToldCommand,
} from '../../../domain/desk/told-command.ts';

const REVIEWER = '6f1c2c1e-0000-4000-8000-000000000001';
const OTHER = '6f1c2c1e-0000-4000-8000-000000000002';

const told: ToldCommand = {
  commandId: 'c1',
  actor: { kind: 'staff', id: REVIEWER },
  workflowId: 'application/a1',
  update: 'decideReview',
  carries: { decisionId: 'd1', taskId: 't1', verdict: 'recommendAccept' },
};

const row: CommandOnRecord = {
  workflowId: told.workflowId,
  update: told.update,
  actor: told.actor,
  carries: told.carries,
  decision: { staffId: REVIEWER, taskId: 't1', taskKind: 'review', roles: ['reviewer'] },
};

describe('a workflow believes a command only as the console wrote it down', () => {
  const decision = (changes: Partial<NonNullable<CommandOnRecord['decision']>>): CommandOnRecord => ({
    ...row,
    decision: { staffId: REVIEWER, taskId: 't1', taskKind: 'review', roles: ['reviewer'], ...changes },
  });
  const cases: [string, CommandOnRecord | null, CommandDoubt | null][] = [
    ['the same in every field', row, null],
    ['no decision behind it', { ...row, decision: null }, null],
    ['a decision that answers no task', decision({ taskId: null, taskKind: null, roles: [] }), null],
    ['one who has further roles', decision({ roles: ['support', 'reviewer'] }), null],
    ['no row', null, 'notOnRecord'],
    ['a row for another workflow', { ...row, workflowId: 'application/a2' }, 'anotherWorkflow'],
    ['a row for another update', { ...row, update: 'decideApproval' }, 'anotherWorkflow'],
    ['a row that only begins a workflow', { ...row, update: null }, 'anotherWorkflow'],
    ['another person', { ...row, actor: { kind: 'staff', id: OTHER } }, 'anotherPerson'],
    ['an applicant', { ...row, actor: { kind: 'applicant' } }, 'anotherPerson'],
    ['another verdict', { ...row, carries: { ...row.carries, verdict: 'return' } }, 'otherContent'],
    ['one field more', { ...row, carries: { ...row.carries, more: 1 } }, 'otherContent'],
    ['the decision of another person', decision({ staffId: OTHER }), 'anotherPerson'],
    ['the decision on another task', decision({ taskId: 't2' }), 'anotherTask'],
    ['a task that is not there', decision({ taskKind: null }), 'anotherTask'],
    ['the task of another role', decision({ taskKind: 'approval' }), 'anotherRole'],
    ['a person who left', decision({ roles: [] }), 'anotherRole'],
    ['a person without an account', decision({ roles: null }), null],
  ];
  test.each(cases)('%s', (_name, onRecord, expected) => {
    expect(commandDoubt(told, onRecord)).toBe(expected);
  });
});

describe('what came through JSON is the same', () => {
  test('whatever was stored and read again', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => sameJson(value, JSON.parse(JSON.stringify(value)))));
  });

  test('whatever the order of its keys, and without what is undefined', () => {
    expect(sameJson({ a: 1, b: { c: [1, null] } }, { b: { c: [1, null], d: undefined }, a: 1 })).toBe(true);
  });

  const others: [unknown, unknown][] = [
    [{}, []],
    [
      [1, 2],
      [2, 1],
    ],
    [[1], [1, 2]],
    [null, {}],
    [{ a: null }, {}],
    [{ a: 1 }, { a: '1' }],
  ];
  test.each(others)('but not %j and %j', (a, b) => {
    expect(sameJson(a, b)).toBe(false);
    expect(sameJson(b, a)).toBe(false);
  });
});
