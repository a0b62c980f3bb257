import { and, asc, eq, gt, type SQL, sql } from 'drizzle-orm';
import type { Executor } from '../../client.ts';
import { contracts, telephonyAccounts } from '../../schema/index.ts';
import { LIVE } from '../rescreening/live-contracts.ts';
import type { SuspensionRow } from './find.ts';

export interface TelephonyContract {
  id: string;
  planCode: string;
  sandbox: boolean;
}

/** The live contracts that a suspension is about, as a condition on `contracts`. */
function reachedBy({ scope, sandbox, planCode, contractId }: SuspensionRow): SQL | undefined {
  return and(
    LIVE,
    eq(contracts.sandbox, sandbox),
    scope === 'plan' ? eq(contracts.planCode, planCode ?? '') : undefined,
    scope === 'contract' ? eq(contracts.id, contractId ?? '') : undefined,
  );
}

/** How many live contracts a suspension reaches. */
export async function countReached(db: Executor, suspension: SuspensionRow): Promise<number> {
  const [row] = await db
    .select({ count: sql<number>`count(*)::int` })
    .from(contracts)
    .where(reachedBy(suspension));
  return row?.count ?? 0;
}

/**
 * A page of live contracts with a subaccount, by id: those that a suspension reaches, or (`resume`) all whose subaccount
 * is suspended, for a contract may have changed its plan meanwhile; where it is of one contract, that one.
 */
export async function telephonyContracts(
  db: Executor,
  suspension: SuspensionRow,
  page: { act: 'suspend' | 'resume'; after: string | null; limit: number },
): Promise<TelephonyContract[]> {
  const { id, planCode, sandbox } = contracts;
  return db
    .select({ id, planCode, sandbox })
    .from(contracts)
    .innerJoin(telephonyAccounts, eq(telephonyAccounts.contractId, contracts.id))
    .where(
      and(
        page.act === 'suspend'
          ? reachedBy(suspension)
          : and(
              suspension.scope === 'contract' ? reachedBy(suspension) : LIVE,
              eq(sandbox, suspension.sandbox),
              eq(telephonyAccounts.state, 'suspended'),
            ),
        page.after === null ? undefined : gt(id, page.after),
      ),
    )
    .orderBy(asc(id))
    .limit(page.limit);
}
