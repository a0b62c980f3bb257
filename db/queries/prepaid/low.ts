import { and, asc, eq, exists, lt, not, sql } from 'drizzle-orm';
import type { Executor } from '../../client.ts';
import { contacts, contracts, mails } from '../../schema/index.ts';
import { LIVE } from '../rescreening/live-contracts.ts';

/** How many top-ups a contract was credited with: a warning is sent once for each. */
const credits = sql<number>`(select count(*) from prepaid_ledger l where l.contract_id = ${contracts.id} and l.kind in ('opening', 'topUp'))`;

const lowBalanceKey = (contractId: string, topUps: number) => `prepaid-low/${contractId}/${topUps}`;

/** Live contracts that prepay, have a contact, and whose balance is below the line and not yet told since the last top-up. */
export async function lowBalances(
  db: Executor,
  query: { sandbox: boolean; belowYen: number; limit: number },
): Promise<{ contractId: string; key: string }[]> {
  if (query.belowYen === 0) return [];
  const told = exists(
    db
      .select({ id: mails.id })
      .from(mails)
      .where(eq(mails.key, sql`'prepaid-low/' || ${contracts.id}::text || '/' || ${credits}`)),
  );
  const rows = await db
    .select({ contractId: contracts.id, topUps: credits.mapWith(Number) })
    .from(contracts)
    .innerJoin(contacts, eq(contacts.contractId, contracts.id))
    .where(
      and(
        ...[eq(contracts.sandbox, query.sandbox), eq(contracts.communicationPayment, 'prepaid')],
        ...[LIVE, lt(contracts.prepaidBalanceYen, query.belowYen)],
        ...[sql`${credits} > 0`, not(told)],
      ),
    )
    .orderBy(asc(contracts.id))
    .limit(query.limit);
  return rows.map(({ contractId, topUps }) => ({ contractId, key: lowBalanceKey(contractId, topUps) }));
}
