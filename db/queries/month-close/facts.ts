import { and, count, eq, gte, inArray, isNotNull, isNull, lt, lte, sql, sum } from 'drizzle-orm';
import type { MonthClose } from '../../../domain/billing/revenue.ts';
import {
  addMonths,
  type CivilDate,
  lastOfMonth,
  type MonthKey,
  monthStart,
} from '../../../domain/calendar/civil-date.ts';
import type { ClosedFigures, CloseFacts } from '../../../domain/payments/month-close.ts';
import { CHARGED_TYPES } from '../../../domain/payments/receivable.ts';
import type { Executor } from '../../client.ts';
import { allocations, bankLines, papers, writeOffs } from '../../schema/index.ts';
import { standingCloses } from '../payment/closes.ts';
import { correction, isReplaced } from '../payment/receivable.ts';

export interface MonthQuery {
  month: MonthKey;
  sandbox: boolean;
}

const bounds = (month: MonthKey) => {
  const from = monthStart(month);
  return { from, next: addMonths(from, 1), end: lastOfMonth(from) };
};

/** What the checklist of a month looks at. */
export async function closeFacts(
  db: Executor,
  { month, sandbox, today }: MonthQuery & { today: CivilDate },
): Promise<CloseFacts> {
  const { next } = bounds(month);
  const before = and(eq(papers.sandbox, sandbox), lt(papers.issuedOn, next));
  const closes: MonthClose[] = await standingCloses(db, sandbox);
  const [waitingLines, drafts, undrawn] = await Promise.all([
    db.$count(
      bankLines,
      and(eq(bankLines.sandbox, sandbox), eq(bankLines.status, 'waiting'), lt(bankLines.on, next)),
    ),
    db.$count(papers, and(before, eq(papers.status, 'draft'))),
    db.$count(papers, and(before, eq(papers.status, 'issued'), isNull(papers.drawnAt))),
  ]);
  return { month, today, closes, waitingLines, drafts, undrawn };
}

/** Sums of a month's papers and payments, to the yen. Whatever gives money back counts against. */
export async function monthSums(db: Executor, { month, sandbox }: MonthQuery): Promise<ClosedFigures> {
  const { from, next, end } = bounds(month);
  const issued = and(eq(papers.sandbox, sandbox), eq(papers.status, 'issued'));
  const charges = inArray(papers.type, [...CHARGED_TYPES]);
  // Paid from the prepaid balance: its tax counts, and what it takes off the balance, as it goes into the books.
  const fromBalance = eq(papers.type, 'usageStatement');
  const signed = (yen: typeof papers.totalYen | typeof papers.netYen | typeof papers.taxYen) =>
    sql<number>`coalesce(sum(case when ${charges} then ${yen} when ${fromBalance} then ${
      yen === papers.taxYen ? yen : yen === papers.netYen ? sql`-${papers.taxYen}` : sql`0`
    } else -${yen} end), 0)`.mapWith(Number);
  const [made] = await db
    .select({
      papers: count(),
      netYen: signed(papers.netYen),
      taxYen: signed(papers.taxYen),
      totalYen: signed(papers.totalYen),
    })
    .from(papers)
    .where(and(issued, gte(papers.issuedOn, from), lt(papers.issuedOn, next)));
  // The corrected one counts with its own sums; what it replaces goes out again on its day.
  const [gone] = await db
    .select({
      netYen: signed(papers.netYen),
      taxYen: signed(papers.taxYen),
      totalYen: signed(papers.totalYen),
    })
    .from(papers)
    .innerJoin(correction, isReplaced)
    .where(and(issued, gte(correction.issuedOn, from), lt(correction.issuedOn, next)));
  const [paid] = await db
    .select({ yen: sum(allocations.amountYen).mapWith(Number) })
    .from(allocations)
    .innerJoin(papers, eq(papers.id, allocations.paperId))
    .where(
      and(
        eq(papers.sandbox, sandbox),
        isNotNull(allocations.lineId),
        ...[gte(allocations.on, from), lt(allocations.on, next)],
      ),
    );
  const paidByEnd = sql`(select coalesce(sum(${allocations.amountYen} + ${allocations.discountYen}), 0) from ${allocations} where ${allocations.paperId} = ${papers.id} and ${allocations.on} <= ${end})`;
  const writtenOff = sql`exists (select 1 from ${writeOffs} where ${writeOffs.paperId} = ${papers.id} and ${writeOffs.on} <= ${end})`;
  const replaced = sql`exists (select 1 from ${papers} c where c.corrects_id = ${papers.id} and c.status = 'issued' and c.issued_on <= ${end})`;
  const [open] = await db
    .select({ yen: sql<number>`coalesce(sum(${papers.totalYen} - ${paidByEnd}), 0)`.mapWith(Number) })
    .from(papers)
    .where(and(issued, charges, lte(papers.issuedOn, end), sql`not ${writtenOff}`, sql`not ${replaced}`));
  return {
    papers: made?.papers ?? 0,
    netYen: (made?.netYen ?? 0) - (gone?.netYen ?? 0),
    taxYen: (made?.taxYen ?? 0) - (gone?.taxYen ?? 0),
    totalYen: (made?.totalYen ?? 0) - (gone?.totalYen ?? 0),
    paidYen: paid?.yen ?? 0,
    receivableYen: open?.yen ?? 0,
  };
}
