import { eq } from 'drizzle-orm';
import type { Executor } from '../../client.ts';
import { tasks } from '../../schema/index.ts';

export type TaskRow = typeof tasks.$inferSelect;

/** One task, or null. */
export async function findTask(db: Executor, taskId: string): Promise<TaskRow | null> {
  const [row] = await db.select().from(tasks).where(eq(tasks.id, taskId));
  return row ?? null;
}
