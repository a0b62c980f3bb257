import { type Involved, involvedToo } from '../../../domain/desk/decide.ts';
import { BACKGROUND_QUEUE } from '../../../domain/desk/queues.ts';
import { type TaskWatchInput, taskWatchId } from '../../../domain/desk/task-watch.ts';
import { type TaskReason, taskDeadlines } from '../../../domain/desk/tasks.ts';
import { type SubjectType, TASKS } from '../../../domain/processes/index.ts';
import type { Executor } from '../../client.ts';
import { tasks } from '../../schema/index.ts';
import { recordCommand } from '../command/record.ts';
import { authorsOf } from './authors.ts';

interface TaskFields {
  taskId: string;
  subjectType: SubjectType;
  subjectId: string;
  /** Who may not do it, and why. */
  involved: Involved[];
  /** Only of a mail for which a workflow waits. */
  awaited?: boolean;
  dueAt: Date;
  sandbox: boolean;
}

export type OpenTaskInput = TaskReason & TaskFields;

/**
 * Opens a task once; the id comes from the workflow, so a repeat changes nothing. Whoever had a hand in the same thing is
 * involved too, whether its opener knows of them or not.
 */
export async function openTask(db: Executor, input: OpenTaskInput): Promise<void> {
  const { taskId: id, ...values } = input;
  const involved = involvedToo(input.involved, await authorsOf(db, input));
  await db
    .insert(tasks)
    .values({
      ...values,
      id,
      role: TASKS[input.kind].role,
      involved,
      excludedStaff: involved.map(({ staffId }) => staffId),
    })
    .onConflictDoNothing();
}

/**
 * Opens a task that no workflow waits for, with the command to watch it: it is reminded of and escalated as any other.
 * Deadlines are the usual ones, counted from `openedAt`.
 */
export async function openWatchedTask(
  tx: Executor,
  input: TaskReason & Omit<TaskFields, 'dueAt'> & { openedAt: Date },
): Promise<void> {
  const { openedAt, ...task } = input;
  const { dueMs, escalateMs } = taskDeadlines(openedAt.getTime());
  await openTask(tx, { ...task, dueAt: new Date(dueMs) });
  const { taskId, subjectType, subjectId, sandbox } = task;
  const watch: TaskWatchInput = {
    ...{ taskId, subjectType, subjectId, sandbox, dueMs, escalateMs, reminded: false },
  };
  const workflowId = taskWatchId(watch);
  await recordCommand(tx, {
    commandId: `begin/${workflowId}`,
    actor: { kind: 'system' },
    workflowId,
    update: null,
    carries: {},
    starts: { workflowType: 'taskWatch', taskQueue: BACKGROUND_QUEUE, args: [watch] },
  });
}
