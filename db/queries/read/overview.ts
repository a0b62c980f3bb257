import { and, asc, count, eq, gte, inArray, isNotNull, lt, lte, sql } from 'drizzle-orm';
import { APPLICATION_STATUSES, type ApplicationStatus } from '../../../domain/application/application.ts';
import { keysOf } from '../../../domain/base/keys.ts';
import {
  addYears,
  type CivilDate,
  DAY_MS,
  type MonthKey,
  monthOf,
} from '../../../domain/calendar/civil-date.ts';
import { isFinal } from '../../../domain/desk/moves.ts';
import { FAILURES } from '../../../domain/desk/overview.ts';
import type { TaskKind } from '../../../domain/processes/index.ts';
import type { Executor } from '../../client.ts';
import { applications, campaigns, contractPeriods, contracts, notices, tasks } from '../../schema/index.ts';
import { recipientCounts } from '../notice/page.ts';
import { LIVE } from '../rescreening/live-contracts.ts';

const OPEN_APPLICATIONS = keysOf(APPLICATION_STATUSES).filter(
  (status) => !isFinal(APPLICATION_STATUSES, status),
);

/** How many applications that are not over wait in each status, and for how many whole days. */
export async function openApplications(
  db: Executor,
  now: Date,
): Promise<{ status: ApplicationStatus; days: number; count: number }[]> {
  const days = sql<number>`greatest(0, floor(extract(epoch from (${now.toISOString()}::timestamptz - ${applications.receivedAt})) * 1000 / ${sql.raw(String(DAY_MS))}))::int`;
  return db
    .select({ status: applications.status, days, count: count() })
    .from(applications)
    .where(inArray(applications.status, OPEN_APPLICATIONS))
    .groupBy(applications.status, sql`2`);
}

/** How many open tasks of each kind are past their time, and how late the latest one is. */
export async function overdueTasks(
  db: Executor,
  now: Date,
): Promise<{ kind: TaskKind; count: number; oldest: Date }[]> {
  const oldest = sql`min(${tasks.dueAt})`.mapWith(tasks.dueAt);
  return db
    .select({ kind: tasks.kind, count: count(), oldest })
    .from(tasks)
    .where(and(eq(tasks.status, 'open'), lt(tasks.dueAt, now)))
    .groupBy(tasks.kind)
    .orderBy(asc(oldest));
}

/** What failed and waits for somebody, by what it is and why. */
export async function openFailures(
  db: Executor,
): Promise<{ kind: TaskKind; cause: string | null; count: number; since: Date }[]> {
  const since = sql`min(${tasks.createdAt})`.mapWith(tasks.createdAt);
  return db
    .select({ kind: tasks.kind, cause: sql<string | null>`${tasks.cause}`, count: count(), since })
    .from(tasks)
    .where(and(eq(tasks.status, 'open'), inArray(tasks.kind, [...FAILURES])))
    .groupBy(tasks.kind, tasks.cause)
    .orderBy(asc(since));
}

interface Span {
  from: CivilDate;
  through: CivilDate;
}

type ByMonth = ReadonlyMap<MonthKey, number>;

/** Longer ones are periods of annual contracts (第5条3項): monthly ones have their first period on record alone. */
const LONGEST_MONTH_DAYS = 31;

/**
 * How many annual periods are over in each month and renew, and how many contracts end in it. Counted in the narrow table of periods:
 * all that are over in the span, less those of contracts that end before (第10条); no row of a contract that goes on is read.
 */
export async function renewalsAndEnds(
  db: Executor,
  { from, through }: Span,
): Promise<{ renewals: ByMonth; ends: ByMonth }> {
  const annual = and(
    gte(contractPeriods.to, from),
    lte(contractPeriods.to, through),
    sql`${contractPeriods.to} - ${contractPeriods.from} >= ${sql.raw(String(LONGEST_MONTH_DAYS))}`,
  );
  const [periods, ending, ends] = await Promise.all([
    db
      .select({ on: contractPeriods.to, count: count() })
      .from(contractPeriods)
      .where(annual)
      .groupBy(contractPeriods.to),
    db
      .select({ on: contractPeriods.to, count: count() })
      .from(contracts)
      .innerJoin(contractPeriods, eq(contractPeriods.contractId, contracts.id))
      // A period that is not over yet began within the last year.
      .where(
        and(
          isNotNull(contracts.endsOn),
          gte(contracts.endsOn, addYears(from, -1)),
          lte(contracts.endsOn, contractPeriods.to),
          annual,
        ),
      )
      .groupBy(contractPeriods.to),
    db
      .select({ on: contracts.endsOn, count: count() })
      .from(contracts)
      .where(
        and(isNotNull(contracts.endsOn), gte(contracts.endsOn, from), lte(contracts.endsOn, through), LIVE),
      )
      .groupBy(contracts.endsOn),
  ]);
  const less = byMonth(ending);
  const renewals = [...byMonth(periods)].map(([month, all]): [MonthKey, number] => [
    month,
    all - (less.get(month) ?? 0),
  ]);
  return { renewals: new Map(renewals), ends: byMonth(ends) };
}

/** Days are added up here: the database would turn each row's day into text first. */
function byMonth(rows: readonly { on: CivilDate | null; count: number }[]): ByMonth {
  const counts = new Map<MonthKey, number>();
  for (const { on, count: some } of rows) {
    if (on !== null) counts.set(monthOf(on), (counts.get(monthOf(on)) ?? 0) + some);
  }
  return counts;
}

/** Campaigns of contracts that hold, by their titles: how many contracts, and when the next and the last of them ends. */
export async function runningCampaigns(
  db: Executor,
  today: CivilDate,
): Promise<{ title: string; count: number; next: CivilDate; last: CivilDate }[]> {
  const next = sql`min(${campaigns.until})`.mapWith(campaigns.until);
  const last = sql`max(${campaigns.until})`.mapWith(campaigns.until);
  return db
    .select({ title: campaigns.title, count: count(), next, last })
    .from(campaigns)
    .where(and(eq(campaigns.status, 'effective'), gte(campaigns.until, today)))
    .groupBy(campaigns.title)
    .orderBy(asc(next))
    .limit(CAMPAIGNS);
}

/** Titles are few; the page is no list of every one. */
const CAMPAIGNS = 50;

/** Notices that are going out now, with how many recipients are in each state. */
export async function noticesOnTheirWay(db: Executor) {
  const rows = await db
    .select({ id: notices.id, title: notices.title, sendingFrom: notices.sendingFrom })
    .from(notices)
    .where(eq(notices.status, 'sending'))
    .orderBy(asc(notices.sendingFrom))
    .limit(CAMPAIGNS);
  return Promise.all(rows.map(async (row) => ({ ...row, states: await recipientCounts(db, row.id) })));
}
