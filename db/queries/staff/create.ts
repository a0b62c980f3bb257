import type { StaffRole } from '../../../domain/desk/roles.ts';
import type { Database } from '../../client.ts';
import { staff } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';
import { hashPassword } from './password.ts';

export interface NewStaff {
  email: string;
  name: string;
  roles: StaffRole[];
  password: string;
  /** Sample accounts cannot sign in in production mode. */
  sample: boolean;
}

/** Makes a staff account and returns its id; an account with the same address stays as it is and gives its own id. */
export async function createStaff(db: Database, input: NewStaff, actor: string): Promise<string> {
  const email = input.email.toLowerCase();
  const passwordHash = await hashPassword(input.password);
  return db.transaction(async (tx) => {
    const [created] = await tx
      .insert(staff)
      .values({ email, name: input.name, roles: input.roles, passwordHash, sample: input.sample })
      .onConflictDoNothing()
      .returning({ id: staff.id });
    if (created !== undefined) {
      const after = { roles: input.roles, sample: input.sample };
      await recordAudit(tx, {
        actor,
        action: 'staff.created',
        subjectType: 'staff',
        subjectId: created.id,
        after,
      });
      return created.id;
    }
    const existing = await tx.query.staff.findFirst({ where: (t, { eq }) => eq(t.email, email) });
    if (existing === undefined) throw new Error('A staff account could neither be made nor found.');
    return existing.id;
  });
}
