import { condition } from '@temporalio/workflow';
import type { TaskWatchInput } from '../../domain/desk/task-watch.ts';
import { Desk } from '../desk.ts';
import { Lane } from '../lane.ts';
import { records } from '../ports.ts';

/**
 * Watches a task that no living workflow waits for, one opened by a mail that came back or left open by a process that is
 * over: reminds when due, escalates later, and ends. Silence after that: the task stays open and overdue in the queue.
 */
export async function taskWatch(input: TaskWatchInput): Promise<void> {
  const { taskId, subjectType, subjectId, sandbox, dueMs, escalateMs, reminded } = input;
  const lane = new Lane();
  const desk = new Desk({ subjectType, subjectId, sandbox }, lane);
  const task = desk.watch({ id: taskId, dueMs, escalateMs, reminded, escalated: false });
  for (let wakesMs = desk.wakesAt(); wakesMs !== null; wakesMs = desk.wakesAt()) {
    if (wakesMs > Date.now()) await condition(() => false, wakesMs - Date.now());
    if (!(await records.isTaskOpen({ taskId }))) desk.forget(task);
    else await desk.nudge();
  }
  await lane.settled();
}
