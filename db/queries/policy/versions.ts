import { desc } from 'drizzle-orm';
import type { Executor } from '../../client.ts';
import { policies } from '../../schema/index.ts';

export type PolicyVersion = typeof policies.$inferSelect;

/** Every version of every policy that was ever set, newest first. */
export async function listPolicyVersions(db: Executor): Promise<PolicyVersion[]> {
  return db.select().from(policies).orderBy(desc(policies.version));
}
