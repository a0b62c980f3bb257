import { and, count, eq, inArray, isNotNull, isNull, lt, max, min, sql } from 'drizzle-orm';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import type { Executor } from '../../client.ts';
import {
  applications,
  auditSeals,
  contractPeriods,
  contracts,
  deletions,
  mails,
  notices,
  tasks,
} from '../../schema/index.ts';
import { readReconciliation } from '../reconcile/figures.ts';

/** What is due, waiting or late, of live data alone, in numbers: for graphs and alerts. Ages and times in seconds. */
export interface BusinessFigures {
  /** Applications that nobody has concluded, by how long ago they came in. */
  applicationsWaiting: Record<(typeof AGES)[number]['age'], number>;
  tasksOpen: Record<string, number>;
  tasksOverdue: Record<string, number>;
  /** Annual contracts whose last recorded period ends within 30 days, and those where it has ended with none after it. */
  renewalsDue: number;
  renewalsLate: number;
  noticesLate: number;
  mails: Record<(typeof MAILS)[number], number>;
  oldestWaitingMailSeconds: number;
  deletionsOverdue: number;
  commandsUnanswered: number;
  casesDrifted: number;
  comparedAtSeconds: number | null;
  auditSealedAtSeconds: number | null;
}

const DAY_MS = 86_400_000;
const DAY_SECONDS = 86_400;
const AGES = [
  { age: 'under1d', fromDays: 0, toDays: 1 },
  { age: 'under3d', fromDays: 1, toDays: 3 },
  { age: 'under7d', fromDays: 3, toDays: 7 },
  { age: 'over7d', fromDays: 7, toDays: Number.POSITIVE_INFINITY },
] as const;
const WAITING = ['received', 'correction', 'review', 'approval'] as const;
const MAILS = ['queued', 'sending', 'deferred', 'refused', 'bounced'] as const;

export async function readBusinessFigures(
  db: Executor,
  { now, today, soon }: { now: Date; today: CivilDate; soon: CivilDate },
): Promise<BusinessFigures> {
  const [ages, taskCounts, renewals, late, mailCounts, overdue, told, sealed] = await Promise.all([
    applicationAges(db, now),
    countTasks(db, now),
    countRenewals(db, today, soon),
    countLateNotices(db, new Date(now.getTime() - DAY_MS)),
    countMails(db),
    countOverdueDeletions(db, today),
    readReconciliation(db, now),
    db.select({ at: max(auditSeals.sealedAt) }).from(auditSeals),
  ]);
  const { oldest, ...byStatus } = mailCounts;
  return {
    applicationsWaiting: ages,
    ...taskCounts,
    ...renewals,
    noticesLate: late,
    mails: { queued: 0, sending: 0, deferred: 0, refused: 0, bounced: 0, ...byStatus },
    oldestWaitingMailSeconds: oldest === null ? 0 : Math.max(0, (now.getTime() - oldest.getTime()) / 1_000),
    deletionsOverdue: overdue,
    commandsUnanswered: told.unanswered,
    casesDrifted: told.told,
    comparedAtSeconds: told.comparedAt === null ? null : Date.parse(told.comparedAt) / 1_000,
    auditSealedAtSeconds: secondsOf(sealed[0]?.at ?? null),
  };
}

const secondsOf = (at: Date | null): number | null => (at === null ? null : at.getTime() / 1_000);

async function applicationAges(db: Executor, now: Date): Promise<BusinessFigures['applicationsWaiting']> {
  const days = sql<number>`extract(epoch from ${now.toISOString()}::timestamptz - ${applications.receivedAt})::float8 / ${DAY_SECONDS}`;
  const rows = await db
    .select({ days })
    .from(applications)
    .where(and(eq(applications.sandbox, false), inArray(applications.status, [...WAITING])));
  const within = ({ fromDays, toDays }: (typeof AGES)[number]) =>
    rows.filter(({ days: age }) => Math.max(age, 0) >= fromDays && age < toDays).length;
  const [first, second, third, fourth] = AGES;
  return { under1d: within(first), under3d: within(second), under7d: within(third), over7d: within(fourth) };
}

async function countTasks(db: Executor, now: Date) {
  const rows = await db
    .select({
      role: tasks.role,
      open: count(),
      overdue: sql<number>`count(*) filter (where ${tasks.dueAt} < ${now.toISOString()}::timestamptz)::int`,
    })
    .from(tasks)
    .where(and(eq(tasks.sandbox, false), eq(tasks.status, 'open')))
    .groupBy(tasks.role);
  return {
    tasksOpen: Object.fromEntries(rows.map(({ role, open }) => [role, open])),
    tasksOverdue: Object.fromEntries(rows.map(({ role, overdue }) => [role, overdue])),
  };
}

async function countRenewals(db: Executor, today: CivilDate, soon: CivilDate) {
  const last = db
    .select({ to: max(contractPeriods.to).as('last_to') })
    .from(contracts)
    .innerJoin(contractPeriods, eq(contractPeriods.contractId, contracts.id))
    .where(
      and(
        eq(contracts.sandbox, false),
        eq(contracts.kind, 'annual'),
        eq(contracts.status, 'active'),
        isNull(contracts.endsOn),
      ),
    )
    .groupBy(contracts.id)
    .as('last');
  const [row] = await db
    .select({
      renewalsDue: sql<number>`count(*) filter (where ${last.to} between ${today} and ${soon})::int`,
      renewalsLate: sql<number>`count(*) filter (where ${last.to} < ${today})::int`,
    })
    .from(last);
  return row ?? { renewalsDue: 0, renewalsLate: 0 };
}

async function countLateNotices(db: Executor, before: Date): Promise<number> {
  const [row] = await db
    .select({ late: count() })
    .from(notices)
    .where(
      and(
        eq(notices.sandbox, false),
        isNotNull(notices.sendingFrom),
        lt(notices.sendingFrom, before),
        isNull(notices.finishedAt),
      ),
    );
  return row?.late ?? 0;
}

async function countMails(
  db: Executor,
): Promise<Partial<Record<(typeof MAILS)[number], number>> & { oldest: Date | null }> {
  const rows = await db
    .select({ status: mails.status, number: count(), oldest: min(mails.createdAt) })
    .from(mails)
    .where(and(eq(mails.sandbox, false), inArray(mails.status, [...MAILS])))
    .groupBy(mails.status);
  const waiting = rows.filter(({ status }) => status !== 'refused' && status !== 'bounced');
  const times = waiting.flatMap(({ oldest }) => (oldest === null ? [] : [oldest.getTime()]));
  return {
    ...Object.fromEntries(rows.map(({ status, number }) => [status, number])),
    oldest: times.length === 0 ? null : new Date(Math.min(...times)),
  };
}

/** Held ones are late because somebody wants that. */
async function countOverdueDeletions(db: Executor, today: CivilDate): Promise<number> {
  const [row] = await db
    .select({ overdue: count() })
    .from(deletions)
    .where(
      and(
        eq(deletions.sandbox, false),
        inArray(deletions.status, ['waiting', 'deleting', 'problem']),
        lt(deletions.dueOn, today),
      ),
    );
  return row?.overdue ?? 0;
}
