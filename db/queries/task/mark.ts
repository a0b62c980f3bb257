import { eq } from 'drizzle-orm';
import type { Database } from '../../client.ts';
import { tasks } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';

/** Notes that a task was reminded of or escalated. */
export async function markTask(
  db: Database,
  taskId: string,
  stage: 'reminder' | 'escalation',
  at: Date,
): Promise<void> {
  await db.transaction(async (tx) => {
    await tx
      .update(tasks)
      .set(stage === 'reminder' ? { remindedAt: at } : { escalatedAt: at })
      .where(eq(tasks.id, taskId));
    await recordAudit(tx, {
      actor: 'system',
      action: stage === 'reminder' ? 'task.reminder' : 'task.escalation',
      subjectType: 'task',
      subjectId: taskId,
      businessAt: at,
    });
  });
}
