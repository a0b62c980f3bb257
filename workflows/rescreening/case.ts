import { setHandler } from '@temporalio/workflow';
import { type Answer, refuse } from '../../domain/base/answers.ts';
import { staffOnly } from '../../domain/desk/decide.ts';
import { Desk } from '../desk.ts';
import { finish } from '../finish.ts';
import { Inbox } from '../inbox.ts';
import { Lane } from '../lane.ts';
import { rescreening as port } from '../ports.ts';
import { stage } from '../stage.ts';
import type { Taken } from '../updates.ts';
import * as messages from './messages.ts';

/**
 * A case on a contract: new matches that a person of the legal role confirms or releases, each by itself. Silence: it
 * stays open. A confirmed match does nothing by itself; suspension and termination are decisions of their own
 * (第10条2項③, 第15条⑤).
 */
export async function screeningCase(input: messages.ScreeningCaseInput): Promise<void> {
  const { contractId: subjectId, findingIds, sandbox } = input;
  const snapshot: messages.ScreeningCaseSnapshot = {
    taskId: null,
    findings: findingIds.map((id) => ({ id, status: 'open' })),
  };
  const inbox = new Inbox<messages.ScreeningCaseMessages>({});
  const lane = new Lane();
  const desk = new Desk({ subjectType: 'contract', subjectId, sandbox }, lane);
  setHandler(messages.screeningCaseSnapshot, () => snapshot);
  inbox.accept(messages.screeningCaseUpdates);

  const task = await desk.open({ kind: 'rescreeningHit', involved: [] });
  await port.linkCase({ findingIds, taskId: task.id });
  snapshot.taskId = task.id;
  await stage(
    { inbox, desk },
    {
      during: () => snapshot.findings.some(({ status }) => status === 'open'),
      task: () => task,
      answers: { decide: (command) => decide(snapshot, command) },
      otherwise: 'この一致は、この確認の対象にありません。',
      silence: 'staysOpen',
    },
  );
  snapshot.taskId = null;
  await finish({ inbox, lane, desk });
}

async function decide(
  snapshot: messages.ScreeningCaseSnapshot,
  { actor, commandId, decisionId, findingId, verdict }: Taken<messages.ScreeningCaseMessages, 'decide'>,
): Promise<Answer> {
  const finding = snapshot.findings.find(({ id }) => id === findingId);
  if (finding === undefined) return refuse('stale', 'この一致は、この確認の対象にありません。');
  const staff = staffOnly(actor);
  if ('code' in staff) return staff;
  const businessMs = Date.now();
  await port.decideContractFinding({ findingId, decisionId, verdict, ...staff, commandId, businessMs });
  finding.status = verdict;
  return { ok: true };
}
