import { and, eq } from 'drizzle-orm';
import type { TaskKind } from '../../../domain/tasks.ts';
import type { Executor } from '../../client.ts';
import { tasks } from '../../schema/index.ts';

export type TaskRow = typeof tasks.$inferSelect;

/** One task, or null. */
export async function findTask(db: Executor, taskId: string): Promise<TaskRow | null> {
  const [row] = await db.select().from(tasks).where(eq(tasks.id, taskId));
  return row ?? null;
}

/** The open task of a kind about a subject, or null. */
export async function findOpenTask(
  db: Executor,
  subject: { subjectId: string; kind: TaskKind },
): Promise<TaskRow | null> {
  const [row] = await db
    .select()
    .from(tasks)
    .where(
      and(eq(tasks.subjectId, subject.subjectId), eq(tasks.kind, subject.kind), eq(tasks.status, 'open')),
    );
  return row ?? null;
}
