import { asc, eq, isNotNull, max } from 'drizzle-orm';
import type { StaffRole } from '../../../domain/desk/roles.ts';
import type { Executor } from '../../client.ts';
import { secondFactors, sessions, staff } from '../../schema/index.ts';

/** An account as administration sees it. */
export interface StaffAccount {
  id: string;
  name: string;
  email: string;
  roles: StaffRole[];
  status: 'open' | 'invited' | 'disabled';
  hasSecondFactor: boolean;
  lastSeenAt: Date | null;
  createdAt: Date;
  sample: boolean;
}

/** Every account, open ones first. */
export async function listStaff(db: Executor): Promise<StaffAccount[]> {
  const rows = await accounts(db).orderBy(asc(staff.createdAt), asc(staff.id));
  const all = rows.map(accountOf);
  return [
    ...all.filter(({ status }) => status !== 'disabled'),
    ...all.filter(({ status }) => status === 'disabled'),
  ];
}

/** One account, or null. */
export async function findStaff(db: Executor, id: string): Promise<StaffAccount | null> {
  const [row] = await accounts(db, id);
  return row === undefined ? null : accountOf(row);
}

function accounts(db: Executor, id?: string) {
  const seen = db
    .select({ staffId: sessions.staffId, at: max(sessions.lastSeenAt).as('at') })
    .from(sessions)
    .groupBy(sessions.staffId)
    .as('seen');
  return db
    .select({
      id: staff.id,
      name: staff.name,
      email: staff.email,
      roles: staff.roles,
      active: staff.active,
      sample: staff.sample,
      createdAt: staff.createdAt,
      hasPassword: isNotNull(staff.passwordHash).mapWith(Boolean),
      factorOf: secondFactors.staffId,
      lastSeenAt: seen.at,
    })
    .from(staff)
    .leftJoin(seen, eq(seen.staffId, staff.id))
    .leftJoin(secondFactors, eq(secondFactors.staffId, staff.id))
    .where(id === undefined ? undefined : eq(staff.id, id))
    .$dynamic();
}

type Row = Awaited<ReturnType<typeof accounts>>[number];

function accountOf({ active, hasPassword, factorOf, roles, ...row }: Row): StaffAccount {
  const status = !active ? 'disabled' : hasPassword || row.lastSeenAt !== null ? 'open' : 'invited';
  return { ...row, roles: roles as StaffRole[], status, hasSecondFactor: factorOf !== null };
}
