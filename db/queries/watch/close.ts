import { eq } from 'drizzle-orm';
import { groundOf } from '../../../domain/suspension/suspension-grounds.ts';
import type { Database } from '../../client.ts';
import { ownerOf } from '../../personal/owner.ts';
import { seal } from '../../personal/tags.ts';
import { tasks, type WatchOutcome, watchCases } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';

/**
 * Closes a case with what a person made of it, and its task; false where somebody closed it before. What matches from now on
 * opens a new case.
 */
export async function closeWatchCase(
  db: Database,
  input: { id: string; outcome: WatchOutcome; reason: string; staffId: string; commandId: string; at: Date },
): Promise<boolean> {
  const { id, outcome, reason, staffId, commandId, at } = input;
  return db.transaction(async (tx) => {
    const [row] = await tx.select().from(watchCases).where(eq(watchCases.id, id)).for('update');
    if (row === undefined || row.status === 'closed') return false;
    const owner = await ownerOf(tx, { subjectType: 'contract', subjectId: row.contractId });
    const closed = {
      status: 'closed' as const,
      outcome,
      reason: seal(owner, reason),
      closedBy: staffId,
      closedAt: at,
    };
    await tx.update(watchCases).set(closed).where(eq(watchCases.id, id));
    await tx.update(tasks).set({ status: 'done', doneAt: at }).where(eq(tasks.id, row.taskId));
    await recordAudit(tx, {
      ...{ actor: staffId, action: 'usageCase.closed', subjectType: 'watchCase', subjectId: id, commandId },
      clause: groundOf(row.clause)?.clause ?? '第18条2項',
      after: { outcome },
    });
    return true;
  });
}
