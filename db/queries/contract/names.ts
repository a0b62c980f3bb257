import { eq, inArray } from 'drizzle-orm';
import type { Executor } from '../../client.ts';
import { contracts, customers } from '../../schema/index.ts';
import { customerName } from '../customer/shown-name.ts';

export interface ContractName {
  contractNumber: string;
  customerName: string;
}

/** What contracts are called on pages, by id; those that do not exist are left out. */
export async function contractNamesOf(
  db: Executor,
  contractIds: readonly string[],
): Promise<ReadonlyMap<string, ContractName>> {
  if (contractIds.length === 0) return new Map();
  const rows = await db
    .select({ id: contracts.id, contractNumber: contracts.contractNumber, customerName })
    .from(contracts)
    .innerJoin(customers, eq(customers.id, contracts.customerId))
    .where(inArray(contracts.id, [...contractIds]));
  return new Map(rows.map(({ id, ...name }) => [id, name]));
}
