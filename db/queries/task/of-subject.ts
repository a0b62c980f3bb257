import { and, asc, eq } from 'drizzle-orm';
import type { Subject } from '../../../domain/desk/subjects.ts';
import type { Executor } from '../../client.ts';
import { tasks } from '../../schema/index.ts';
import type { TaskRow } from './find.ts';

/** The open tasks of a subject, the oldest first. */
export async function openTasksOf(db: Executor, subject: Subject): Promise<TaskRow[]> {
  return db
    .select()
    .from(tasks)
    .where(
      and(
        eq(tasks.subjectType, subject.subjectType),
        eq(tasks.subjectId, subject.subjectId),
        eq(tasks.status, 'open'),
      ),
    )
    .orderBy(asc(tasks.createdAt));
}
