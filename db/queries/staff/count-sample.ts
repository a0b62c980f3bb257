import { and, count, eq } from 'drizzle-orm';
import type { Executor } from '../../client.ts';
import { staff } from '../../schema/index.ts';

/** Accounts of the sample data that are not closed. */
export async function countSampleStaff(db: Executor): Promise<number> {
  const [row] = await db
    .select({ accounts: count() })
    .from(staff)
    .where(and(eq(staff.sample, true), eq(staff.active, true)));
  return row?.accounts ?? 0;
}
