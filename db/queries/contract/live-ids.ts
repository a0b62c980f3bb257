import { and, asc, gt } from 'drizzle-orm';
import type { Executor } from '../../client.ts';
import { contracts } from '../../schema/index.ts';
import { LIVE } from '../rescreening/live-contracts.ts';

/** A page of the ids of live contracts, live and sandbox, in their order. */
export async function liveContractIds(
  db: Executor,
  page: { after: string | null; limit: number },
): Promise<string[]> {
  const rows = await db
    .select({ id: contracts.id })
    .from(contracts)
    .where(and(LIVE, page.after === null ? undefined : gt(contracts.id, page.after)))
    .orderBy(asc(contracts.id))
    .limit(page.limit);
  return rows.map(({ id }) => id);
}
