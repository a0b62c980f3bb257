import { setHandler } from '@temporalio/workflow';
import { type Answer, type Command, refuse } from '../../domain/base/answers.ts';
import type { CivilDate } from '../../domain/calendar/civil-date.ts';
import {
  answerDeadlines,
  answerProblem,
  type DataRequestVerdict,
  type IdentityCheck,
} from '../../domain/data/data-requests.ts';
import { finish } from '../finish.ts';
import { Inbox } from '../inbox.ts';
import { Lane } from '../lane.ts';
import { records } from '../ports.ts';
import { nudgeTask, openTask, type StaffTask, taskWakesAt } from '../staff-task.ts';
import * as messages from './messages.ts';

type DataRequestCommand = Command &
  (
    | { type: 'identity'; method: IdentityCheck }
    | { type: 'answer'; decisionId: string; verdict: DataRequestVerdict; extendedTo: string | null }
  );

/**
 * A request about data (第19条6項, 第20条): a task for legal until it is answered. Silence: reminded some days before the
 * last day, escalated the day before it; then it stays open and is shown as overdue. Extended once, by a new last day.
 */
export async function dataRequest(input: messages.DataRequestInput): Promise<void> {
  const { dataRequestId, remindDays, sandbox } = input;
  const snapshot: messages.DataRequestSnapshot = {
    status: 'open',
    taskId: null,
    dueOn: input.dueOn,
    identityChecked: false,
    extended: false,
  };
  const inbox = new Inbox<DataRequestCommand>({});
  const lane = new Lane();
  setHandler(messages.dataRequestSnapshot, () => snapshot);
  setHandler(messages.checkIdentity, (command) => inbox.send({ ...command, type: 'identity' }));
  setHandler(messages.answerDataRequest, (command) => inbox.send({ ...command, type: 'answer' }));

  const subject = { subjectType: 'dataRequest' as const, subjectId: dataRequestId };
  const ask = async (): Promise<StaffTask> => {
    const deadlines = answerDeadlines(snapshot.dueOn as CivilDate, remindDays, Date.now());
    const request = { kind: 'dataRequest' as const, ...subject, excludedStaff: [], sandbox };
    const task = await openTask(request, deadlines);
    snapshot.taskId = task.id;
    return task;
  };

  let task = await ask();
  while (snapshot.status === 'open') {
    const command = await inbox.next(taskWakesAt(task));
    if (command === null) {
      await nudgeTask(task, subject, lane);
      continue;
    }
    const dueBefore = snapshot.dueOn;
    inbox.answer(command, await decide(dataRequestId, snapshot, command));
    if (snapshot.dueOn === dueBefore) continue;
    await records.closeTask({ taskId: task.id, outcome: 'done' });
    task = await ask();
  }
  await records.closeTask({ taskId: task.id, outcome: 'done' });
  snapshot.taskId = null;
  await finish(inbox, lane);
}

async function decide(
  dataRequestId: string,
  snapshot: messages.DataRequestSnapshot,
  command: DataRequestCommand,
): Promise<Answer> {
  const { actor, commandId } = command;
  if (actor.kind !== 'staff') return refuse('notAllowed', '担当者だけが回答できます。');
  const common = { dataRequestId, staffId: actor.id, commandId, businessMs: Date.now() };
  if (command.type === 'identity') {
    if (snapshot.identityChecked) return refuse('wrongState', '本人確認はすでに記録されています。');
    await records.recordIdentityCheck({ ...common, method: command.method });
    snapshot.identityChecked = true;
    return { ok: true };
  }
  const { verdict, decisionId } = command;
  const extendedTo = command.extendedTo as CivilDate | null;
  const problem = answerProblem({ ...snapshot, dueOn: snapshot.dueOn as CivilDate }, { verdict, extendedTo });
  if (problem !== null) return refuse('ruleRefuses', problem);
  await records.recordDataRequestAnswer({ ...common, decisionId, verdict, extendedTo });
  if (verdict === 'extended') {
    snapshot.extended = true;
    if (extendedTo !== null) snapshot.dueOn = extendedTo;
  } else snapshot.status = verdict;
  return { ok: true };
}
