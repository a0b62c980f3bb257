import { and, eq } from 'drizzle-orm';
import type { Executor } from '../../client.ts';
import { tasks } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';
import { closeTask } from '../task/close.ts';
import { openWatchedTask } from '../task/open.ts';
import { countTold } from './rounds.ts';

/**
 * Keeps the one task for all differences: opened with the first that is told, closed when the last is gone. `roundId`: the
 * round that it is opened in.
 */
export async function keepReconciliationTask(
  tx: Executor,
  { roundId, taskId, now }: { roundId: string; taskId: string; now: Date },
): Promise<void> {
  const told = await countTold(tx);
  const [open] = await tx
    .select({ id: tasks.id, subjectId: tasks.subjectId })
    .from(tasks)
    .where(and(eq(tasks.kind, 'reconciliation'), eq(tasks.status, 'open')));
  if (told > 0 === (open !== undefined)) return;
  const common = { actor: 'system', subjectType: 'reconciliation' as const, businessAt: now };
  if (open !== undefined) {
    await closeTask(tx, open.id, 'done');
    await recordAudit(tx, { ...common, action: 'reconciliation.agrees', subjectId: open.subjectId });
    return;
  }
  await openWatchedTask(tx, {
    ...{ taskId, kind: 'reconciliation', subjectType: 'reconciliation', subjectId: roundId },
    ...{ involved: [], sandbox: false, openedAt: now },
  });
  await recordAudit(tx, {
    ...{ ...common, action: 'reconciliation.differs', subjectId: roundId },
    after: { told },
  });
}
