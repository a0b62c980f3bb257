import type { TaskReason } from '../../../domain/desk/tasks.ts';
import { type SubjectType, TASKS } from '../../../domain/processes/index.ts';
import type { Executor } from '../../client.ts';
import { tasks } from '../../schema/index.ts';

export type OpenTaskInput = TaskReason & {
  taskId: string;
  subjectType: SubjectType;
  subjectId: string;
  excludedStaff: string[];
  /** Only of a mail for which a workflow waits. */
  awaited?: boolean;
  dueAt: Date;
  sandbox: boolean;
};

/** Opens a task once; the id comes from the workflow, so a repeat changes nothing. */
export async function openTask(db: Executor, input: OpenTaskInput): Promise<void> {
  const { taskId: id, ...values } = input;
  await db
    .insert(tasks)
    .values({ ...values, id, role: TASKS[input.kind].role })
    .onConflictDoNothing();
}
