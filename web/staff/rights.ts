import type { SessionStaff } from '../../db/queries/session/find.ts';
import type { StaffRole } from '../../domain/desk/roles.ts';

export { MAY } from '../../domain/processes/index.ts';

export function hasRole(staff: SessionStaff, roles: readonly StaffRole[]): boolean {
  return staff.roles.some((role) => roles.includes(role));
}
