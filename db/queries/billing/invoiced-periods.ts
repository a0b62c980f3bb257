import { and, gte, inArray, sql } from 'drizzle-orm';
import { grouped } from '../../../domain/base/grouped.ts';
import type { InvoicedPeriod } from '../../../domain/billing/fee-versions.ts';
import { type CivilDate, civilDate } from '../../../domain/calendar/civil-date.ts';
import type { Executor } from '../../client.ts';
import { papers } from '../../schema/index.ts';
import { isStanding } from './standing.ts';

/** Which periods of contracts that end on a day or later have an invoice that stands, drafts among them, and of which run; by id. */
export async function invoicedPeriodsOf(
  db: Executor,
  query: { contractIds: readonly string[] | 'all'; since: CivilDate },
): Promise<ReadonlyMap<string, InvoicedPeriod[]>> {
  const { contractIds, since } = query;
  if (contractIds.length === 0) return new Map();
  const line = sql`jsonb_array_elements(${papers.lines}) as line`;
  const rows = await db
    .select({
      contractId: papers.contractId,
      from: sql`line->>'from'`.mapWith((text: string) => civilDate(text)),
      invoicedOn: sql`min(line->>'billedOn')`.mapWith((text: string) => civilDate(text)),
    })
    .from(papers)
    .crossJoinLateral(line)
    .where(
      and(
        contractIds === 'all' ? undefined : inArray(papers.contractId, [...contractIds]),
        ...[gte(papers.periodTo, since), isStanding(db), sql`line->>'key' like 'fee:%'`],
      ),
    )
    .groupBy(papers.contractId, sql`line->>'from'`);
  return grouped(rows, ({ contractId }) => contractId);
}
