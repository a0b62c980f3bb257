import { eq } from 'drizzle-orm';
import type { Database } from '../../client.ts';
import { contracts } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';

/** Records that a member of staff had contract number and company ID shown (第12条2項). False for an unknown contract. */
export async function showContractNumber(db: Database, contractId: string, actor: string): Promise<boolean> {
  return db.transaction(async (tx) => {
    const [row] = await tx.select({ id: contracts.id }).from(contracts).where(eq(contracts.id, contractId));
    if (row === undefined) return false;
    await recordAudit(tx, {
      actor,
      action: 'contract.numberShown',
      subjectType: 'contract',
      subjectId: contractId,
    });
    return true;
  });
}
