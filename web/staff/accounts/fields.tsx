import { keysOf } from '../../../domain/base/keys.ts';
import { ROLE_LABELS, type StaffRole } from '../../../domain/desk/roles.ts';
import { CheckGroupField } from '../../components/field.tsx';

/** Which roles somebody has: a box for each. */
export function RolesField(props: {
  roles: readonly StaffRole[];
  /** Left out where it cannot be given. */
  except?: StaffRole;
  hint: string;
  error: string | undefined;
}) {
  const { roles, except, hint, error } = props;
  const choices = keysOf(ROLE_LABELS)
    .filter((role) => role !== except)
    .map((role) => ({ value: role, label: ROLE_LABELS[role] }));
  return (
    <CheckGroupField
      name="roles"
      label="役割"
      required
      hint={hint}
      error={error}
      choices={choices}
      chosen={roles}
    />
  );
}

/** The roles that were ticked. */
export const rolesIn = (values: Readonly<Record<string, string>>): StaffRole[] =>
  keysOf(ROLE_LABELS).filter((role) => values[`roles.${role}`] === 'yes');
