import { type Refusal, refuse } from '../base/answers.ts';
import type { StaffRole } from './roles.ts';

/** What an account allows, and whether it is open. */
export interface AccountState {
  roles: readonly StaffRole[];
  active: boolean;
}

/** What administration may change of somebody's account. Each ends all sessions of its person. */
export type AccountChange =
  | { kind: 'roles'; roles: readonly StaffRole[] }
  | { kind: 'disable' }
  | { kind: 'enable' }
  | { kind: 'endSessions' }
  | { kind: 'resetSecondFactor' };

/** How long the link of an invitation may be used. */
export const INVITATION_DAYS = 7;

/** What is wrong with a set of roles, in a sentence, or null: whoever audits does nothing else, so that they audit nothing of their own. */
export function rolesProblem(roles: readonly StaffRole[]): string | null {
  if (roles.length === 0) return '役割を一つ以上選択してください。';
  return roles.includes('auditor') && roles.length > 1
    ? '監査担当は、ほかの役割と兼ねることができません。'
    : null;
}

const isAdmin = ({ roles, active }: AccountState): boolean => active && roles.includes('admin');

/** What the account is after a change. */
export function accountAfter(before: AccountState, change: AccountChange): AccountState {
  switch (change.kind) {
    case 'roles':
      return { ...before, roles: change.roles };
    case 'disable':
      return { ...before, active: false };
    case 'enable':
      return { ...before, active: true };
    case 'endSessions':
    case 'resetSecondFactor':
      return before;
  }
}

/**
 * Whether a change takes a second administrator: it gives or takes the right to administer, opens a closed account, takes
 * somebody's second factor away, or concerns the roles of whoever makes it.
 */
export function accountChangeNeedsTwo(before: AccountState, change: AccountChange, isOwn: boolean): boolean {
  switch (change.kind) {
    case 'roles':
      return isOwn || before.roles.includes('admin') !== change.roles.includes('admin');
    case 'disable':
      return isAdmin(before);
    case 'enable':
    case 'resetSecondFactor':
      return true;
    case 'endSessions':
      return false;
  }
}

/**
 * Why a change of an account is not possible, or null.
 * @param otherAdmins how many others could administer after it
 */
export function accountChangeRefusal(
  before: AccountState,
  change: AccountChange,
  otherAdmins: number,
): Refusal | null {
  const after = accountAfter(before, change);
  const problem = change.kind === 'roles' ? rolesProblem(change.roles) : null;
  if (problem !== null) return refuse('invalid', problem);
  if (isAdmin(before) && !isAdmin(after) && otherAdmins === 0) {
    return refuse(
      'ruleRefuses',
      'ほかに管理者がいないため、この変更はできません。先に別の人を管理者にしてください。',
    );
  }
  return null;
}
