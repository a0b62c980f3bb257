import { asc, count, desc, eq, isNull } from 'drizzle-orm';
import type { Executor } from '../../client.ts';
import { contracts, customers, watchCases, watchFindings } from '../../schema/index.ts';

export type WatchCaseRow = typeof watchCases.$inferSelect;
export type WatchFindingRow = typeof watchFindings.$inferSelect;

export interface ListedWatchCase {
  row: WatchCaseRow;
  customerName: string;
  sandbox: boolean;
  /** Findings that stand. */
  standing: number;
}

/** A page of cases, the newest first. */
export async function listWatchCases(
  db: Executor,
  { status, limit, offset }: { status: WatchCaseRow['status']; limit: number; offset: number },
): Promise<ListedWatchCase[]> {
  const standing = db
    .select({ caseId: watchFindings.caseId, standing: count().as('standing') })
    .from(watchFindings)
    .where(isNull(watchFindings.withdrawnAt))
    .groupBy(watchFindings.caseId)
    .as('standing');
  const rows = await db
    .select({
      row: watchCases,
      customerName: customers.name,
      sandbox: contracts.sandbox,
      standing: standing.standing,
    })
    .from(watchCases)
    .innerJoin(contracts, eq(contracts.id, watchCases.contractId))
    .innerJoin(customers, eq(customers.id, contracts.customerId))
    .leftJoin(standing, eq(standing.caseId, watchCases.id))
    .where(eq(watchCases.status, status))
    .orderBy(desc(watchCases.openedAt), asc(watchCases.id))
    .limit(limit)
    .offset(offset);
  return rows.map((each) => ({ ...each, standing: each.standing ?? 0 }));
}

/** A case with all its findings, those that were taken back too. */
export async function findWatchCase(
  db: Executor,
  id: string,
): Promise<{ row: WatchCaseRow; findings: WatchFindingRow[] } | null> {
  const [row] = await db.select().from(watchCases).where(eq(watchCases.id, id));
  if (row === undefined) return null;
  const findings = await db
    .select()
    .from(watchFindings)
    .where(eq(watchFindings.caseId, id))
    .orderBy(asc(watchFindings.foundFrom), asc(watchFindings.rule));
  return { row, findings };
}
