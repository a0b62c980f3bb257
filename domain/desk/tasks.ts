import { TASK_DUE_BUSINESS_DAYS, TASK_ESCALATION_BUSINESS_DAYS } from '../application/application.ts';
import { endOfDayJst, jstDate } from '../calendar/civil-date.ts';
import { addBusinessDays } from '../calendar/holidays.ts';
import { TASKS, type TaskKind } from '../processes/index.ts';
import type { TaskTerm } from '../processes/types.ts';

/** Due and escalation times in milliseconds: the end of the n-th business day after the task was opened. */
export function taskDeadlines(openedMs: number): { dueMs: number; escalateMs: number } {
  const day = jstDate(openedMs);
  return {
    dueMs: endOfDayJst(addBusinessDays(day, TASK_DUE_BUSINESS_DAYS)),
    escalateMs: endOfDayJst(addBusinessDays(day, TASK_ESCALATION_BUSINESS_DAYS)),
  };
}

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

const doneBy = (kind: TaskKind): TaskTerm['done'] => {
  const { done }: TaskTerm = TASKS[kind];
  return done;
};

/** Whether a task is done by saying that somebody looked, or asked the customer. */
export const isAcknowledged = (kind: TaskKind): boolean => doneBy(kind) === 'bySaying';

/** Whether a task ends in its row, while the workflow that opened it may live on. */
export const isDoneInRows = (kind: TaskKind): boolean => doneBy(kind) !== undefined;
