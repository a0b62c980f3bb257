import { eq } from 'drizzle-orm';
import { screeningProcess } from '../../../domain/processes/screening.ts';
import type { Database } from '../../client.ts';
import { evidenceOwner } from '../../personal/owner.ts';
import { seal } from '../../personal/tags.ts';
import { contractFindings, contracts } from '../../schema/index.ts';
import { recordCarriedOut } from '../command/given.ts';
import { rememberDecision, wordsOfDecision } from '../screening-list/decisions.ts';

export interface DecideContractFindingInput {
  findingId: string;
  decisionId: string;
  verdict: 'confirmed' | 'released';
  staffId: string;
  commandId: string;
  businessAt: Date;
}

/** A person confirms or releases a match of a contract; the decision is remembered until subject or entry changes. */
export async function decideContractFinding(db: Database, input: DecideContractFindingInput): Promise<void> {
  const { findingId, verdict, staffId, businessAt } = input;
  await db.transaction(async (tx) => {
    const { reason, reasonCode } = await wordsOfDecision(tx, input.decisionId);
    const [found] = await tx
      .select({ applicationId: contracts.applicationId })
      .from(contractFindings)
      .innerJoin(contracts, eq(contracts.id, contractFindings.contractId))
      .where(eq(contractFindings.id, findingId));
    if (found === undefined) throw new Error(`contract finding ${findingId} does not exist`);
    const ownerId = evidenceOwner(found.applicationId);
    const decisionReason = seal(ownerId, reason);
    const [finding] = await tx
      .update(contractFindings)
      .set({ status: verdict, decidedBy: staffId, decidedAt: businessAt, decisionReason })
      .where(eq(contractFindings.id, findingId))
      .returning();
    if (finding === undefined) throw new Error(`contract finding ${findingId} does not exist`);
    await rememberDecision(tx, finding, { verdict, staffId, reason, at: businessAt, ownerId });
    await recordCarriedOut(tx, {
      actor: staffId,
      action: screeningProcess.statuses.finding[verdict].audit,
      subjectType: 'contract',
      subjectId: finding.contractId,
      clause: finding.clauses,
      after: { findingId, ground: finding.ground },
      reasonCode,
      commandId: input.commandId,
      businessAt,
    });
  });
}
