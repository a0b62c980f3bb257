import { TASKS, type TaskKind } from '../processes/index.ts';
import type { TaskTerm } from '../processes/types.ts';

/** The cause of a task in a sentence; null where its kind has only one. */
export function causeText({ kind, cause }: { kind: TaskKind; cause: string | null }): string | null {
  const { causes }: TaskTerm = TASKS[kind];
  return cause === null ? null : (causes?.[cause] ?? null);
}
