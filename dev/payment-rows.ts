import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import postgres from 'postgres';
import type { Database } from '../db/client.ts';
import { billingRuns, contracts, customers } from '../db/schema/index.ts';
import { civilDate } from '../domain/calendar/civil-date.ts';

/** An open invoice as a measurement knows it. */
export interface OpenRow {
  paperId: string;
  customerId: string;
  number: string;
  amountYen: number;
}

/** Gives the customers of contracts names of their own, under which they pay; the customers' ids, in the order of the contracts. */
export async function renameCustomers(
  db: Database,
  contractIds: readonly string[],
  kanaOf: (customerId: string, n: number) => string,
): Promise<string[]> {
  const customerIds: string[] = [];
  for (const [n, contractId] of contractIds.entries()) {
    const [row] = await db
      .select({ customerId: contracts.customerId })
      .from(contracts)
      .where(eq(contracts.id, contractId));
    const customerId = row?.customerId ?? '';
    await db
      .update(customers)
      .set({ kana: kanaOf(customerId, n) })
      .where(eq(customers.id, customerId));
    customerIds.push(customerId);
  }
  return customerIds;
}

/** One open invoice for each contract, as rows alone, in their order; each of another amount. */
export async function plantOpenInvoices(db: Database, contractIds: readonly string[]): Promise<OpenRow[]> {
  const runId = randomUUID();
  await db.insert(billingRuns).values({
    ...{ id: runId, runOn: civilDate('2026-11-10'), sandbox: true, status: 'issued', startedBy: 'system' },
  });
  const rows = await db.execute<{ paper_id: string; customer_id: string; number: string; yen: string }>(sql`
    with planted as (
      insert into papers (run_id, contract_id, type, status, recipient, payer, delivered_by, issued_on, due_on, period_from,
        period_to, lines, net_yen, tax_yen, total_yen, tax_rounding, series, year, position, number, issued_at, drawn_at, sandbox)
      select ${runId}, c.id, 'invoice', 'issued', 'customer', 'customer', 'operator', '2026-11-10', '2026-11-30', '2026-12-01',
        '2026-12-31', '[]', 10000 + c.n, 0, 10000 + c.n, 'floor', 'INV', 2026, c.n, 'TEST-INV-2026-' || lpad(c.n::text, 6, '0'),
        now(), now(), true
      from unnest(string_to_array(${contractIds.join(',')}, ',')::uuid[]) with ordinality as c(id, n)
      returning id, contract_id, number, total_yen, position)
    select p.id as paper_id, c.customer_id, p.number, p.total_yen as yen
    from planted p join contracts c on c.id = p.contract_id order by p.position`);
  return rows.map(({ paper_id: paperId, customer_id: customerId, number, yen }) => ({
    ...{ paperId, customerId, number, amountYen: Number(yen) },
  }));
}

interface Joined {
  lines: readonly { amountYen: number; reference: string | null }[];
  /** The name of each line, ready to be compared. */
  cores: readonly string[];
  /** The same of the n-th payer. */
  names: (n: number) => string;
  payers: readonly OpenRow[];
}

/** The same lines joined with what is open over indexes, plain names and numbers with exact amounts, by postgres.js alone. */
export async function bareJoin(url: string, { lines, cores, names, payers }: Joined) {
  const client = postgres(url, { max: 1, onnotice: () => undefined });
  await client`create table bench_names (core text not null, customer_id uuid not null)`;
  const rows = payers.map(({ customerId }, n) => ({ core: names(n), customer_id: customerId }));
  for (let from = 0; from < rows.length; from += 5_000) {
    await client`insert into bench_names ${client(rows.slice(from, from + 5_000))}`;
  }
  await client`create index on bench_names (core)`;
  await client`analyze bench_names`;
  return {
    join: async (): Promise<{ seconds: number; pairs: number }> => {
      const beganMs = performance.now();
      const pairs = await client`
        with l as (
          select * from unnest(${cores}::text[], ${lines.map(({ reference }) => reference ?? '')}::text[],
            ${lines.map(({ amountYen }) => String(amountYen))}::text[]::bigint[]) with ordinality as l(core, reference, yen, place))
        select l.place, p.id from l
        join bench_names n on n.core = l.core
        join contracts c on c.customer_id = n.customer_id
        join papers p on p.contract_id = c.id and p.status = 'issued'
        where l.reference = ''
          and p.total_yen - coalesce((select sum(a.amount_yen) from allocations a where a.paper_id = p.id), 0) = l.yen
        union all
        select l.place, p.id from l
        join papers p on regexp_replace(p.number, '[^0-9A-Z]', '', 'g') = l.reference and p.status = 'issued'
        where p.total_yen - coalesce((select sum(a.amount_yen) from allocations a where a.paper_id = p.id), 0) = l.yen`;
      return { seconds: (performance.now() - beganMs) / 1000, pairs: pairs.length };
    },
    end: () => client.end(),
  };
}
