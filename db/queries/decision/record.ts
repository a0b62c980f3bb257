import { eq } from 'drizzle-orm';
import { DECISIONS, type DecisionStage, type SubjectType } from '../../../domain/processes/index.ts';
import type { Database } from '../../client.ts';
import { ownerOf } from '../../personal/owner.ts';
import { sealRow } from '../../personal/seal-row.ts';
import { decisions } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';

export interface NewDecision {
  commandId: string;
  subjectType: SubjectType;
  subjectId: string;
  clause: string;
  taskId: string | null;
  /** A letter instead of a mail is written by `settleByPost`. */
  stage: Exclude<DecisionStage, 'delivery'>;
  verdict: string;
  reasonCode: string;
  reason: string;
  staffId: string;
}

/**
 * Writes a decision before its command goes to the workflow, once for each command id, and returns its id. Null when the
 * command id belongs to somebody else's decision or to one about something else.
 */
export async function recordDecision(db: Database, decision: NewDecision): Promise<string | null> {
  const { clause, ...values } = decision;
  const { subjectType, subjectId } = decision;
  return db.transaction(async (tx) => {
    const ownerId = await ownerOf(tx, decision);
    const [written] = await tx
      .insert(decisions)
      .values(sealRow(decisions, ownerId, values))
      .onConflictDoNothing()
      .returning({ id: decisions.id });
    if (written !== undefined) {
      await recordAudit(tx, {
        actor: decision.staffId,
        action: DECISIONS[decision.stage].audit,
        subjectType,
        subjectId,
        clause,
        after: { verdict: decision.verdict, taskId: decision.taskId },
        reasonCode: decision.reasonCode,
        commandId: decision.commandId,
      });
      return written.id;
    }
    const [earlier] = await tx.select().from(decisions).where(eq(decisions.commandId, decision.commandId));
    const same =
      earlier?.staffId === decision.staffId &&
      earlier.subjectId === subjectId &&
      earlier.taskId === decision.taskId &&
      earlier.verdict === decision.verdict;
    return same ? earlier.id : null;
  });
}
