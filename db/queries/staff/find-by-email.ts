import { and, eq } from 'drizzle-orm';
import type { Executor } from '../../client.ts';
import { staff } from '../../schema/index.ts';

/** The active account with this address (in lower case), with what signing in needs. */
export async function findStaffByEmail(
  db: Executor,
  email: string,
): Promise<{ id: string; passwordHash: string; sample: boolean } | undefined> {
  const [row] = await db
    .select({ id: staff.id, passwordHash: staff.passwordHash, sample: staff.sample })
    .from(staff)
    .where(and(eq(staff.email, email), eq(staff.active, true)));
  return row;
}
