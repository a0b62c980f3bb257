import { eq } from 'drizzle-orm';
import type { Database } from '../../client.ts';
import { requests } from '../../schema/index.ts';

/** Notes the second person behind a request. */
export async function confirmRequest(db: Database, requestId: string, confirmedBy: string): Promise<void> {
  await db.update(requests).set({ confirmedBy }).where(eq(requests.id, requestId));
}
