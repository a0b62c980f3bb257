import { eq } from 'drizzle-orm';
import type { StaffRole } from '../../../domain/desk/roles.ts';
import type { Database } from '../../client.ts';
import { staff } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';
import { endAllSessions } from '../session/end-all.ts';
import { hashPassword } from './password.ts';

/** What may become of an account; each ends all sessions of its person. */
export type StaffChange =
  | { kind: 'password'; password: string }
  | { kind: 'roles'; roles: readonly StaffRole[] }
  | { kind: 'disable' }
  | { kind: 'enable' }
  | { kind: 'endSessions' };

const ACTIONS = {
  password: 'staff.passwordChanged',
  roles: 'staff.rolesChanged',
  disable: 'staff.disabled',
  enable: 'staff.enabled',
  endSessions: 'staff.sessionsEnded',
} as const satisfies Record<StaffChange['kind'], string>;

/**
 * Changes the account with an address and ends its person's sessions, in one transaction: nobody goes on with what they may no
 * longer do. Gives how many sessions ended; null where there is no such account.
 */
export async function changeStaff(
  db: Database,
  email: string,
  change: StaffChange,
  { actor, now }: { actor: string; now: Date },
): Promise<{ endedSessions: number } | null> {
  const values = await valuesOf(change);
  return db.transaction(async (tx) => {
    const address = eq(staff.email, email.trim().toLowerCase());
    const [before] = await tx.select().from(staff).where(address).for('update');
    if (before === undefined) return null;
    if (values !== null) await tx.update(staff).set(values).where(eq(staff.id, before.id));
    const endedSessions = await endAllSessions(tx, before.id, now);
    await recordAudit(tx, {
      actor,
      action: ACTIONS[change.kind],
      subjectType: 'staff',
      subjectId: before.id,
      before: { roles: before.roles, active: before.active },
      after: {
        roles: change.kind === 'roles' ? change.roles : before.roles,
        active: values?.active ?? before.active,
        endedSessions,
      },
    });
    return { endedSessions };
  });
}

async function valuesOf(change: StaffChange): Promise<Partial<typeof staff.$inferInsert> | null> {
  switch (change.kind) {
    case 'password':
      return { passwordHash: await hashPassword(change.password) };
    case 'roles':
      return { roles: [...change.roles] };
    case 'disable':
      return { active: false };
    case 'enable':
      return { active: true };
    case 'endSessions':
      return null;
  }
}
