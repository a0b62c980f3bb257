import { eq } from 'drizzle-orm';
import type { Executor } from '../../client.ts';
import { dataRequests, disclosures, watchCases } from '../../schema/index.ts';

type CaseSubject = { subjectType: 'contract' | 'application'; subjectId: string };

/** Whose data a request about data, a disclosure to an authority, or a case of the watchers is about; null for an unknown one. */
export async function caseSubject(
  db: Executor,
  kind: 'dataRequest' | 'disclosure' | 'watchCase',
  id: string,
): Promise<CaseSubject | null> {
  if (kind === 'dataRequest') {
    const [row] = await db
      .select({ subjectId: dataRequests.applicationId })
      .from(dataRequests)
      .where(eq(dataRequests.id, id));
    return row === undefined ? null : { subjectType: 'application', ...row };
  }
  const table = kind === 'disclosure' ? disclosures : watchCases;
  const [row] = await db.select({ subjectId: table.contractId }).from(table).where(eq(table.id, id));
  return row === undefined ? null : { subjectType: 'contract', ...row };
}
