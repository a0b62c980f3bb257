import { sql } from 'drizzle-orm';
import { CUSTOMER_TABLES } from '../../../domain/data-map/index.ts';
import type { Executor } from '../../client.ts';
import { FILE_COLUMNS } from './tables.ts';

/** Papers kept for the time of secrecy are named no longer once it is over: their rows are only added to, and stay. */
const secrecyOver = sql`exists (select 1 from retention_dues r
  where r.contract_id = named.contract_id and r.kind = 'secrecy' and r.fired_at is not null)`;

const everyKey = sql.join(
  FILE_COLUMNS.map(({ table, column }) => {
    const ends =
      CUSTOMER_TABLES[table]?.of === 'contract:contract_id' && CUSTOMER_TABLES[table].retention === 'secrecy';
    const keys = sql`select ${sql.identifier(column)} as key from ${sql.identifier(table)} named`;
    return ends ? sql`${keys} where not ${secrecyOver}` : keys;
  }),
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
