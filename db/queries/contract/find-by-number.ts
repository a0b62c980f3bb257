import { eq, or, sql } from 'drizzle-orm';
import type { Executor } from '../../client.ts';
import { contracts } from '../../schema/index.ts';
import type { ContractRow } from './find.ts';

/** A contract by its number or its id, or null. */
export async function findContractByNumber(db: Executor, numberOrId: string): Promise<ContractRow | null> {
  const [row] = await db
    .select()
    .from(contracts)
    .where(or(eq(contracts.contractNumber, numberOrId), eq(sql`${contracts.id}::text`, numberOrId)));
  return row ?? null;
}
