import { and, desc, eq, inArray } from 'drizzle-orm';
import type { Executor } from '../../client.ts';
import { contracts, documents, requests } from '../../schema/index.ts';
import { listApplications } from './application-list.ts';
import { listContracts } from './contract-list.ts';
import { listCondition } from './search.ts';

/** Documents and requests are looked for among those of so many found contracts: a name that half of them share tells nothing. */
const CONTRACTS_LOOKED_AT = 200;

/** What a text finds of each sort, the newest `limit` of each; nothing of a sort that is not `sought`. */
export async function searchEverything(
  db: Executor,
  text: string,
  limit: number,
  sought: { applications: boolean; documents: boolean },
) {
  const list = { status: null, text, limit, offset: 0 };
  const { id, status, contractNumber: number } = contracts;
  const found = db
    .select({ id })
    .from(contracts)
    .where(listCondition({ status: null, text }, { id, status, number }, 'contract'))
    .limit(CONTRACTS_LOOKED_AT);
  const [contractList, applicationList, documentRows, requestRows] = await Promise.all([
    listContracts(db, list),
    sought.applications ? listApplications(db, list) : { rows: [], count: 0 },
    sought.documents
      ? db
          .select()
          .from(documents)
          .where(and(eq(documents.subjectType, 'contract'), inArray(documents.subjectId, found)))
          .orderBy(desc(documents.documentOn), desc(documents.id))
          .limit(limit)
      : [],
    db
      .select()
      .from(requests)
      .where(inArray(requests.contractId, found))
      .orderBy(desc(requests.createdAt), desc(requests.id))
      .limit(limit),
  ]);
  return {
    contracts: contractList,
    applications: applicationList,
    documents: documentRows,
    requests: requestRows,
  };
}
