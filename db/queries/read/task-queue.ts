import { and, arrayContains, asc, desc, eq, inArray, isNull, lte, not, type SQL, sql } from 'drizzle-orm';
import { endOfDayJst, jstDate } from '../../../domain/calendar/civil-date.ts';
import type { Involved } from '../../../domain/desk/decide.ts';
import type { QueueShown, QueueView } from '../../../domain/desk/preferences.ts';
import type { StaffRole } from '../../../domain/desk/roles.ts';
import type { SubjectType, TaskKind } from '../../../domain/processes/index.ts';
import type { Executor } from '../../client.ts';
import { applications, contracts, customers, findings, notices, tasks } from '../../schema/index.ts';

export interface QueueRow {
  id: string;
  kind: TaskKind;
  subjectType: SubjectType;
  subjectId: string;
  /** Receipt number of the application; a contract's number is confidential and not listed. */
  receiptNumber: string | null;
  /** Of the applicant or customer, or the title of a notice; null for other subjects. */
  companyName: string | null;
  /** How the application came; null for other subjects. */
  channel: (typeof applications.$inferSelect)['channel'] | null;
  /** Matches of the application's present round on which nobody has decided, by weight; 0 for other subjects. */
  hits: number;
  doubts: number;
  /** Who did something to the same thing before, in that order. */
  involved: readonly Involved[];
  role: StaffRole;
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

/** How many open tasks of mine stand in each view, and in the chosen view of each kind that has any. */
export interface QueueCounts {
  views: Readonly<Record<QueueView, number>>;
  kinds: readonly { kind: TaskKind; count: number }[];
}

/** Matches of the application's present round that wait for a decision. */
const openFindings = (outcome: 'hit' | 'review') => sql<number>`(
  select count(*)::int from ${findings} where ${findings.applicationId} = ${applications.id}
  and ${findings.round} = ${applications.round} and ${findings.outcome} = ${outcome} and ${findings.status} = 'open')`;

/** One page of the queue, what is due first unless asked otherwise, and how much stands in it. */
export async function readTaskQueue(
  db: Executor,
  query: {
    staff: { id: string; roles: readonly StaffRole[] };
    shown: QueueShown;
    now: Date;
    limit: number;
    offset: number;
  },
): Promise<{ rows: QueueRow[]; counts: QueueCounts }> {
  const { staff, shown, now, limit, offset } = query;
  const mine = mayDo(staff);
  const viewed = viewCondition(shown.view, staff.id, now);
  const [rows, counts] = await Promise.all([
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
        channel: applications.channel,
        hits: openFindings('hit'),
        doubts: openFindings('review'),
        involved: tasks.involved,
        role: sql<StaffRole>`${tasks.role}`,
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
      .where(and(mine, viewed, shown.kind === undefined ? undefined : eq(tasks.kind, shown.kind)))
      .orderBy(...ORDERS[shown.sort ?? 'due'], asc(tasks.id))
      .limit(limit)
      .offset(offset),
    db
      .select({
        kind: tasks.kind,
        viewed: countWhere(viewed),
        all: countWhere(undefined),
        mine: countWhere(viewCondition('mine', staff.id, now)),
        today: countWhere(viewCondition('today', staff.id, now)),
        free: countWhere(viewCondition('free', staff.id, now)),
      })
      .from(tasks)
      .where(mine)
      .groupBy(tasks.kind)
      .orderBy(tasks.kind),
  ]);
  const sum = (view: QueueView) => counts.reduce((total, each) => total + each[view], 0);
  return {
    rows,
    counts: {
      views: { all: sum('all'), mine: sum('mine'), today: sum('today'), free: sum('free') },
      kinds: counts.flatMap(({ kind, viewed: count }) => (count === 0 ? [] : [{ kind, count }])),
    },
  };
}

const countWhere = (condition: SQL | undefined) =>
  condition === undefined
    ? sql<number>`count(*)::int`
    : sql<number>`(count(*) filter (where ${condition}))::int`;

const ORDERS: Readonly<Record<NonNullable<QueueShown['sort']> | 'due', SQL[]>> = {
  due: [asc(tasks.dueAt), asc(tasks.createdAt)],
  dueLast: [desc(tasks.dueAt), desc(tasks.createdAt)],
  oldest: [asc(tasks.createdAt)],
  newest: [desc(tasks.createdAt)],
};

function viewCondition(view: QueueView, staffId: string, now: Date): SQL | undefined {
  switch (view) {
    case 'mine':
      return eq(tasks.claimedBy, staffId);
    case 'free':
      return isNull(tasks.claimedBy);
    case 'today':
      return lte(tasks.dueAt, new Date(endOfDayJst(jstDate(now.getTime()))));
    case 'all':
      return undefined;
  }
}
