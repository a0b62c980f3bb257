import { eq } from 'drizzle-orm';
import { screeningProcess } from '../../../domain/processes/screening.ts';
import type { Database } from '../../client.ts';
import { evidenceOwner } from '../../personal/owner.ts';
import { seal } from '../../personal/tags.ts';
import { findings } from '../../schema/index.ts';
import { recordCarriedOut } from '../command/given.ts';
import { rememberDecision, wordsOfDecision } from '../screening-list/decisions.ts';

export interface DecideFindingInput {
  findingId: string;
  decisionId: string;
  verdict: 'confirmed' | 'released';
  staffId: string;
  commandId: string;
  businessAt: Date;
}

/**
 * A person confirms or releases a finding; the words come from the decision that the console wrote before. About a match
 * with a list the decision is remembered for as long as neither side changes.
 */
export async function decideFinding(db: Database, input: DecideFindingInput): Promise<void> {
  await db.transaction(async (tx) => {
    const decision = await wordsOfDecision(tx, input.decisionId);
    const [found] = await tx
      .select({ applicationId: findings.applicationId })
      .from(findings)
      .where(eq(findings.id, input.findingId));
    if (found === undefined) throw new Error(`finding ${input.findingId} does not exist`);
    const ownerId = evidenceOwner(found.applicationId);
    const [finding] = await tx
      .update(findings)
      .set({
        status: input.verdict,
        decidedBy: input.staffId,
        decidedAt: input.businessAt,
        decisionReason: seal(ownerId, decision.reason),
      })
      .where(eq(findings.id, input.findingId))
      .returning();
    if (finding === undefined) throw new Error(`finding ${input.findingId} does not exist`);
    await rememberDecision(tx, finding, {
      verdict: input.verdict,
      staffId: input.staffId,
      reason: decision.reason,
      at: input.businessAt,
      ownerId,
    });
    await recordCarriedOut(tx, {
      actor: input.staffId,
      action: screeningProcess.statuses.finding[input.verdict].audit,
      subjectType: 'application',
      subjectId: finding.applicationId,
      clause: '第4条4項',
      after: { findingId: input.findingId, ground: finding.ground },
      reasonCode: decision.reasonCode,
      commandId: input.commandId,
      businessAt: input.businessAt,
    });
  });
}
