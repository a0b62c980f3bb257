import { eq } from 'drizzle-orm';
import type { Database } from '../../client.ts';
import { decisions, findings } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';

export interface DecideFindingInput {
  findingId: string;
  decisionId: string;
  verdict: 'confirmed' | 'released';
  staffId: string;
  commandId: string;
  businessAt: Date;
}

/** A person confirms or releases a finding; the words come from the decision that the console wrote before. */
export async function decideFinding(db: Database, input: DecideFindingInput): Promise<void> {
  await db.transaction(async (tx) => {
    const [decision] = await tx
      .update(decisions)
      .set({ outcome: 'effective', effectiveAt: input.businessAt })
      .where(eq(decisions.id, input.decisionId))
      .returning();
    const [finding] = await tx
      .update(findings)
      .set({
        status: input.verdict,
        decidedBy: input.staffId,
        decidedAt: input.businessAt,
        decisionReason: decision?.reason ?? '',
      })
      .where(eq(findings.id, input.findingId))
      .returning({ applicationId: findings.applicationId, ground: findings.ground });
    if (finding === undefined) throw new Error(`finding ${input.findingId} does not exist`);
    await recordAudit(tx, {
      actor: input.staffId,
      action: `finding.${input.verdict}`,
      subjectType: 'application',
      subjectId: finding.applicationId,
      clause: '第4条4項',
      after: { findingId: input.findingId, ground: finding.ground },
      reasonCode: decision?.reasonCode ?? '',
      commandId: input.commandId,
      businessAt: input.businessAt,
    });
  });
}
