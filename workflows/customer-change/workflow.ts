import { ParentClosePolicy, setHandler, startChild, uuid4 } from '@temporalio/workflow';
import { type Answer, actorId, type Command, refuse } from '../../domain/base/answers.ts';
import { deliverOrReport } from '../delivery.ts';
import { finish } from '../finish.ts';
import { Inbox } from '../inbox.ts';
import { Lane } from '../lane.ts';
import { customers, records } from '../ports.ts';
import { BACKGROUND_QUEUE } from '../queues.ts';
import type { rescreening } from '../rescreening/workflow.ts';
import { nudgeTask, openTask, taskWakesAt } from '../staff-task.ts';
import * as messages from './messages.ts';

type Decision = Command & { type: 'decide'; verdict: 'confirm' | 'reject' };

/**
 * A change of a customer's name, address or representative (第5条1項, 第10条2項③): waits for a second person, then the record
 * follows, the customer is told for each contract, the contracts are screened again and certify it. Silence: the task reminds,
 * then escalates, and what was registered stays.
 */
export async function customerChange(input: messages.CustomerChangeInput): Promise<void> {
  const inbox = new Inbox<Decision>({});
  const lane = new Lane();
  setHandler(messages.decideCustomerChange, (command) => inbox.send({ ...command, type: 'decide' }));
  const decision = input.decided ? null : await secondPerson(input, inbox, lane);
  const { contractIds, certified } = await records.decideCustomerChange({
    changeId: input.changeId,
    verdict: decision?.verdict ?? 'confirm',
    decidedBy: decision === null ? input.enteredBy : actorId(decision.actor),
    commandId: decision?.commandId ?? input.changeId,
    businessMs: Date.now(),
  });
  if (decision !== null) inbox.answer(decision, { ok: true });
  for (const contractId of contractIds) {
    tell(input, contractId, lane);
    await screenAgain(input, contractId);
  }
  if (certified) await customers.certifyCustomer({ changeId: input.changeId, contractIds });
  await finish(inbox, lane);
}

/** Waits for somebody else than who entered it. */
async function secondPerson(
  { contractId: subjectId, enteredBy, sandbox }: messages.CustomerChangeInput,
  inbox: Inbox<Decision>,
  lane: Lane,
): Promise<Decision> {
  const subject = { subjectType: 'contract' as const, subjectId };
  const task = await openTask({ kind: 'customerChange', ...subject, excludedStaff: [enteredBy], sandbox });
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
  return refuse('samePerson', '入力した人とは別の担当者が確認します。', '第5条1項');
}

function tell(input: messages.CustomerChangeInput, contractId: string, lane: Lane): void {
  const { changeId: customerChangeId, sandbox } = input;
  const mail = {
    key: `customer-change/${customerChangeId}/${contractId}`,
    kind: 'customerChanged' as const,
    ...{ subjectType: 'contract' as const, subjectId: contractId, customerChangeId },
    businessMs: Date.now(),
  };
  lane.push(() => deliverOrReport(mail, sandbox));
}

async function screenAgain(input: messages.CustomerChangeInput, contractId: string): Promise<void> {
  await startChild<typeof rescreening>('rescreening', {
    workflowId: `rescreening/contract-${contractId}/${input.changeId}`,
    taskQueue: BACKGROUND_QUEUE,
    parentClosePolicy: ParentClosePolicy.ABANDON,
    args: [
      {
        rescreeningId: uuid4(),
        cause: { kind: 'contract', contractId },
        startedBy: input.enteredBy,
        ...{ pageSize: 1, pauseMs: 0, pagesPerRun: 1, carried: null },
      },
    ],
  });
}
