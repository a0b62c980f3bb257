import { eq } from 'drizzle-orm';
import type { SubjectType } from '../../domain/processes/index.ts';
import type { Executor } from '../client.ts';
import { nameUuid } from '../name-uuid.ts';
import { contracts } from '../schema/index.ts';

/**
 * Under whose key personal data about a subject is stored. A contract has the key of its application, so that both go
 * together; whatever else a record is about has one of its own.
 */
export async function ownerOf(
  tx: Executor,
  { subjectType, subjectId }: { subjectType: SubjectType; subjectId: string },
): Promise<string> {
  if (subjectType !== 'contract') return subjectId;
  const [contract] = await tx
    .select({ applicationId: contracts.applicationId })
    .from(contracts)
    .where(eq(contracts.id, subjectId));
  if (contract === undefined) throw new Error(`contract ${subjectId} does not exist`);
  return contract.applicationId;
}

/**
 * Under whose key the evidence of screening an application and its contract is stored: it outlives the rest of the
 * customer's data (policy `retention.screeningDays`), so it has a key of its own that is destroyed then.
 */
export const evidenceOwner = (applicationId: string): string =>
  nameUuid(`screening evidence/${applicationId}`);
