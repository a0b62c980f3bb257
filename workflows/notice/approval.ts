import type { Approval } from '../../activities/notice/index.ts';
import { type Answer, type Refusal, refuse } from '../../domain/base/answers.ts';
import { notice as port, records } from '../ports.ts';
import { nudgeTask, openTask, taskWakesAt } from '../staff-task.ts';
import { type NoticeCommand, type NoticeContext, type NoticeState, transition } from './state.ts';

const OK: Answer = { ok: true };
type Decision = NoticeCommand & { type: 'decide' };

/**
 * Two different people who did not write the notice approve it (第17条3項): one looks at what it says, the other lets it go
 * out; with the second approval recipients and texts are frozen. Silence: the task reminds, then escalates, and nothing is
 * sent. A notice whose cause was approved by two people asks nobody again, nor one that has to be told at once (第15条).
 */
export async function awaitApprovals(context: NoticeContext): Promise<void> {
  const { state } = context;
  const { facts, noticeId } = state;
  if (facts.approvedBy !== null) {
    const approval = await port.approveNotice({
      noticeId,
      staffId: facts.approvedBy,
      businessMs: Date.now(),
    });
    if (approval.outcome === 'approved') state.status = 'approved';
    else await transition(state, 'refused', { kind: 'system' });
    return;
  }
  const author = [facts.createdBy];
  await duringTask(context, 'noticeReview', author, reviewed);
  if (state.status !== 'waitingApproval') return;
  const involved = state.reviewedBy === null ? author : [...author, state.reviewedBy];
  await duringTask(context, 'noticeApproval', involved, approved);
}

/** Opens the task and answers commands until the stage is over, reminds and escalates meanwhile, closes the task. */
async function duringTask(
  context: NoticeContext,
  kind: 'noticeReview' | 'noticeApproval',
  excludedStaff: string[],
  approve: (state: NoticeState, command: Decision) => Promise<Answer>,
): Promise<void> {
  const { state, inbox, lane } = context;
  const subject = { subjectType: 'notice' as const, subjectId: state.noticeId };
  const task = await openTask({ kind, ...subject, excludedStaff, sandbox: state.facts.sandbox });
  state.task = task;
  for (let over = false; !over; ) {
    const command = await inbox.next(taskWakesAt(task));
    if (command === null) {
      await nudgeTask(task, subject, lane);
      continue;
    }
    const answer = await decide(context, command, excludedStaff, approve);
    over = answer.ok;
    if (over) {
      state.task = null;
      await records.closeTask({ taskId: task.id, outcome: 'done' });
    }
    inbox.answer(command, answer);
  }
}

async function decide(
  { state }: NoticeContext,
  command: NoticeCommand,
  excludedStaff: readonly string[],
  approve: (state: NoticeState, command: Decision) => Promise<Answer>,
): Promise<Answer> {
  if (command.type !== 'decide') return refuse('wrongState', 'この通知はまだ承認されていません。');
  if (command.actor.kind !== 'staff') return refuse('notAllowed', '担当者だけが判断できます。');
  if (excludedStaff.includes(command.actor.id)) {
    return refuse(
      'samePerson',
      'ご自身が作成または確認した通知のため、判断できません。別の担当者が判断します。',
    );
  }
  if (command.taskId !== state.task?.id) {
    return refuse('stale', 'この画面を開いたあとに、別の担当者が判断しました。最新の状態をご確認ください。');
  }
  const detail = { commandId: command.commandId, decisionId: command.decisionId };
  switch (command.verdict) {
    case 'approve':
      return approve(state, command);
    case 'sendBack':
      await transition(state, 'draft', command.actor, detail);
      return OK;
    case 'refuse':
      await transition(state, 'refused', command.actor, detail);
      return OK;
  }
}

async function reviewed(state: NoticeState, command: Decision): Promise<Answer> {
  const { commandId, decisionId, actor } = command;
  const staffId = actor.kind === 'staff' ? actor.id : '';
  const { noticeId } = state;
  await port.reviewNotice({ noticeId, staffId, commandId, decisionId, businessMs: Date.now() });
  state.reviewedBy = staffId;
  return OK;
}

async function approved(state: NoticeState, command: Decision): Promise<Answer> {
  const { commandId, decisionId, actor } = command;
  const staffId = actor.kind === 'staff' ? actor.id : '';
  const { noticeId } = state;
  const approval = await port.approveNotice({
    noticeId,
    staffId,
    commandId,
    decisionId,
    businessMs: Date.now(),
  });
  if (approval.outcome !== 'approved') return notFrozen(approval);
  state.status = 'approved';
  return OK;
}

function notFrozen(approval: Exclude<Approval, { outcome: 'approved' }>): Refusal {
  if (approval.outcome === 'nobody') {
    return refuse('ruleRefuses', '宛先となる契約がないため、承認していません。対象を確認してください。');
  }
  const { contracts, names } = approval.missing;
  return refuse(
    'ruleRefuses',
    `差込項目（${names.join('、')}）の値がない契約が${contracts}件あるため、承認していません。`,
  );
}
