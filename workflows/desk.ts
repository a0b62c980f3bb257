import { patched, uuid4 } from '@temporalio/workflow';
import type { Answer, Command, Refusal } from '../domain/base/answers.ts';
import { decisionRefusal, type Involved, staffOnly } from '../domain/desk/decide.ts';
import type { Subject } from '../domain/desk/subjects.ts';
import { isDoneInRows, type TaskReason, taskDeadlines } from '../domain/desk/tasks.ts';
import type { TaskKind } from '../domain/processes/index.ts';
import type { Lane } from './lane.ts';
import { mail, records } from './ports.ts';
import { startTaskWatch } from './task-watch/start.ts';

/** A task that waits for a member of staff, with its deadlines as workflow times in milliseconds. Plain JSON. */
export interface StaffTask {
  id: string;
  /** Absent in what runs of earlier versions carried along. */
  kind?: TaskKind;
  involved?: Involved[];
  dueMs: number;
  escalateMs: number;
  reminded: boolean;
  escalated: boolean;
}

/** What is asked for: the kind of task, what has to be said of it, and who may not do it and why (第4条). */
export type TaskRequest = TaskReason & { involved: Involved[]; awaited?: boolean };

/** What a decision carries: the task that the form was made for, where it names one. */
interface Decision {
  taskId?: string;
}

/** A task that is yet to be written. Deadlines other than the usual ones where the law sets a day. */
export function newTask(
  { kind, involved }: Pick<TaskRequest, 'kind' | 'involved'>,
  deadlines: Pick<StaffTask, 'dueMs' | 'escalateMs'> = taskDeadlines(Date.now()),
): StaffTask {
  return { id: uuid4(), kind, involved, ...deadlines, reminded: false, escalated: false };
}

/** When the task next needs attention, or null when everything was said. */
function wakesAt(task: StaffTask): number | null {
  if (!task.reminded) return task.dueMs;
  return task.escalated ? null : task.escalateMs;
}

export function earliest(...times: readonly (number | null)[]): number | null {
  const known = times.filter((time) => time !== null);
  return known.length === 0 ? null : Math.min(...known);
}

/**
 * The tasks that a workflow has opened: while it lives, each is reminded of when due and escalated later, once, whoever
 * waits for it. Silence does no more than that unless a stage says so; the task stays open until it is closed.
 */
export class Desk {
  private readonly subject: Subject & { sandbox: boolean };
  private readonly lane: Lane;
  private readonly tasks: StaffTask[];

  constructor(subject: Subject & { sandbox: boolean }, lane: Lane, tasks: readonly StaffTask[] = []) {
    this.subject = subject;
    this.lane = lane;
    this.tasks = [...tasks];
  }

  /** Writes a task for staff and watches it. */
  async open(request: TaskRequest, deadlines?: Pick<StaffTask, 'dueMs' | 'escalateMs'>): Promise<StaffTask> {
    const task = newTask(request, deadlines);
    await records.openTask({
      ...request,
      ...this.subject,
      taskId: task.id,
      openedMs: Date.now(),
      dueMs: task.dueMs,
    });
    return this.watch(task);
  }

  /** Reminds of a task that was written by another step from now on. */
  watch(task: StaffTask): StaffTask {
    if (!this.tasks.includes(task)) this.tasks.push(task);
    return task;
  }

  async close(task: StaffTask, outcome: 'done' | 'cancelled'): Promise<void> {
    await records.closeTask({ taskId: task.id, outcome });
    this.forget(task);
  }

  /** No more of a task that was closed by another step. */
  forget(task: StaffTask): void {
    const at = this.tasks.indexOf(task);
    if (at >= 0) this.tasks.splice(at, 1);
  }

  /** What a new run of the same workflow goes on with: those of which there is something left to say. */
  watched(): StaffTask[] {
    return this.tasks.filter(({ escalated }) => !escalated);
  }

  /** When the next of the tasks needs attention, or null when everything was said. */
  wakesAt(): number | null {
    return earliest(...this.tasks.map(wakesAt));
  }

  /** Reminds and escalates where the time has come. */
  async nudge(): Promise<void> {
    for (const task of [...this.tasks]) {
      const wakes = wakesAt(task);
      if (wakes === null || wakes > Date.now()) continue;
      if (await this.isDone(task)) this.forget(task);
      else await this.say(task);
    }
  }

  /** A workflow that ends leaves what is open to one that watches it. */
  async handOver(): Promise<void> {
    for (const { id: taskId, dueMs, escalateMs, reminded } of this.watched()) {
      if (everyTaskReminds()) await startTaskWatch({ ...this.subject, taskId, dueMs, escalateMs, reminded });
    }
  }

  /** Whether staff have done a task without a word to the workflow; not asked in runs from before, nor where it hears. */
  private async isDone({ id: taskId, kind }: StaffTask): Promise<boolean> {
    if (kind === undefined || !isDoneInRows(kind) || !patched('asks-for-done-tasks-2026-12')) return false;
    return !(await records.isTaskOpen({ taskId }));
  }

  private async say(task: StaffTask): Promise<void> {
    const stage = task.reminded ? 'escalation' : 'reminder';
    if (stage === 'reminder') task.reminded = true;
    else task.escalated = true;
    const businessMs = Date.now();
    await records.markTask({ taskId: task.id, stage, atMs: businessMs });
    const { subjectType, subjectId } = this.subject;
    const about = { subjectType, subjectId, taskId: task.id };
    const key = `task/${task.id}/${stage}`;
    const escalated = stage === 'escalation';
    this.lane.push(async () => {
      await mail.sendMail({ key, kind: 'staffReminder', ...about, escalated, businessMs });
    });
  }
}

/**
 * A handler for decisions on the open task: staff only, the task the form was made for, nobody who is involved (the one
 * rule of domain/desk/decide.ts); then `decided` carries it out.
 */
export function decides<C extends Command & Decision, A extends Answer>(
  open: () => StaffTask | null,
  kind: TaskKind,
  decided: (command: C, staffId: string) => Promise<A>,
): (command: C) => Promise<A | Refusal> {
  return async (command) => {
    const staff = staffOnly(command.actor);
    if ('code' in staff) return staff;
    const task = open();
    const decision = task === null ? null : { taskId: task.id, kind, involved: task.involved ?? [] };
    const by = { staffId: staff.staffId, roles: null, taskId: command.taskId ?? null };
    return decisionRefusal(decision, by) ?? (await decided(command, staff.staffId));
  };
}

/** False in runs from before tasks that nobody waits for were reminded of. */
export const everyTaskReminds = (): boolean => patched('every-task-reminds-2026-12');
