import { and, count, eq, isNotNull, ne, or, sql } from 'drizzle-orm';
import { type Answer, type Refusal, refuse } from '../../../domain/base/answers.ts';
import { type AccountChange, accountAfter, accountChangeRefusal } from '../../../domain/desk/accounts.ts';
import type { StaffRole } from '../../../domain/desk/roles.ts';
import type { Executor } from '../../client.ts';
import { secondFactors, staff } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';
import { endAllSessions } from '../session/end-all.ts';
import { hashPassword } from './password.ts';

/** What may become of an account; each ends all sessions of its person. */
export type StaffChange = AccountChange | { kind: 'password'; password: string };

/** An account by its address, as it is typed, or by its id. */
export type WhichStaff = { email: string } | { id: string };

const ACTIONS = {
  password: 'staff.passwordChanged',
  roles: 'staff.rolesChanged',
  disable: 'staff.disabled',
  enable: 'staff.enabled',
  endSessions: 'staff.sessionsEnded',
  resetSecondFactor: 'staff.secondFactorReset',
} as const satisfies Record<StaffChange['kind'], string>;

type Changed = Answer<{ endedSessions: number }>;

const NOBODY = refuse('wrongState', 'アカウントはありません。');

/**
 * Changes an account and ends its person's sessions, in one transaction: nobody goes on with what they may no longer do. The console
 * and the command line change accounts by this alone; it refuses what would leave nobody who can administer.
 */
export async function changeStaff(
  db: Executor,
  which: WhichStaff,
  change: StaffChange,
  by: { actor: string; now: Date; keepSession?: string },
): Promise<Changed> {
  const passwordHash = change.kind === 'password' ? await hashPassword(change.password) : null;
  return db.transaction(async (tx): Promise<Changed> => {
    // One after the other: two who take each other's right away at the same moment would leave nobody.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('staff accounts'))`);
    const [row] = await tx.select().from(staff).where(named(which)).for('update');
    if (row === undefined) return NOBODY;
    const before = { roles: row.roles as StaffRole[], active: row.active };
    if (change.kind !== 'password') {
      const refusal = await refusalOf(tx, row, change);
      if (refusal !== null) return refusal;
    }
    const after = change.kind === 'password' ? before : accountAfter(before, change);
    const values = { roles: [...after.roles], active: after.active };
    const password = passwordHash === null ? {} : { passwordHash };
    await tx
      .update(staff)
      .set({ ...values, ...password })
      .where(eq(staff.id, row.id));
    if (change.kind === 'resetSecondFactor') {
      await tx.delete(secondFactors).where(eq(secondFactors.staffId, row.id));
    }
    const endedSessions = await endAllSessions(tx, row.id, by.now, by.keepSession);
    await recordAudit(tx, {
      actor: by.actor,
      action: ACTIONS[change.kind],
      ...{ subjectType: 'staff', subjectId: row.id, before },
      after: { ...after, endedSessions },
    });
    return { ok: true, endedSessions };
  });
}

/** Why a change of an account would be refused now, or null: for whoever asks a second person for it. */
export async function staffChangeRefusal(
  db: Executor,
  id: string,
  change: AccountChange,
): Promise<Refusal | null> {
  const [row] = await db.select().from(staff).where(eq(staff.id, id));
  return row === undefined ? NOBODY : refusalOf(db, row, change);
}

async function refusalOf(
  db: Executor,
  row: typeof staff.$inferSelect,
  change: AccountChange,
): Promise<Refusal | null> {
  const state = { roles: row.roles as StaffRole[], active: row.active };
  return accountChangeRefusal(state, change, await otherAdmins(db, row));
}

/** Others who can sign in and administer: with a password; those of the sample data stand for each other alone. */
async function otherAdmins(db: Executor, { id, sample }: { id: string; sample: boolean }): Promise<number> {
  const [row] = await db
    .select({ admins: count() })
    .from(staff)
    .where(
      and(
        ne(staff.id, id),
        eq(staff.active, true),
        sql`'admin' = any(${staff.roles})`,
        isNotNull(staff.passwordHash),
        or(eq(staff.sample, false), sql`${sample}`),
      ),
    );
  return row?.admins ?? 0;
}

const named = (which: WhichStaff) =>
  'id' in which ? eq(staff.id, which.id) : eq(staff.email, which.email.trim().toLowerCase());
