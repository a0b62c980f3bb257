import { and, asc, eq } from 'drizzle-orm';
import type { Subject } from '../../../domain/desk/subjects.ts';
import type { TaskKind } from '../../../domain/processes/index.ts';
import type { Executor } from '../../client.ts';
import { tasks } from '../../schema/index.ts';

export type TaskRow = typeof tasks.$inferSelect;

/** One task, or null. */
export async function findTask(db: Executor, taskId: string): Promise<TaskRow | null> {
  const [row] = await db.select().from(tasks).where(eq(tasks.id, taskId));
  return row ?? null;
}

/** The open tasks of a subject, oldest first. */
export async function openTasksOf(db: Executor, { subjectType, subjectId }: Subject): Promise<TaskRow[]> {
  return db
    .select()
    .from(tasks)
    .where(and(eq(tasks.subjectType, subjectType), eq(tasks.subjectId, subjectId), eq(tasks.status, 'open')))
    .orderBy(asc(tasks.createdAt));
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
