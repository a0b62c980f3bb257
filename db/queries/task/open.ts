import type { SubjectType } from '../../../domain/desk/subjects.ts';
import type { TaskKind } from '../../../domain/desk/tasks.ts';
import { TASK_ROLES } from '../../../domain/desk/tasks.ts';
import type { Executor } from '../../client.ts';
import { tasks } from '../../schema/index.ts';

export interface OpenTaskInput {
  taskId: string;
  kind: TaskKind;
  subjectType: SubjectType;
  subjectId: string;
  excludedStaff: string[];
  note: string;
  /** Only where nobody waits for the mail. */
  mailKey?: string;
  dueAt: Date;
  sandbox: boolean;
}

/** Opens a task once; the id comes from the workflow, so a repeat changes nothing. */
export async function openTask(db: Executor, input: OpenTaskInput): Promise<void> {
  const { taskId: id, ...values } = input;
  await db
    .insert(tasks)
    .values({ ...values, id, role: TASK_ROLES[input.kind] })
    .onConflictDoNothing();
}
