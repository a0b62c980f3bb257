import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { Database } from '../../client.ts';
import { evidenceOwner, ownerOf } from '../../personal/owner.ts';
import { sealRow } from '../../personal/seal-row.ts';
import { contractFindings } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';
import { type NewCheck, recordChecks } from '../screening-list/checks.ts';

/** A match with an earlier decision comes with it. */
export type NewContractFinding = Omit<
  typeof contractFindings.$inferInsert,
  'id' | 'contractId' | 'rescreeningId' | 'taskId' | 'createdAt'
>;

/**
 * Stores the matches of a contract with the evidence of its screening; one that is there already stays as it is. Returns
 * the ids of the open ones that have no case yet, those of an interrupted run among them.
 */
export async function storeContractFindings(
  db: Database,
  input: { contractId: string; rescreeningId: string; found: NewContractFinding[]; checks: NewCheck[] },
): Promise<string[]> {
  const { contractId, rescreeningId, found, checks } = input;
  return db.transaction(async (tx) => {
    const ownerId = evidenceOwner(await ownerOf(tx, { subjectType: 'contract', subjectId: contractId }));
    const cause = `rescreening/${rescreeningId}`;
    await recordChecks(tx, { subjectType: 'contract', subjectId: contractId, cause }, checks);
    if (found.length === 0) return [];
    const stored = await tx
      .insert(contractFindings)
      .values(
        found.map((finding) => sealRow(contractFindings, ownerId, { ...finding, contractId, rescreeningId })),
      )
      .onConflictDoNothing()
      .returning({ id: contractFindings.id, status: contractFindings.status });
    if (stored.length > 0) {
      await recordAudit(tx, {
        actor: 'system',
        action: 'contract.rescreened',
        subjectType: 'contract',
        subjectId: contractId,
        after: { rescreeningId, findings: stored.length },
      });
    }
    // A case belongs to the run that opens it: what an interrupted run left without one goes over to this run.
    const open = await tx
      .update(contractFindings)
      .set({ rescreeningId })
      .where(
        and(
          eq(contractFindings.contractId, contractId),
          eq(contractFindings.status, 'open'),
          isNull(contractFindings.taskId),
        ),
      )
      .returning({ id: contractFindings.id });
    return open.map(({ id }) => id).toSorted();
  });
}

/** Notes the task of a case on its findings. */
export async function linkContractFindings(
  db: Database,
  { findingIds, taskId }: { findingIds: string[]; taskId: string },
): Promise<void> {
  await db
    .update(contractFindings)
    .set({ taskId })
    .where(and(inArray(contractFindings.id, findingIds), isNull(contractFindings.taskId)));
}
