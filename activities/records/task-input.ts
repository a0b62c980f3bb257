import type { Database } from '../../db/client.ts';
import { findLastMail } from '../../db/queries/mail/records.ts';
import type { OpenTaskInput } from '../../db/queries/task/open.ts';
import type { Involved } from '../../domain/desk/decide.ts';
import type { TaskReason } from '../../domain/desk/tasks.ts';
import type { TaskKind } from '../../domain/processes/index.ts';

type Common = Omit<OpenTaskInput, 'kind' | 'cause' | 'about' | 'awaited' | 'involved' | 'dueAt'> & {
  /** Instants travel as milliseconds. */
  openedMs: number;
  dueMs: number;
  /** Runs of before 2026-12 name people without why: `excludedStaff`. */
  involved?: Involved[];
  excludedStaff?: string[];
};

/** As a run of an earlier release asks for a task: its cause and what it is about stand in one text. */
type NotedTask = Common & {
  kind: Exclude<TaskKind, 'holdDecision' | 'incomingMail' | 'provisioning'>;
  note: string;
  mailKey?: string;
};

export type TaskToOpen = (Common & TaskReason & { awaited?: boolean }) | NotedTask;

export async function taskInput(db: Database, task: TaskToOpen): Promise<OpenTaskInput> {
  const { taskId, subjectType, subjectId, excludedStaff = [], sandbox, dueMs } = task;
  const involved = task.involved ?? excludedStaff.map((staffId) => ({ staffId, as: 'entered' as const }));
  const common = { taskId, subjectType, subjectId, involved, sandbox, dueAt: new Date(dueMs) };
  if ('note' in task) return { ...common, ...(await reasonOfNote(db, task)) };
  const { openedMs: _opened, dueMs: _due, excludedStaff: _excluded, ...reasoned } = task;
  return { ...reasoned, involved, dueAt: common.dueAt };
}

async function reasonOfNote(
  db: Database,
  { kind, note, mailKey, subjectType, subjectId }: NotedTask,
): Promise<TaskReason & { awaited?: boolean }> {
  const [what = '', why = ''] = note.split(':');
  switch (kind) {
    case 'secondPerson':
    case 'renewsAlthoughCancelled':
    case 'endToConfirm':
    case 'offBoardingProblem':
    case 'offBoardingWork':
      return { kind, about: note };
    case 'suspensionProblem':
      return { kind, cause: 'refused' };
    case 'deletionProblem':
      if (what === 'stuck') return { kind, cause: 'stuck', about: why };
      return { kind, cause: what === 'telephonyOpen' ? 'telephonyOpen' : 'leftovers', about: '' };
    case 'mailProblem': {
      const about = mailKey ?? (await findLastMail(db, { subjectType, subjectId }, what))?.key ?? '';
      const cause = why === 'SandboxMailBlocked' ? 'sandboxBlocked' : 'refused';
      const waits = subjectType === 'contract' || what === 'applicationAccepted';
      return { kind, cause, about, awaited: mailKey === undefined && waits };
    }
    default:
      return { kind };
  }
}
