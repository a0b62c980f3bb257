import { sql } from 'drizzle-orm';
import type { Executor } from '../../client.ts';

/** Days after the end before a missing deletion is taken for lost: the off-boarding starts it well before. */
const PATIENCE_DAYS = 14;

/** Ended contracts without a deletion, by the day in Japan or their own test clocks. */
export async function unstartedDeletions(
  db: Executor,
  input: { now: Date; limit: number },
): Promise<{ contractId: string; sandbox: boolean }[]> {
  const { now, limit } = input;
  const rows = await db.execute<{ id: string; sandbox: boolean }>(sql`
    select c.id, c.sandbox from contracts c
    where c.status in ('ended', 'terminated')
      and not exists (select 1 from deletions d where d.contract_id = c.id)
      and c.ends_on + ${PATIENCE_DAYS}::int <=
        ((${now.toISOString()}::timestamptz + c.clock_offset_ms * interval '1 millisecond') at time zone 'Asia/Tokyo')::date
    order by c.ends_on, c.id limit ${limit}`);
  return rows.map(({ id: contractId, sandbox }) => ({ contractId, sandbox }));
}
