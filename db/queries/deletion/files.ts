import { sql } from 'drizzle-orm';
import type { Executor } from '../../client.ts';
import { FILE_COLUMNS } from './tables.ts';

const everyKey = sql.join(
  FILE_COLUMNS.map(
    ({ table, column }) => sql`select ${sql.identifier(column)} as key from ${sql.identifier(table)}`,
  ),
  sql` union all `,
);

/** Which of these stored files some row still names: another customer's identical file, or a kept document. */
export async function referencedFiles(db: Executor, keys: readonly string[]): Promise<Set<string>> {
  if (keys.length === 0) return new Set();
  const list = sql.join(
    keys.map((key) => sql`${key}`),
    sql`, `,
  );
  const rows = await db.execute<{ key: string }>(
    sql`select distinct key from (${everyKey}) as named where key in (${list})`,
  );
  return new Set(rows.map(({ key }) => key));
}
