import { eq } from 'drizzle-orm';
import type { Executor } from '../../client.ts';
import { contracts, customers } from '../../schema/index.ts';
import { customerName } from '../customer/shown-name.ts';

/** The company name of a contract's customer, null for an unknown contract: the operator's own record, no entrusted data. */
export async function customerNameOf(db: Executor, contractId: string): Promise<string | null> {
  const [row] = await db
    .select({ name: customerName })
    .from(contracts)
    .innerJoin(customers, eq(customers.id, contracts.customerId))
    .where(eq(contracts.id, contractId));
  return row?.name ?? null;
}
