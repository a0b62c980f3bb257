import { and, desc, eq, or, type SQL, sql } from 'drizzle-orm';
import type { ContractStatus } from '../../../domain/contract.ts';
import { normaliseCorporateNumber } from '../../../domain/input/numbers.ts';
import type { Executor } from '../../client.ts';
import { foundByText } from '../../personal/search-index.ts';
import { contracts, customers, plans } from '../../schema/index.ts';
import { COUNT_CAP, containsFolded } from './search.ts';

export interface ContractListRow {
  id: string;
  contractNumber: string;
  customerName: string;
  status: ContractStatus;
  kind: 'annual' | 'monthly';
  planName: string | null;
  concludedOn: string;
  endsOn: string | null;
  sandbox: boolean;
}

/** One page of contracts, newest first, and the number of all (at most `COUNT_CAP`); `text` as for applications. */
export async function listContracts(
  db: Executor,
  query: { status: ContractStatus | null; text: string; limit: number; offset: number },
): Promise<{ rows: ContractListRow[]; count: number }> {
  const where = and(
    query.status === null ? undefined : eq(contracts.status, query.status),
    textCondition(query.text),
  );
  const capped = db
    .select({ one: sql`1` })
    .from(contracts)
    .innerJoin(customers, eq(customers.id, contracts.customerId))
    .where(where)
    .limit(COUNT_CAP)
    .as('capped');
  const [rows, [counted]] = await Promise.all([
    db
      .select({
        id: contracts.id,
        contractNumber: contracts.contractNumber,
        customerName: customers.name,
        status: contracts.status,
        kind: contracts.kind,
        planName: plans.name,
        concludedOn: contracts.concludedOn,
        endsOn: contracts.endsOn,
        sandbox: contracts.sandbox,
      })
      .from(contracts)
      .innerJoin(customers, eq(customers.id, contracts.customerId))
      .leftJoin(
        plans,
        and(eq(plans.catalogueVersion, contracts.catalogueVersion), eq(plans.code, contracts.planCode)),
      )
      .where(where)
      .orderBy(desc(contracts.createdAt), desc(contracts.id))
      .limit(query.limit)
      .offset(query.offset),
    db.select({ count: sql<number>`count(*)::int` }).from(capped),
  ]);
  return { rows, count: counted?.count ?? 0 };
}

function textCondition(text: string): SQL | undefined {
  if (text === '') return undefined;
  return or(
    containsFolded(contracts.contractNumber, text),
    foundByText('contract', contracts.id, text),
    eq(customers.corporateNumber, normaliseCorporateNumber(text)),
  );
}
