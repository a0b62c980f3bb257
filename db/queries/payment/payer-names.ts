import { and, eq, sql } from 'drizzle-orm';
import { payerCore } from '../../../domain/billing/payer-kana.ts';
import type { Executor, Transaction } from '../../client.ts';
import { keyedDigests } from '../../personal/tags.ts';
import { customers, payerNames } from '../../schema/index.ts';

const AT_ONCE = 1_000;

/**
 * Makes the registered names follow the customers: those that are new, and those whose kana was changed since. `md5` is of what is
 * stored, so that nothing has to be decrypted to see that nothing changed.
 */
export async function refreshPayerNames(db: Executor): Promise<void> {
  for (let changed = AT_ONCE; changed === AT_ONCE; ) {
    changed = await db.transaction(async (tx) => {
      const rows = await tx
        .select({
          payer: sql<string>`${customers.id}::text`,
          kana: customers.kana,
          mark: sql<string>`md5(${customers.kana})`,
          sandbox: customers.sandbox,
        })
        .from(customers)
        .leftJoin(
          payerNames,
          and(eq(payerNames.payer, sql`${customers.id}::text`), eq(payerNames.source, 'registered')),
        )
        .where(sql`${payerNames.mark} is distinct from md5(${customers.kana})`)
        .limit(AT_ONCE);
      if (rows.length === 0) return 0;
      const cores = rows.map(({ kana }) => payerCore(kana));
      await tx.execute(sql`
        insert into payer_names (payer, source, digest, mark, sandbox)
        select r.payer, 'registered', case when r.empty then null else r.digest end, r.mark, r.sandbox
        from unnest(
          ${textArray(rows.map(({ payer }) => payer))}::text[],
          string_to_array(${keyedDigests(cores)}::text, ',')::bigint[],
          ${textArray(rows.map(({ mark }) => mark))}::text[],
          ${textArray(rows.map(({ sandbox }) => String(sandbox)))}::boolean[],
          ${textArray(cores.map((core) => String(core === '')))}::boolean[]
        ) as r(payer, digest, mark, sandbox, empty)
        on conflict (payer) where source = 'registered' do update
        set digest = excluded.digest, mark = excluded.mark`);
      return rows.length;
    });
  }
}

const textArray = (texts: readonly string[]) => sql`string_to_array(${texts.join(',')}, ',')`;

/** Payers by the cores of names: registered or learned. A core that nobody has is absent. */
export async function payersOfCores(
  db: Executor,
  { cores, sandbox }: { cores: readonly string[]; sandbox: boolean },
): Promise<Map<string, string[]>> {
  const asked = [...new Set(cores)].filter((core) => core !== '');
  if (asked.length === 0) return new Map();
  const rows = await db.execute<{ place: number; payer: string }>(sql`
    select distinct d.place::int as place, n.payer
    from unnest(string_to_array(${keyedDigests(asked)}::text, ',')::bigint[]) with ordinality as d(digest, place)
    join payer_names n on n.digest = d.digest and n.sandbox = ${sandbox}
    order by 1, 2`);
  const found = new Map<string, string[]>();
  for (const { place, payer } of rows) {
    const core = asked[place - 1] ?? '';
    found.set(core, [...(found.get(core) ?? []), payer]);
  }
  return found;
}

/** Remembers the name of a payment for its payer; a repeat changes nothing. */
export async function learnPayerName(
  tx: Transaction,
  input: { payer: string; core: string; lineId: string; learnedBy: string; sandbox: boolean },
): Promise<void> {
  const { core, ...row } = input;
  await tx
    .insert(payerNames)
    .values({ ...row, source: 'learned', digest: sql`${keyedDigests([core])}::text::bigint` })
    .onConflictDoNothing();
}
