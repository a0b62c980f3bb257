import { and, asc, eq } from 'drizzle-orm';
import type { Executor } from '../../client.ts';
import { contracts, customers } from '../../schema/index.ts';
import { customerName } from '../customer/shown-name.ts';
import { LIVE } from '../rescreening/live-contracts.ts';

export type PrepaidContractRow = Awaited<ReturnType<typeof prepaidContracts>>[number];

/** Live contracts that prepay, the lowest balance first. */
export function prepaidContracts(db: Executor, { sandbox, limit }: { sandbox: boolean; limit: number }) {
  return db
    .select({ contractId: contracts.id, customerName, balanceYen: contracts.prepaidBalanceYen })
    .from(contracts)
    .innerJoin(customers, eq(customers.id, contracts.customerId))
    .where(and(LIVE, eq(contracts.sandbox, sandbox), eq(contracts.communicationPayment, 'prepaid')))
    .orderBy(asc(contracts.prepaidBalanceYen), asc(contracts.id))
    .limit(limit);
}
