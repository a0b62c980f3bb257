import { desc, inArray } from 'drizzle-orm';
import type { Executor } from '../../client.ts';
import { officerChanges } from '../../schema/index.ts';

/** The newest change of each of these contracts. */
export async function newestChanges(
  db: Executor,
  contractIds: readonly string[],
): Promise<Map<string, typeof officerChanges.$inferSelect>> {
  if (contractIds.length === 0) return new Map();
  const rows = await db
    .selectDistinctOn([officerChanges.contractId])
    .from(officerChanges)
    .where(inArray(officerChanges.contractId, [...contractIds]))
    .orderBy(officerChanges.contractId, desc(officerChanges.createdAt), desc(officerChanges.id));
  return new Map(rows.map((row) => [row.contractId, row]));
}
