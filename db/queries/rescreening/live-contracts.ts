import { and, asc, eq, gt, inArray } from 'drizzle-orm';
import { keysOf } from '../../../domain/base/keys.ts';
import { isLive } from '../../../domain/period/contract.ts';
import { STATUS } from '../../../domain/processes/index.ts';
import type { Executor } from '../../client.ts';
import { applications, contracts, customers, officers } from '../../schema/index.ts';
import { newestChanges } from '../officers/newest.ts';

/** A live contract as screening sees it: the customer, and its officers as they are now. */
export interface LiveContract {
  contractId: string;
  sandbox: boolean;
  company: {
    name: string;
    kana: string;
    address: string;
    phone: string;
    corporateNumber: string;
    officersText: string;
  };
  officers: { name: string; kana: string; birthDate: string; representative: boolean }[];
}

/** Contracts that are active or ending, in the order of their ids, live and sandbox. */
export const LIVE = inArray(contracts.status, keysOf(STATUS.contract).filter(isLive));

/** One page of live contracts after the cursor, or the one contract that is named. */
export async function liveContracts(
  db: Executor,
  query: { after: string | null; limit: number; contractId?: string },
): Promise<LiveContract[]> {
  const rows = await db
    .select({
      contractId: contracts.id,
      applicationId: contracts.applicationId,
      sandbox: contracts.sandbox,
      name: customers.name,
      kana: customers.kana,
      address: customers.address,
      phone: customers.phone,
      corporateNumber: customers.corporateNumber,
      officersText: applications.officersText,
    })
    .from(contracts)
    .innerJoin(customers, eq(customers.id, contracts.customerId))
    .innerJoin(applications, eq(applications.id, contracts.applicationId))
    .where(
      and(
        LIVE,
        query.after === null ? undefined : gt(contracts.id, query.after),
        query.contractId === undefined ? undefined : eq(contracts.id, query.contractId),
      ),
    )
    .orderBy(asc(contracts.id))
    .limit(query.limit);
  const people =
    rows.length === 0
      ? []
      : await db
          .select()
          .from(officers)
          .where(
            inArray(
              officers.applicationId,
              rows.map(({ applicationId }) => applicationId),
            ),
          )
          .orderBy(asc(officers.createdAt), asc(officers.id));
  const changes = await newestChanges(
    db,
    rows.map(({ contractId }) => contractId),
  );
  return rows.map(({ contractId, applicationId, sandbox, ...company }) => {
    const change = changes.get(contractId);
    return {
      contractId,
      sandbox,
      company: { ...company, officersText: change?.officersText ?? company.officersText },
      officers: people.filter(
        (person) => person.applicationId === applicationId && person.changeId === (change?.id ?? null),
      ),
    };
  });
}
