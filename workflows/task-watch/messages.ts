import type { Subject } from '../../domain/desk/subjects.ts';

/** One for each task that nobody else watches. The subject stands first: a deletion finds all of a customer's by it. */
export const taskWatchId = ({ subjectId, taskId }: { subjectId: string; taskId: string }): string =>
  `task/${subjectId}/${taskId}`;

export interface TaskWatchInput extends Subject {
  taskId: string;
  sandbox: boolean;
  dueMs: number;
  escalateMs: number;
  reminded: boolean;
}
