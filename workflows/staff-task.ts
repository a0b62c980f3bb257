import { uuid4 } from '@temporalio/workflow';
import type { SubjectType } from '../domain/subjects.ts';
import type { TaskKind } from '../domain/tasks.ts';
import { taskDeadlines } from '../domain/tasks.ts';
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

export interface TaskRequest {
  kind: TaskKind;
  subjectType: SubjectType;
  subjectId: string;
  excludedStaff: string[];
  note?: string;
  mailKey?: string;
  sandbox: boolean;
}

/** Opens a task for staff. Silence: reminded when due, escalated later, then it stays open until somebody acts. */
export async function openTask(request: TaskRequest): Promise<StaffTask> {
  const deadlines = taskDeadlines(Date.now());
  const task = { id: uuid4(), ...deadlines, reminded: false, escalated: false };
  await records.openTask({ ...request, taskId: task.id, openedMs: Date.now(), dueMs: task.dueMs });
  return task;
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
    await mail.sendMail({ key, kind: 'staffReminder', ...subject, taskId: task.id, escalated, businessMs });
  });
}
