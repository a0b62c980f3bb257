import type { Subject } from './subjects.ts';

/** One for each task that no living workflow waits for. The subject stands first: a deletion finds all of a customer's by it. */
export const taskWatchId = ({ subjectId, taskId }: { subjectId: string; taskId: string }): string =>
  `task/${subjectId}/${taskId}`;

/** What the watch of a task is begun with; instants in milliseconds. */
export interface TaskWatchInput extends Subject {
  taskId: string;
  sandbox: boolean;
  dueMs: number;
  escalateMs: number;
  reminded: boolean;
}
