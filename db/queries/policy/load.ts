import { asc } from 'drizzle-orm';
import { isPolicyKey, type Policies, policiesWith } from '../../../domain/policy/policies.ts';
import type { Executor } from '../../client.ts';
import { policies } from '../../schema/index.ts';

/** The policies in force: the highest version of each key, the default where none was set. */
export async function loadPolicies(db: Executor): Promise<Policies> {
  const rows = await db.select().from(policies).orderBy(asc(policies.version));
  const values = Object.fromEntries(
    rows.filter(({ key }) => isPolicyKey(key)).map(({ key, value }) => [key, value]),
  );
  return policiesWith(values);
}
