import { and, arrayContains, asc, eq, inArray, isNull, lt, not, type SQL, sql } from 'drizzle-orm';
import type { StaffRole } from '../../../domain/desk/roles.ts';
import type { SubjectType, TaskKind } from '../../../domain/processes/index.ts';
import type { Executor } from '../../client.ts';
import { applications, contracts, customers, notices, tasks } from '../../schema/index.ts';

export interface QueueFilter {
  /** 'mine' claimed by me, 'free' claimed by nobody, 'overdue' past its time; absent for all. */
  view?: 'mine' | 'free' | 'overdue';
  kind?: TaskKind;
}

export interface QueueRow {
  id: string;
  kind: TaskKind;
  subjectType: SubjectType;
  subjectId: string;
  /** Receipt number of the application; a contract's number is confidential and not listed. */
  receiptNumber: string | null;
  /** Of the applicant or customer, or the title of a notice; null for other subjects. */
  companyName: string | null;
  claimedBy: string | null;
  dueAt: Date;
  escalatedAt: Date | null;
  createdAt: Date;
  sandbox: boolean;
}

/** Open tasks that this person may do: their roles, and not excluded as the one who entered or reviewed (第4条). */
export function mayDo(staff: { id: string; roles: readonly StaffRole[] }): SQL | undefined {
  if (staff.roles.length === 0) return sql`false`;
  return and(
    eq(tasks.status, 'open'),
    inArray(tasks.role, [...staff.roles]),
    not(arrayContains(tasks.excludedStaff, [staff.id])),
  );
}

/** One page of the queue, oldest first, with the number of all rows under the filter and of all that I may do. */
export async function readTaskQueue(
  db: Executor,
  query: {
    staff: { id: string; roles: readonly StaffRole[] };
    filter: QueueFilter;
    now: Date;
    limit: number;
    offset: number;
  },
): Promise<{ rows: QueueRow[]; filtered: number; all: number }> {
  const { staff, filter, now, limit, offset } = query;
  const mine = mayDo(staff);
  const where = and(mine, viewCondition(filter, staff.id, now), filter.kind && eq(tasks.kind, filter.kind));
  const [rows, [counts]] = await Promise.all([
    db
      .select({
        id: tasks.id,
        kind: tasks.kind,
        subjectType: tasks.subjectType,
        subjectId: tasks.subjectId,
        receiptNumber: applications.receiptNumber,
        companyName: sql<
          string | null
        >`coalesce(${applications.companyName}, ${customers.name}, ${notices.title})`,
        claimedBy: tasks.claimedBy,
        dueAt: tasks.dueAt,
        escalatedAt: tasks.escalatedAt,
        createdAt: tasks.createdAt,
        sandbox: tasks.sandbox,
      })
      .from(tasks)
      .leftJoin(applications, and(eq(tasks.subjectType, 'application'), eq(applications.id, tasks.subjectId)))
      .leftJoin(contracts, and(eq(tasks.subjectType, 'contract'), eq(contracts.id, tasks.subjectId)))
      .leftJoin(customers, eq(customers.id, contracts.customerId))
      .leftJoin(notices, and(eq(tasks.subjectType, 'notice'), eq(notices.id, tasks.subjectId)))
      .where(where)
      .orderBy(asc(tasks.createdAt), asc(tasks.id))
      .limit(limit)
      .offset(offset),
    db
      .select({
        all: sql<number>`count(*)::int`,
        filtered: sql<number>`(count(*) filter (where ${where}))::int`,
      })
      .from(tasks)
      .where(mine),
  ]);
  return { rows, filtered: counts?.filtered ?? 0, all: counts?.all ?? 0 };
}

function viewCondition(filter: QueueFilter, staffId: string, now: Date): SQL | undefined {
  switch (filter.view) {
    case 'mine':
      return eq(tasks.claimedBy, staffId);
    case 'free':
      return isNull(tasks.claimedBy);
    case 'overdue':
      return lt(tasks.dueAt, now);
    case undefined:
      return undefined;
  }
}
