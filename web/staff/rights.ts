import type { SessionStaff } from '../../db/queries/session/find.ts';
import { keysOf } from '../../domain/base/keys.ts';
import { ROLE_LABELS, type StaffRole } from '../../domain/desk/roles.ts';
import { MAY, type Right, TASKS, type TaskKind } from '../../domain/processes/index.ts';

export { MAY } from '../../domain/processes/index.ts';

export function hasRole(staff: SessionStaff, roles: readonly StaffRole[]): boolean {
  return staff.roles.some((role) => roles.includes(role));
}

/** What a route asks of whoever uses it; `self`: it is about nobody else, so everybody may. */
export type AskedRight = 'anyone' | 'staff' | 'self' | { task: TaskKind } | Right;

/**
 * The roles that open a route, by the one table of rights in the declarations; null where it asks for none. Whoever audits reads what
 * the table lets them read, and sends nothing that could change something, whatever the right is called.
 */
export function rolesFor(right: AskedRight, changes: boolean): readonly StaffRole[] | null {
  if (right === 'anyone' || right === 'self') return null;
  const roles = rolesOf(right);
  return changes ? roles.filter((role) => role !== 'auditor') : roles;
}

function rolesOf(right: Exclude<AskedRight, 'anyone' | 'self'>): readonly StaffRole[] {
  if (right === 'staff') return keysOf(ROLE_LABELS);
  return typeof right === 'object' ? [TASKS[right.task].role, 'auditor'] : MAY[right];
}
