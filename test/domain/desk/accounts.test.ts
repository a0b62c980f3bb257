import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keysOf } from '../../../domain/base/keys.ts';
import {
  type AccountChange,
  type AccountState,
  accountAfter,
  accountChangeNeedsTwo,
  accountChangeRefusal,
  rolesProblem,
} from '../../../domain/desk/accounts.ts';
import { ROLE_LABELS } from '../../../domain/desk/roles.ts';

const roleSets = fc.uniqueArray(fc.constantFrom(...keysOf(ROLE_LABELS)));
const states: fc.Arbitrary<AccountState> = fc.record({ roles: roleSets, active: fc.boolean() });
const changes: fc.Arbitrary<AccountChange> = fc.oneof(
  roleSets.map((roles) => ({ kind: 'roles' as const, roles })),
  fc.constantFrom(
    ...(['disable', 'enable', 'endSessions', 'resetSecondFactor'] as const).map((kind) => ({ kind })),
  ),
);
const administers = ({ roles, active }: AccountState) => active && roles.includes('admin');

test('nobody comes to administer, or ceases to, by one person alone', () => {
  fc.assert(
    fc.property(states, changes, fc.boolean(), (before, change, isOwn) => {
      const moved = administers(before) !== administers(accountAfter(before, change));
      return !moved || accountChangeNeedsTwo(before, change, isOwn);
    }),
  );
});

test('there is always somebody left who administers', () => {
  fc.assert(
    fc.property(states, changes, (before, change) => {
      const leaves = administers(before) && !administers(accountAfter(before, change));
      return !leaves || accountChangeRefusal(before, change, 0) !== null;
    }),
  );
});

const open = (...roles: AccountState['roles']) => ({ roles, active: true });

describe('who has to agree', () => {
  test.each<[string, AccountState, AccountChange, boolean, boolean]>([
    ['another’s roles', open('reviewer'), { kind: 'roles', roles: ['approver'] }, false, false],
    ['one’s own roles', open('admin'), { kind: 'roles', roles: ['admin', 'approver'] }, true, true],
    ['giving the right', open('reviewer'), { kind: 'roles', roles: ['admin'] }, false, true],
    ['taking the right', open('admin'), { kind: 'roles', roles: ['legal'] }, false, true],
    ['closing an account', open('reviewer'), { kind: 'disable' }, false, false],
    ['closing an administrator', open('admin'), { kind: 'disable' }, false, true],
    ['opening', { roles: ['reviewer'], active: false }, { kind: 'enable' }, false, true],
    ['taking a second factor away', open('reviewer'), { kind: 'resetSecondFactor' }, false, true],
    ['ending sessions', open('admin'), { kind: 'endSessions' }, false, false],
  ])('%s', (_, before, change, isOwn, needsTwo) => {
    expect(accountChangeNeedsTwo(before, change, isOwn)).toBe(needsTwo);
  });
});

test('an auditor has no other role, and nobody has none', () => {
  expect(rolesProblem(['auditor'])).toBeNull();
  expect(rolesProblem(['auditor', 'legal'])).toContain('兼ねる');
  expect(rolesProblem([])).not.toBeNull();
  expect(accountChangeRefusal(open('legal'), { kind: 'roles', roles: [] }, 5)?.code).toBe('invalid');
});
