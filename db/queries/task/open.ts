import type { SubjectType, TaskKind } from '../../../domain/processes/index.ts';
import { TASKS } from '../../../domain/processes/index.ts';
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
    .values({ ...values, id, role: TASKS[input.kind].role })
    .onConflictDoNothing();
}
