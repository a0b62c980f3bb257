import { and, desc, eq } from 'drizzle-orm';
import { keysOf } from '../../../domain/base/keys.ts';
import type { Subject } from '../../../domain/desk/subjects.ts';
import { DECISIONS, type DecisionStage, type SubjectType } from '../../../domain/processes/index.ts';
import type { Executor } from '../../client.ts';
import { ownerOf } from '../../personal/owner.ts';
import { sealRow } from '../../personal/seal-row.ts';
import { decisions } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';

export interface NewDecision {
  id: string;
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

export type DecisionRow = typeof decisions.$inferSelect;

/** Writes a decision with its words, in the transaction that stores its command; the answer to that says what became of it. */
export async function recordDecision(tx: Executor, { clause, ...values }: NewDecision): Promise<void> {
  const { subjectType, subjectId, stage, verdict, taskId, reasonCode, commandId } = values;
  await tx.insert(decisions).values(sealRow(decisions, await ownerOf(tx, values), values));
  await recordAudit(tx, {
    actor: values.staffId,
    action: actionOf(stage, verdict),
    subjectType,
    subjectId,
    clause,
    after: { verdict, taskId },
    reasonCode,
    commandId,
  });
}

/** What the audit log says of a verdict. Throws for one that is not declared. */
function actionOf(stage: NewDecision['stage'], verdict: string) {
  const { audit } = DECISIONS[stage];
  if (typeof audit === 'string') return audit;
  const action = keysOf(audit).find((each) => each === verdict);
  if (action === undefined)
    throw new Error(`the audit log has no words for the verdict ${verdict} of ${stage}`);
  return audit[action];
}

/** The decision behind a command, or null. */
export async function findDecision(db: Executor, commandId: string): Promise<DecisionRow | null> {
  const [row] = await db.select().from(decisions).where(eq(decisions.commandId, commandId));
  return row ?? null;
}

/** The last decision on a subject that took effect, or null. */
export async function lastDecision(db: Executor, subject: Subject): Promise<DecisionRow | null> {
  const { subjectType, subjectId } = subject;
  const [row] = await db
    .select()
    .from(decisions)
    .where(
      and(
        eq(decisions.subjectType, subjectType),
        eq(decisions.subjectId, subjectId),
        eq(decisions.outcome, 'effective'),
      ),
    )
    .orderBy(desc(decisions.createdAt))
    .limit(1);
  return row ?? null;
}
