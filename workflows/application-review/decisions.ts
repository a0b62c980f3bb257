import {
  type ApprovalVerdict,
  acceptanceBlock,
  CORRECTION_REMINDER_DAYS_BEFORE,
  canWithdraw,
  type ReviewVerdict,
} from '../../domain/application/application.ts';
import { type Answer, refuse } from '../../domain/base/answers.ts';
import { addDays, endOfDayJst, jstInstant } from '../../domain/calendar/civil-date.ts';
import { deliverOrReport } from '../delivery.ts';
import { records, review } from '../ports.ts';
import { nudgeTask, openTask, type StaffTask, taskWakesAt } from '../staff-task.ts';
import type { ReviewCommand, ReviewContext } from './context.ts';
import { type ReviewState, taskOf, transition } from './state.ts';

const OK: Answer = { ok: true };
const NEW_EDITION =
  '申込のあとに利用規約が改定されたため、承諾していません。申込者に新しい版への同意をお願いしました。';
const NEW_LIST =
  '確認のあとに反社・競合リストが更新されたため、承諾していません。新しいリストで確認をやり直し、審査に戻しました。';
const lateCommand = () =>
  refuse('wrongState', '申込の状態が変わったため、この操作はできません。画面を読み込み直してください。');

/** Waits for the applicant until the last day, with one reminder; then the application lapses (第4条4項①). */
export async function awaitCorrection(context: ReviewContext): Promise<void> {
  const { state, inbox } = context;
  if (state.correctionDueOn === null) throw new Error('a correction without a last day');
  const lapseMs = endOfDayJst(state.correctionDueOn) + 1;
  const remindMs = jstInstant(addDays(state.correctionDueOn, -CORRECTION_REMINDER_DAYS_BEFORE));
  deliverCorrection(context, 'correctionRequested');
  let reminded = false;
  while (state.status === 'correction') {
    const command = await inbox.next(reminded ? lapseMs : remindMs);
    if (command !== null) {
      inbox.answer(command, await duringCorrection(context, command));
    } else if (!reminded) {
      reminded = true;
      deliverCorrection(context, 'correctionReminder');
    } else {
      await transition(state, 'lapsed', { kind: 'system' });
    }
  }
}

function deliverCorrection(
  { state, lane }: ReviewContext,
  kind: 'correctionRequested' | 'correctionReminder',
): void {
  const { applicationId: subjectId, round, sandbox } = state;
  const key = `${kind}/${subjectId}/${round}`;
  const businessMs = Date.now();
  lane.push(async () => {
    await deliverOrReport({ key, kind, subjectType: 'application', subjectId, round, businessMs }, sandbox);
  });
}

async function duringCorrection(context: ReviewContext, command: ReviewCommand): Promise<Answer> {
  const { state } = context;
  if (command.type === 'withdraw') return withdrawNow(context, command);
  if (command.type !== 'resubmit') return lateCommand();
  if (command.round !== state.round)
    return refuse('stale', 'この修正画面は古いものです。最新のメールのリンクからお進みください。');
  state.round += 1;
  state.correctionDueOn = null;
  await transition(state, 'received', command.actor, { commandId: command.commandId });
  return OK;
}

/** First person (第4条): recommends acceptance or refusal, or returns the application for correction. */
export async function awaitReview(context: ReviewContext): Promise<void> {
  await duringTask(context, async (command) => {
    switch (command.type) {
      case 'withdraw':
        return withdrawNow(context, command);
      case 'decideFinding':
        return decideFinding(context, command);
      case 'decideReview':
        return reviewed(context, command);
      default:
        return lateCommand();
    }
  });
}

async function reviewed(
  { state }: ReviewContext,
  command: ReviewCommand & { type: 'decideReview' },
): Promise<Answer> {
  const refusal = mayDecide(command, state.task?.id ?? null, [state.enteredBy]);
  if (refusal !== null) return refusal;
  const detail = { commandId: command.commandId, decisionId: command.decisionId };
  const verdict: ReviewVerdict = command.verdict;
  switch (verdict) {
    case 'return': {
      state.correctionDueOn = await review.correctionLastDay({ businessMs: Date.now() });
      await transition(state, 'correction', command.actor, detail);
      return OK;
    }
    case 'recommendAccept': {
      const block = acceptanceBlock(state.findings);
      if (block !== null) return refuse('blockedByFinding', block, '第4条4項');
      break;
    }
    case 'recommendRefuse':
      break;
  }
  state.reviewedBy = command.actor.kind === 'staff' ? command.actor.id : null;
  state.recommendation = verdict;
  await transition(state, 'approval', command.actor, detail);
  return OK;
}

