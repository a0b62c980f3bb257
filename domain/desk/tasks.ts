import { TASK_DUE_BUSINESS_DAYS, TASK_ESCALATION_BUSINESS_DAYS } from '../application/application.ts';
import { endOfDayJst, jstDate } from '../calendar/civil-date.ts';
import { addBusinessDays } from '../calendar/holidays.ts';
import type { TASKS, TaskKind } from '../processes/index.ts';

/** Due and escalation times in milliseconds: the end of the n-th business day after the task was opened. */
export function taskDeadlines(openedMs: number): { dueMs: number; escalateMs: number } {
  const day = jstDate(openedMs);
  return {
    dueMs: endOfDayJst(addBusinessDays(day, TASK_DUE_BUSINESS_DAYS)),
    escalateMs: endOfDayJst(addBusinessDays(day, TASK_ESCALATION_BUSINESS_DAYS)),
  };
}

/** Tasks that are done by saying that somebody looked, or asked the customer. */
export const ACKNOWLEDGED: readonly TaskKind[] = ['renewsAlthoughCancelled', 'endToConfirm', 'editionVoid'];

/** Tasks that end in their rows, while the workflow that opened them may live on. */
export const DONE_IN_ROWS: readonly TaskKind[] = [...ACKNOWLEDGED, 'mailProblem'];

type Terms = typeof TASKS;
type ReasonedKind = {
  [K in TaskKind]: Terms[K] extends { causes: object } | { about: string } ? K : never;
}[TaskKind];
type CauseOf<K extends TaskKind> = Terms[K] extends { causes: infer Causes } ? keyof Causes & string : never;

/** Why a task was opened, where its kind has several causes. */
export type TaskCause = { [K in ReasonedKind]: CauseOf<K> }[ReasonedKind];

/** Kinds of which nothing has to be said but their subject. */
export type PlainTaskKind = Exclude<TaskKind, ReasonedKind>;

/** A kind of task with what has to be said of one: its cause, and what it is about. */
export type TaskReason =
  | { kind: PlainTaskKind; cause?: never; about?: never }
  | {
      [K in ReasonedKind]: { kind: K } & (Terms[K] extends { causes: object }
        ? { cause: CauseOf<K> }
        : { cause?: never }) &
        (Terms[K] extends { about: string } ? { about: string } : { about?: never });
    }[ReasonedKind];
