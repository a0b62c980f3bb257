import type { OutcomeLine } from '../outcome-lines.ts';
import { iso, jstDay, jstMidnight } from './dates.ts';
import { businessDaysAfter } from './holidays.ts';

/** A task for staff: reminded of at the end of the second business day after it was opened, escalated after the fourth. */
export interface Task {
  kind: string;
  about: string;
  remindMs: number;
  escalateMs: number;
  closed: { ms: number; status: 'done' | 'cancelled' } | null;
}

export function openTask(kind: string, about: string, nowMs: number): Task {
  const endOf = (days: number) => jstMidnight(businessDaysAfter(jstDay(nowMs), days) + 1) - 1;
  return { kind, about, remindMs: endOf(2), escalateMs: endOf(4), closed: null };
}

export function close(task: Task, status: 'done' | 'cancelled', nowMs: number): void {
  task.closed ??= { ms: nowMs, status };
}

/** Of a mail that came back: nobody waits for it, its watch has a clock of its own, and it outlives the contract. */
export const hasOwnWatch = ({ kind }: Task): boolean => kind === 'mailProblem';

/** What is on record of a task by an instant. */
export function taskLine(task: Task, nowMs: number): OutcomeLine['tasks'][number] {
  const untilMs = task.closed?.ms ?? nowMs;
  return {
    kind: task.kind,
    about: task.about,
    status: task.closed?.status ?? 'open',
    dueOn: iso(jstDay(task.remindMs)),
    reminded: !hasOwnWatch(task) && task.remindMs < untilMs,
    escalated: !hasOwnWatch(task) && task.escalateMs < untilMs,
  };
}