/** Second person (第4条): agrees with the reviewer or sends the application back to review. */
export async function awaitApproval(context: ReviewContext): Promise<void> {
  await duringTask(context, async (command) => {
    switch (command.type) {
      case 'withdraw':
        return withdrawNow(context, command);
      case 'decideApproval':
        return approved(context, command);
      default:
        return lateCommand();
    }
  });
}

async function approved(
  { state }: ReviewContext,
  command: ReviewCommand & { type: 'decideApproval' },
): Promise<Answer> {
  const refusal = mayDecide(command, state.task?.id ?? null, [state.enteredBy, state.reviewedBy]);
  if (refusal !== null) return refusal;
  const detail = { commandId: command.commandId, decisionId: command.decisionId };
  const verdict: ApprovalVerdict = command.verdict;
  switch (verdict) {
    case 'accept': {
      const block = acceptanceBlock(state.findings);
      if (block !== null) return refuse('blockedByFinding', block, '第4条4項');
      if (state.recommendation !== 'recommendAccept') {
        return refuse('notAllowed', '審査の結論は「承諾しない」です。承諾するには審査へ差し戻してください。');
      }
      const { applicationId, round } = state;
      if (!(await review.listsHold({ applicationId, round }))) {
        state.round += 1;
        await transition(state, 'received', { kind: 'system' });
        return refuse('ruleRefuses', NEW_LIST, '第4条4項');
      }
      if (!(await review.agreementHolds({ applicationId, round, businessMs: Date.now() }))) {
        state.correctionDueOn = await review.correctionLastDay({ businessMs: Date.now() });
        await transition(state, 'correction', { kind: 'system' });
        return refuse('ruleRefuses', NEW_EDITION, '第4条1項');
      }
      await transition(state, 'accepted', command.actor, detail);
      return OK;
    }
    case 'refuse':
      if (state.recommendation !== 'recommendRefuse') {
        return refuse('notAllowed', '審査の結論は「承諾」です。承諾しない場合は審査へ差し戻してください。');
      }
      await transition(state, 'refused', command.actor, detail);
      return OK;
    case 'sendBack':
      await transition(state, 'review', command.actor, detail);
      return OK;
  }
}

/** Answers commands on the stage's task until the status changes; reminds and escalates meanwhile. */
async function duringTask(
  context: ReviewContext,
  handle: (command: ReviewCommand) => Promise<Answer>,
): Promise<void> {
  const { state, inbox, lane } = context;
  const began = state.status;
  const request = taskOf(state, began);
  if (request === null) throw new Error(`the status ${began} asks for no task`);
  const task = state.task ?? (await openTask(request));
  state.task = task;
  while (state.status === began) {
    const command = await inbox.next(taskWakesAt(task));
    if (command === null) {
      await nudgeTask(task, request, lane);
    } else {
      const answer = await handle(command);
      if (state.status !== began && !state.writesTasks) await closeTask(state, task);
      inbox.answer(command, answer);
    }
  }
}

async function closeTask(state: ReviewState, { id: taskId }: StaffTask): Promise<void> {
  await records.closeTask({ taskId, outcome: state.status === 'withdrawn' ? 'cancelled' : 'done' });
  state.task = null;
}

function mayDecide(
  command: ReviewCommand & { taskId: string },
  openTaskId: string | null,
  involved: (string | null)[],
): Answer | null {
  if (command.actor.kind !== 'staff') return refuse('notAllowed', '担当者だけが判断できます。');
  if (involved.includes(command.actor.id)) {
    return refuse(
      'samePerson',
      'ご自身が入力または審査した申込のため、判断できません。別の担当者が判断します。',
      '第4条',
    );
  }
  return command.taskId === openTaskId
    ? null
    : refuse('stale', 'この画面を開いたあとに、別の担当者が判断しました。最新の状態をご確認ください。');
}

async function withdrawNow({ state }: ReviewContext, command: ReviewCommand): Promise<Answer> {
  if (!canWithdraw(state.status)) return lateCommand();
  await transition(state, 'withdrawn', command.actor, { commandId: command.commandId });
  return OK;
}

async function decideFinding(
  { state }: ReviewContext,
  command: ReviewCommand & { type: 'decideFinding' },
): Promise<Answer> {
  const finding = state.findings.find((f) => f.id === command.findingId);
  if (finding === undefined)
    return refuse('stale', 'この一致は最新の確認結果にありません。画面を読み込み直してください。');
  if (command.actor.kind !== 'staff') return refuse('notAllowed', '担当者だけが判断できます。');
  if (command.actor.id === state.enteredBy) {
    return refuse('samePerson', 'ご自身が入力した申込のため、判断できません。', '第4条');
  }
  await records.recordFinding({
    findingId: finding.id,
    decisionId: command.decisionId,
    verdict: command.verdict,
    staffId: command.actor.id,
    commandId: command.commandId,
    businessMs: Date.now(),
  });
  finding.status = command.verdict;
  return OK;
}
