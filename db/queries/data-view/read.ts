import { desc, eq, or } from 'drizzle-orm';
import type { Executor } from '../../client.ts';
import { dataViews } from '../../schema/index.ts';

export type DataViewRow = typeof dataViews.$inferSelect;

/** The last looks at the data of a contract and its application, newest first. */
export async function readDataViews(
  db: Executor,
  of: { contractId: string; applicationId: string },
  limit: number,
): Promise<DataViewRow[]> {
  return db
    .select()
    .from(dataViews)
    .where(or(eq(dataViews.contractId, of.contractId), eq(dataViews.applicationId, of.applicationId)))
    .orderBy(desc(dataViews.at))
    .limit(limit);
}
