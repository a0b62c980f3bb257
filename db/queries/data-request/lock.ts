import { eq } from 'drizzle-orm';
import type { Transaction } from '../../client.ts';
import { dataRequests } from '../../schema/index.ts';

/** A request about data, held until the transaction ends. Throws when there is none. */
export async function lockDataRequest(
  tx: Transaction,
  dataRequestId: string,
): Promise<typeof dataRequests.$inferSelect> {
  const [row] = await tx.select().from(dataRequests).where(eq(dataRequests.id, dataRequestId)).for('update');
  if (row === undefined) throw new Error(`data request ${dataRequestId} does not exist`);
  return row;
}
