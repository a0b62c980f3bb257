import { and, eq, isNull } from 'drizzle-orm';
import { groundOf } from '../../../domain/suspension/suspension-grounds.ts';
import type { Database } from '../../client.ts';
import { suspensions } from '../../schema/index.ts';
import { recordCarriedOut } from '../command/given.ts';

/** Notes the second person of a suspension that one person began (第15条). A repeat changes nothing. */
export async function confirmSuspension(
  db: Database,
  input: { suspensionId: string; staffId: string; commandId: string; decisionId: string; businessAt: Date },
): Promise<void> {
  const { suspensionId, staffId, commandId, businessAt } = input;
  await db.transaction(async (tx) => {
    const [confirmed] = await tx
      .update(suspensions)
      .set({ decidedBy: staffId, updatedAt: new Date() })
      .where(and(eq(suspensions.id, suspensionId), isNull(suspensions.decidedBy)))
      .returning({ ground: suspensions.ground, contractId: suspensions.contractId });
    if (confirmed === undefined) return;
    const { ground, contractId } = confirmed;
    const audit = {
      actor: staffId,
      action: 'suspension.confirmed' as const,
      clause: groundOf(ground)?.clause ?? '第15条',
      after: { suspensionId, ground },
      commandId,
      businessAt,
    };
    await recordCarriedOut(tx, { ...audit, subjectType: 'suspension', subjectId: suspensionId });
    if (contractId !== null) {
      await recordCarriedOut(tx, { ...audit, subjectType: 'contract', subjectId: contractId });
    }
  });
}
