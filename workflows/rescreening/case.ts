import { setHandler } from '@temporalio/workflow';
import { type Answer, type Command, refuse } from '../../domain/base/answers.ts';
import { finish } from '../finish.ts';
import { Inbox } from '../inbox.ts';
import { Lane } from '../lane.ts';
import { rescreening as port, records } from '../ports.ts';
import { nudgeTask, openTask, taskWakesAt } from '../staff-task.ts';
import * as messages from './messages.ts';

type CaseCommand = Command & {
  type: 'decide';
  decisionId: string;
  findingId: string;
  verdict: 'confirmed' | 'released';
};

/**
 * A case on a contract: new matches that a person of the legal role confirms or releases, each by itself. Silence: the
 * task reminds, then escalates, and stays open. A confirmed match does nothing by itself; suspension and termination are
 * decisions of their own (第10条2項③, 第15条⑤).
 */
export async function screeningCase(input: messages.ScreeningCaseInput): Promise<void> {
  const { contractId, findingIds, sandbox } = input;
  const snapshot: messages.ScreeningCaseSnapshot = {
    taskId: null,
    findings: findingIds.map((id) => ({ id, status: 'open' })),
  };
  const inbox = new Inbox<CaseCommand>({});
  const lane = new Lane();
  setHandler(messages.screeningCaseSnapshot, () => snapshot);
  setHandler(messages.decideContractFinding, (command) => inbox.send({ ...command, type: 'decide' }));

  const subject = { subjectType: 'contract' as const, subjectId: contractId };
  const task = await openTask({ kind: 'rescreeningHit', ...subject, excludedStaff: [], sandbox });
  await port.linkCase({ findingIds, taskId: task.id });
  snapshot.taskId = task.id;
  while (snapshot.findings.some(({ status }) => status === 'open')) {
    const command = await inbox.next(taskWakesAt(task));
    if (command === null) await nudgeTask(task, subject, lane);
    else inbox.answer(command, await decide(snapshot, command));
  }
  await records.closeTask({ taskId: task.id, outcome: 'done' });
  snapshot.taskId = null;
  await finish(inbox, lane);
}

async function decide(snapshot: messages.ScreeningCaseSnapshot, command: CaseCommand): Promise<Answer> {
  const finding = snapshot.findings.find(({ id }) => id === command.findingId);
  if (finding === undefined) return refuse('stale', 'この一致は、この確認の対象にありません。');
  if (command.actor.kind !== 'staff') return refuse('notAllowed', '担当者だけが判断できます。');
  await port.decideContractFinding({
    findingId: finding.id,
    decisionId: command.decisionId,
    verdict: command.verdict,
    staffId: command.actor.id,
    commandId: command.commandId,
    businessMs: Date.now(),
  });
  finding.status = command.verdict;
  return { ok: true };
}
