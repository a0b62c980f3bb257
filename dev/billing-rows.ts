import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import postgres from 'postgres';
import type { Database } from '../db/client.ts';
import { type BillingRunStatus, billingRuns, contracts } from '../db/schema/index.ts';
import { civilDate } from '../domain/calendar/civil-date.ts';
import { insertContractRows } from './contract-rows.ts';

/** Contracts of all kinds: a third monthly, some with licences above the plan's, a fifth with a month of usage. */
export async function plantMixedContracts(db: Database, count: number, prefix: string): Promise<void> {
  await insertContractRows(db, count, { prefix });
  const mine = sql`contract_number like ${`${prefix}-%`}`;
  await db.execute(sql`update contracts set
    kind = case when abs(hashtext(contract_number)) % 3 = 0 then 'monthly' else 'annual' end,
    licences = 1 + abs(hashtext(contract_number)) % 40 where ${mine}`);
  await db.execute(sql`insert into usage_events
    (contract_id, source_id, occurred_at, used_on, category, quantity, received_on)
    select id, contract_number || '/' || n, date '2026-04-01' + n, date '2026-04-01' + n, 'sms', '7.5', '2026-05-01'
    from contracts, generate_series(1, 20) n where ${mine} and abs(hashtext(contract_number)) % 5 = 0`);
}

/** Moves a run past the people who decide, for measurements. */
export async function setRunStatus(db: Database, runId: string, status: BillingRunStatus): Promise<void> {
  await db.update(billingRuns).set({ status }).where(eq(billingRuns.id, runId));
}

/** So that no later run looks at what is there. */
export async function endEverything(db: Database): Promise<void> {
  await db.update(contracts).set({ endsOn: civilDate('2020-01-31') });
}

/** The rows that a run left, papers and audit entries, put into tables alike by pages of a size; the seconds of the inserts alone. */
export async function bareInserts(ownerUrl: string, runId: string, page: number): Promise<number> {
  const client = postgres(ownerUrl, { max: 2, onnotice: () => undefined });
  try {
    let seconds = 0;
    for (const [table, where] of [
      ['papers', client`run_id = ${runId}`],
      [
        'audit_entries',
        client`action = 'paper.issued' and after->>'paperId' in (select id::text from papers where run_id = ${runId})`,
      ],
    ] as const) {
      const copy = `bare_${table}_${randomUUID().slice(0, 8)}`;
      await client`create table ${client(copy)} (like ${client(table)} including all)`;
      const rows = await client`select * from ${client(table)} where ${where}`;
      const beganMs = performance.now();
      for (let from = 0; from < rows.length; from += page) {
        await client`insert into ${client(copy)} ${client(rows.slice(from, from + page))}`;
      }
      seconds += (performance.now() - beganMs) / 1000;
    }
    return seconds;
  } finally {
    await client.end();
  }
}
