import { and, eq } from 'drizzle-orm';
import type { Database } from '../../client.ts';
import { tasks } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';

/** A task that asks for nothing but a look is done, with its audit entry. False when it was closed meanwhile. */
export async function acknowledgeTask(
  db: Database,
  input: { taskId: string; subjectId: string; staffId: string; commandId: string; at: Date },
): Promise<boolean> {
  const { taskId, subjectId, staffId, commandId, at } = input;
  return db.transaction(async (tx) => {
    const closed = await tx
      .update(tasks)
      .set({ status: 'done', doneAt: at })
      .where(and(eq(tasks.id, taskId), eq(tasks.subjectId, subjectId), eq(tasks.status, 'open')))
      .returning({ kind: tasks.kind, subjectType: tasks.subjectType });
    const [task] = closed;
    if (task === undefined) return false;
    await recordAudit(tx, {
      actor: staffId,
      action: 'task.acknowledged',
      subjectType: task.subjectType,
      subjectId,
      after: { taskId, kind: task.kind },
      commandId,
    });
    return true;
  });
}
