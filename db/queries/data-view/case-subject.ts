import { eq } from 'drizzle-orm';
import type { Executor } from '../../client.ts';
import { dataRequests, disclosures } from '../../schema/index.ts';

type CaseSubject = { subjectType: 'contract' | 'application'; subjectId: string };

/** Whose data a request about data, or a disclosure to an authority, is about; null for an unknown one. */
export async function caseSubject(
  db: Executor,
  kind: 'dataRequest' | 'disclosure',
  id: string,
): Promise<CaseSubject | null> {
  if (kind === 'dataRequest') {
    const [row] = await db
      .select({ subjectId: dataRequests.applicationId })
      .from(dataRequests)
      .where(eq(dataRequests.id, id));
    return row === undefined ? null : { subjectType: 'application', ...row };
  }
  const [row] = await db
    .select({ subjectId: disclosures.contractId })
    .from(disclosures)
    .where(eq(disclosures.id, id));
  return row === undefined ? null : { subjectType: 'contract', ...row };
}
