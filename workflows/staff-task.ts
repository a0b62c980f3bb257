import { uuid4 } from '@temporalio/workflow';
import { type TaskReason, taskDeadlines } from '../domain/desk/tasks.ts';
import type { SubjectType } from '../domain/processes/index.ts';
import type { Lane } from './lane.ts';
import { mail, records } from './ports.ts';

/** A task that a workflow waits for, with its deadlines as workflow times in milliseconds. */
export interface StaffTask {
  id: string;
  dueMs: number;
  escalateMs: number;
  reminded: boolean;
  escalated: boolean;
}

export type TaskRequest = TaskReason & {
  subjectType: SubjectType;
  subjectId: string;
  excludedStaff: string[];
  awaited?: boolean;
  sandbox: boolean;
};

/**
 * Opens a task for staff. Silence: reminded when due, escalated later, then it stays open until somebody acts. Deadlines
 * other than the usual ones where the law sets a day.
 */
export async function openTask(
  request: TaskRequest,
  deadlines?: Pick<StaffTask, 'dueMs' | 'escalateMs'>,
): Promise<StaffTask> {
  const task = { ...newTask(), ...deadlines };
  await records.openTask({ ...request, taskId: task.id, openedMs: Date.now(), dueMs: task.dueMs });
  return task;
}

/** A task that is yet to be written. */
export function newTask(): StaffTask {
  return { id: uuid4(), ...taskDeadlines(Date.now()), reminded: false, escalated: false };
}

/** When the task next needs attention, or null when everything was said. */
export function taskWakesAt(task: StaffTask): number | null {
  if (!task.reminded) return task.dueMs;
  return task.escalated ? null : task.escalateMs;
}

/** Reminds or escalates when the time has come; each once. */
export async function nudgeTask(
  task: StaffTask,
  subject: Pick<TaskRequest, 'subjectType' | 'subjectId'>,
  lane: Lane,
): Promise<void> {
  const stage = !task.reminded ? 'reminder' : 'escalation';
  if (stage === 'reminder') task.reminded = true;
  else task.escalated = true;
  const businessMs = Date.now();
  await records.markTask({ taskId: task.id, stage, atMs: businessMs });
  lane.push(async () => {
    const key = `task/${task.id}/${stage}`;
    const escalated = stage === 'escalation';
    const { subjectType, subjectId } = subject;
    const about = { subjectType, subjectId, taskId: task.id };
    await mail.sendMail({ key, kind: 'staffReminder', ...about, escalated, businessMs });
  });
}
