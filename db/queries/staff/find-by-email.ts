import { and, eq } from 'drizzle-orm';
import type { StaffRole } from '../../../domain/desk/roles.ts';
import type { Executor } from '../../client.ts';
import { staff } from '../../schema/index.ts';

/** What signing in needs of an account. */
export interface SignInAccount {
  id: string;
  email: string;
  name: string;
  roles: StaffRole[];
  passwordHash: string | null;
  sample: boolean;
}

/** The active account with this address (in lower case). */
export function findStaffByEmail(db: Executor, email: string): Promise<SignInAccount | undefined> {
  return find(db, eq(staff.email, email));
}

/** The active account with this id. */
export function findActiveStaff(db: Executor, id: string): Promise<SignInAccount | undefined> {
  return find(db, eq(staff.id, id));
}

async function find(db: Executor, which: ReturnType<typeof eq>): Promise<SignInAccount | undefined> {
  const [row] = await db
    .select({
      id: staff.id,
      email: staff.email,
      name: staff.name,
      roles: staff.roles,
      passwordHash: staff.passwordHash,
      sample: staff.sample,
    })
    .from(staff)
    .where(and(which, eq(staff.active, true)));
  return row === undefined ? undefined : { ...row, roles: row.roles as StaffRole[] };
}
