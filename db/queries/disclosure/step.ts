import { asc, eq } from 'drizzle-orm';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import { type DisclosureOutcome, stageOf, stepProblem } from '../../../domain/data/disclosure.ts';
import type { AuditAction } from '../../../domain/processes/index.ts';
import type { Database } from '../../client.ts';
import { ownerOf } from '../../personal/owner.ts';
import { sealRow } from '../../personal/seal-row.ts';
import { disclosureFiles, disclosureSteps, disclosures } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';

export interface NewDisclosureStep {
  commandId: string;
  disclosureId: string;
  outcome: DisclosureOutcome;
  happenedOn: CivilDate;
  staffId: string;
  recipient: string;
  note: string;
  files: { fileName: string; sha256: string; bytes: number }[];
}

const ACTIONS = {
  approved: 'disclosure.approved',
  refused: 'disclosure.refused',
  handedOver: 'disclosure.handedOver',
  told: 'disclosure.told',
  notTold: 'disclosure.notTold',
} as const satisfies Record<DisclosureOutcome, AuditAction>;

/** Adds a step to a disclosure. A text is the reason why not; a repeated command is the step that is there. */
export async function recordDisclosureStep(db: Database, input: NewDisclosureStep): Promise<string | null> {
  const { files, ...values } = input;
  const { disclosureId, outcome, staffId } = input;
  return db.transaction(async (tx) => {
    // Only added to, so there is no row to lock: two steps of the same kind meet at the unique index.
    const [disclosure] = await tx.select().from(disclosures).where(eq(disclosures.id, disclosureId));
    if (disclosure === undefined) return 'この開示の記録は見つかりません。';
    const steps = await tx
      .select()
      .from(disclosureSteps)
      .where(eq(disclosureSteps.disclosureId, disclosureId))
      .orderBy(asc(disclosureSteps.createdAt));
    if (steps.some((step) => step.commandId === input.commandId)) return null;
    const outcomes = steps.map((step) => step.outcome);
    const problem = stepProblem({ requestedBy: disclosure.requestedBy, outcomes }, { outcome, staffId });
    if (problem !== null) return problem;
    const ownerId = await ownerOf(tx, { subjectType: 'contract', subjectId: disclosure.contractId });
    const [written] = await tx
      .insert(disclosureSteps)
      .values(sealRow(disclosureSteps, ownerId, { ...values, stage: stageOf(outcome) }))
      .onConflictDoNothing()
      .returning({ id: disclosureSteps.id });
    if (written === undefined) return 'この手続きは、別の担当者がいま記録しました。';
    for (const file of files) {
      await tx
        .insert(disclosureFiles)
        .values(sealRow(disclosureFiles, ownerId, { ...file, stepId: written.id }));
    }
    await recordAudit(tx, {
      actor: staffId,
      action: ACTIONS[outcome],
      subjectType: 'contract',
      subjectId: disclosure.contractId,
      after: { disclosureId, sha256: files.map(({ sha256 }) => sha256) },
      commandId: input.commandId,
    });
    return null;
  });
}
