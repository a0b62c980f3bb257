import type { Executor } from '../../client.ts';
import { staff } from '../../schema/index.ts';

/** Names of all staff by id, also of those who left: the log keeps naming them. */
export async function staffNames(db: Executor): Promise<ReadonlyMap<string, string>> {
  const rows = await db.select({ id: staff.id, name: staff.name }).from(staff);
  return new Map(rows.map(({ id, name }) => [id, name]));
}
