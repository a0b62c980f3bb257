import { and, eq } from 'drizzle-orm';
import type { Executor } from '../../client.ts';
import { tasks } from '../../schema/index.ts';

/** Closes an open task; a closed one stays as it is. */
export async function closeTask(db: Executor, taskId: string, outcome: 'done' | 'cancelled'): Promise<void> {
  await db
    .update(tasks)
    .set({ status: outcome, doneAt: new Date() })
    .where(and(eq(tasks.id, taskId), eq(tasks.status, 'open')));
}
