import { asc, eq } from 'drizzle-orm';
import type { Executor } from '../../client.ts';
import { contractFindings } from '../../schema/index.ts';

export type ContractFindingRow = typeof contractFindings.$inferSelect;

/** The matches of a contract with their evidence and decisions, the oldest first. */
export async function readContractFindings(db: Executor, contractId: string): Promise<ContractFindingRow[]> {
  return db
    .select()
    .from(contractFindings)
    .where(eq(contractFindings.contractId, contractId))
    .orderBy(asc(contractFindings.createdAt), asc(contractFindings.id));
}
