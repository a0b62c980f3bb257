import { desc, eq } from 'drizzle-orm';
import type { Executor } from '../../client.ts';
import { supportConsents } from '../../schema/index.ts';

export type ConsentRow = typeof supportConsents.$inferSelect;

/** The consents of a contract, newest first. */
export async function readConsents(db: Executor, contractId: string): Promise<ConsentRow[]> {
  return db
    .select()
    .from(supportConsents)
    .where(eq(supportConsents.contractId, contractId))
    .orderBy(desc(supportConsents.createdAt));
}
