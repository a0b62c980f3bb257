import { and, asc, eq, gt, type SQL } from 'drizzle-orm';
import type { Executor } from '../../client.ts';
import { contracts } from '../../schema/index.ts';

export interface ContractPage {
  sandbox: boolean;
  /** The last id of the page before; null for the first page. */
  after: string | null;
  limit: number;
}

/** One page of the contracts of a side that meet a condition: ids in their order. */
export async function contractPage(
  db: Executor,
  { sandbox, after, limit }: ContractPage,
  condition: SQL | undefined,
): Promise<string[]> {
  const rows = await db
    .select({ id: contracts.id })
    .from(contracts)
    .where(
      and(eq(contracts.sandbox, sandbox), condition, after === null ? undefined : gt(contracts.id, after)),
    )
    .orderBy(asc(contracts.id))
    .limit(limit);
  return rows.map(({ id }) => id);
}
