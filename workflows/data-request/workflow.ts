import { setHandler } from '@temporalio/workflow';
import { type Answer, refuse } from '../../domain/base/answers.ts';
import { answerDeadlines, answerProblem } from '../../domain/data/data-requests.ts';
import { staffOnly } from '../../domain/desk/decide.ts';
import { Desk, type StaffTask } from '../desk.ts';
import { finish } from '../finish.ts';
import { Inbox } from '../inbox.ts';
import { Lane } from '../lane.ts';
import { records } from '../ports.ts';
import { stage } from '../stage.ts';
import type { Taken as TakenOf } from '../updates.ts';
import * as messages from './messages.ts';

type Taken<K extends keyof messages.DataRequestMessages> = TakenOf<messages.DataRequestMessages, K>;

interface Context {
  input: messages.DataRequestInput;
  snapshot: messages.DataRequestSnapshot;
  inbox: Inbox<messages.DataRequestMessages>;
  lane: Lane;
  desk: Desk;
}

/**
 * A request about data (第19条6項, 第20条): a task for legal until it is answered. Silence: reminded some days before the
 * last day, escalated the day before it; then it stays open and is shown as overdue. Extended once, by a new last day.
 */
export async function dataRequest(input: messages.DataRequestInput): Promise<void> {
  const { dataRequestId: subjectId, sandbox, dueOn } = input;
  const snapshot: messages.DataRequestSnapshot = {
    ...{ status: 'open', taskId: null, dueOn, identityChecked: false, extended: false },
  };
  const lane = new Lane();
  const desk = new Desk({ subjectType: 'dataRequest', subjectId, sandbox }, lane);
  const context: Context = { input, snapshot, inbox: new Inbox({}), lane, desk };
  setHandler(messages.dataRequestSnapshot, () => snapshot);
  context.inbox.accept(messages.dataRequestUpdates);

  while (snapshot.status === 'open') await untilAnswered(context);
  snapshot.taskId = null;
  await finish(context);
}

/** Until it is answered, or has another last day: then a task of its own asks for that. */
async function untilAnswered(context: Context): Promise<void> {
  const { input, snapshot, desk } = context;
  const { dueOn } = snapshot;
  const deadlines = answerDeadlines(dueOn, input.remindDays, Date.now());
  const task: StaffTask = await desk.open({ kind: 'dataRequest', involved: [] }, deadlines);
  snapshot.taskId = task.id;
  await stage(context, {
    during: () => snapshot.status === 'open' && snapshot.dueOn === dueOn,
    task: () => task,
    answers: {
      checkIdentity: (command) => checkIdentity(context, command),
      answer: (command) => answer(context, command),
    },
    otherwise: 'この請求は回答済みです。',
    silence: 'staysOpen',
  });
}

async function checkIdentity(
  { input, snapshot }: Context,
  { actor, commandId, method }: Taken<'checkIdentity'>,
): Promise<Answer> {
  const staff = staffOnly(actor);
  if ('code' in staff) return staff;
  if (snapshot.identityChecked) return refuse('wrongState', '本人確認はすでに記録されています。');
  const { dataRequestId } = input;
  await records.recordIdentityCheck({ dataRequestId, ...staff, commandId, method, businessMs: Date.now() });
  snapshot.identityChecked = true;
  return { ok: true };
}

async function answer(
  { input, snapshot }: Context,
  { actor, commandId, decisionId, verdict, extendedTo }: Taken<'answer'>,
): Promise<Answer> {
  const staff = staffOnly(actor);
  if ('code' in staff) return staff;
  const problem = answerProblem(snapshot, { verdict, extendedTo });
  if (problem !== null) return refuse('ruleRefuses', problem);
  const { dataRequestId } = input;
  const common = { dataRequestId, ...staff, commandId, businessMs: Date.now() };
  await records.recordDataRequestAnswer({ ...common, decisionId, verdict, extendedTo });
  if (verdict === 'extended') {
    snapshot.extended = true;
    if (extendedTo !== null) snapshot.dueOn = extendedTo;
  } else snapshot.status = verdict;
  return { ok: true };
}
