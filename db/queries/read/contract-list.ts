import { and, desc, eq, sql } from 'drizzle-orm';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import type { ContractStatus } from '../../../domain/period/contract.ts';
import type { Executor } from '../../client.ts';
import { contracts, customers, plans } from '../../schema/index.ts';
import { contractDeletedOn } from '../customer/deleted-on.ts';
import { customerName } from '../customer/shown-name.ts';
import { COUNT_CAP, type ListQuery, listCondition } from './search.ts';

export interface ContractListRow {
  id: string;
  contractNumber: string;
  customerName: string;
  status: ContractStatus;
  kind: 'annual' | 'monthly';
  planName: string | null;
  concludedOn: CivilDate;
  endsOn: CivilDate | null;
  sandbox: boolean;
  /** The day on which the customer's data was deleted. */
  deletedOn: CivilDate | null;
}

/** One page of contracts, newest first, and the number of all (at most `COUNT_CAP`). */
export async function listContracts(
  db: Executor,
  query: ListQuery<ContractStatus>,
): Promise<{ rows: ContractListRow[]; count: number }> {
  const { id, status, contractNumber: number } = contracts;
  const where = listCondition(query, { id, status, number }, 'contract');
  const capped = db
    .select({ one: sql`1` })
    .from(contracts)
    .innerJoin(customers, eq(customers.id, contracts.customerId))
    .where(where)
    .limit(COUNT_CAP)
    .as('capped');
  const [rows, count] = await Promise.all([
    db
      .select({
        id: contracts.id,
        contractNumber: contracts.contractNumber,
        customerName,
        status: contracts.status,
        kind: contracts.kind,
        planName: plans.name,
        concludedOn: contracts.concludedOn,
        endsOn: contracts.endsOn,
        sandbox: contracts.sandbox,
        deletedOn: contractDeletedOn,
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
    db.$count(capped),
  ]);
  return { rows, count };
}
