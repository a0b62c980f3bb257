import { and, asc, eq, type SQL, sql } from 'drizzle-orm';
import type { Executor } from '../../client.ts';
import { contracts, noticeAudience } from '../../schema/index.ts';
import { LIVE } from '../rescreening/live-contracts.ts';
import type { NoticeRow } from './find.ts';

/** Parameters of one statement are limited to 65,535. */
const ROWS_AT_ONCE = 5_000;

/**
 * Names contracts of a notice: its audience where that is `contracts`, and what the text says about each alone. What is
 * named already gets the new values.
 */
export async function addNoticeAudience(
  tx: Executor,
  noticeId: string,
  rows: readonly { contractId: string; values?: Record<string, string> }[],
): Promise<void> {
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
    const some = rows.slice(from, from + ROWS_AT_ONCE);
    await tx
      .insert(noticeAudience)
      .values(some.map(({ contractId, values = {} }) => ({ noticeId, contractId, values })))
      .onConflictDoUpdate({
        target: [noticeAudience.noticeId, noticeAudience.contractId],
        set: { values: sql`excluded.values` },
      });
  }
}

/** The live contracts that a notice is for, as a condition on `contracts`; sandbox and live ones never mix. */
export function audienceCondition(
  notice: Pick<NoticeRow, 'id' | 'audience' | 'planCode' | 'sandbox'>,
): SQL | undefined {
  const named = sql`exists (select 1 from ${noticeAudience} where ${noticeAudience.noticeId} = ${notice.id} and ${noticeAudience.contractId} = ${contracts.id})`;
  return and(
    LIVE,
    eq(contracts.sandbox, notice.sandbox),
    notice.audience === 'plan' ? eq(contracts.planCode, notice.planCode ?? '') : undefined,
    notice.audience === 'contracts' ? named : undefined,
  );
}

/** How many contracts a notice would be for now, and the first of them for a preview. */
export async function wouldBeRecipients(
  db: Executor,
  notice: Pick<NoticeRow, 'id' | 'audience' | 'planCode' | 'sandbox'>,
  limit: number,
): Promise<{ count: number; contractIds: string[] }> {
  const where = audienceCondition(notice);
  const [[counted], first] = await Promise.all([
    db.select({ count: sql<number>`count(*)::int` }).from(contracts).where(where),
    db.select({ id: contracts.id }).from(contracts).where(where).orderBy(asc(contracts.id)).limit(limit),
  ]);
  return { count: counted?.count ?? 0, contractIds: first.map(({ id }) => id) };
}
