import { setHandler } from '@temporalio/workflow';
import { type Answer, actorId, type Command, refuse } from '../../domain/base/answers.ts';
import { deliverIfTaken, deliverOrReport } from '../delivery.ts';
import { finish } from '../finish.ts';
import { Inbox } from '../inbox.ts';
import { Lane } from '../lane.ts';
import { records } from '../ports.ts';
import { nudgeTask, openTask, taskWakesAt } from '../staff-task.ts';
import * as messages from './messages.ts';

type Decision = Command & { type: 'decide'; verdict: 'confirm' | 'reject' };

/**
 * A change of the registered contact (第12条2項): a changed mail address waits for a second person, then the change holds and
 * both addresses are told. Silence: the task reminds, then escalates, and the contact of before stays registered.
 */
export async function contactChange(input: messages.ContactChangeInput): Promise<void> {
  const inbox = new Inbox<Decision>({});
  const lane = new Lane();
  setHandler(messages.decideContactChange, (command) => inbox.send({ ...command, type: 'decide' }));
  const decision = input.needsSecond ? await secondPerson(input, inbox, lane) : null;
  const { tellFormer } = await records.decideContactChange({
    changeId: input.changeId,
    verdict: decision?.verdict ?? 'confirm',
    decidedBy: decision === null ? input.enteredBy : actorId(decision.actor),
    commandId: decision?.commandId ?? input.changeId,
    businessMs: Date.now(),
  });
  if (decision !== null) inbox.answer(decision, { ok: true });
  if (decision?.verdict !== 'reject') tell(input, lane, tellFormer);
  await finish(inbox, lane);
}

/** Waits for somebody else than who entered it. */
async function secondPerson(
  { subjectType, subjectId, enteredBy, sandbox }: messages.ContactChangeInput,
  inbox: Inbox<Decision>,
  lane: Lane,
): Promise<Decision> {
  const subject = { subjectType, subjectId };
  const task = await openTask({ kind: 'contactChange', ...subject, excludedStaff: [enteredBy], sandbox });
  for (;;) {
    const command = await inbox.next(taskWakesAt(task));
    if (command === null) {
      await nudgeTask(task, subject, lane);
      continue;
    }
    const refusal = refused(command, enteredBy);
    if (refusal === null) {
      await records.closeTask({ taskId: task.id, outcome: 'done' });
      return command;
    }
    inbox.answer(command, refusal);
  }
}

function refused({ actor }: Decision, enteredBy: string): Answer | null {
  if (actor.kind !== 'staff') return refuse('notAllowed', '担当者だけが確認できます。');
  if (actor.id !== enteredBy) return null;
  return refuse('samePerson', '入力した人とは別の担当者が確認します。', '第12条2項');
}

function tell(input: messages.ContactChangeInput, lane: Lane, tellFormer: boolean): void {
  const { changeId: contactChangeId, subjectType, subjectId, sandbox } = input;
  const key = `contact-change/${contactChangeId}`;
  const businessMs = Date.now();
  const mail = { kind: 'contactChanged' as const, subjectType, subjectId, contactChangeId, businessMs };
  lane.push(() => deliverOrReport({ ...mail, key }, sandbox));
  if (tellFormer) lane.push(() => deliverIfTaken({ ...mail, key: `${key}/former`, toFormer: true }));
}
