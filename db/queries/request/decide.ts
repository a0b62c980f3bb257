import { eq } from 'drizzle-orm';
import type { Database } from '../../client.ts';
import { ownerOf } from '../../personal/owner.ts';
import { sealRow } from '../../personal/seal-row.ts';
import { decisions } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';

export interface RequestDecision {
  commandId: string;
  contractId: string;
  requestId: string;
  taskId: string;
  verdict: 'confirm' | 'reject';
  reason: string;
  staffId: string;
}

/**
 * Writes the second person's decision on a request before its command goes to the workflow, once for each command id, and
 * returns its id. Null when the command id belongs to another decision.
 */
export async function recordRequestDecision(db: Database, input: RequestDecision): Promise<string | null> {
  const { contractId, requestId, ...values } = input;
  return db.transaction(async (tx) => {
    const subject = { subjectType: 'contract', subjectId: contractId } as const;
    const row = { ...values, ...subject, stage: 'request' as const, reasonCode: 'secondPerson' };
    const [written] = await tx
      .insert(decisions)
      .values(sealRow(decisions, await ownerOf(tx, subject), row))
      .onConflictDoNothing()
      .returning({ id: decisions.id });
    if (written !== undefined) {
      await recordAudit(tx, {
        actor: input.staffId,
        action: input.verdict === 'confirm' ? 'request.confirmed' : 'request.rejected',
        subjectType: 'contract',
        subjectId: contractId,
        after: { requestId, verdict: input.verdict },
        commandId: input.commandId,
      });
      return written.id;
    }
    const [earlier] = await tx.select().from(decisions).where(eq(decisions.commandId, input.commandId));
    const same =
      earlier?.staffId === input.staffId &&
      earlier.taskId === input.taskId &&
      earlier.verdict === input.verdict;
    return same ? earlier.id : null;
  });
}
