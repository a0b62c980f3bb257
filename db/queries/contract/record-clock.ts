import { and, eq } from 'drizzle-orm';
import type { Database } from '../../client.ts';
import { contracts } from '../../schema/index.ts';

/** Notes how far the test clock of a sandbox contract is ahead, in milliseconds; a live contract has none. */
export async function recordClock(db: Database, contractId: string, offsetMs: number): Promise<void> {
  await db
    .update(contracts)
    .set({ clockOffsetMs: Math.max(0, Math.round(offsetMs)) })
    .where(and(eq(contracts.id, contractId), eq(contracts.sandbox, true)));
}
