import {
  acceptanceBlock,
  CORRECTION_REMINDER_DAYS_BEFORE,
  canWithdraw,
} from '../../domain/application/application.ts';
import { type Answer, refuse } from '../../domain/base/answers.ts';
import { addDays, endOfDayJst, jstInstant } from '../../domain/calendar/civil-date.ts';
import { decisionRefusal, involved, staffOnly } from '../../domain/desk/decide.ts';
import { deliverOrReport } from '../delivery.ts';
import { decides } from '../desk.ts';
import { records, review } from '../ports.ts';
import { stage } from '../stage.ts';
import type { Handlers } from '../updates.ts';
import type { ReviewContext, Taken } from './context.ts';
import type { ReviewMessages } from './messages.ts';
import { taskOf, transition } from './state.ts';

const OK: Answer = { ok: true };
const NEW_EDITION =
  '申込のあとに利用規約が改定されたため、承諾していません。申込者に新しい版への同意をお願いしました。';
const NEW_LIST =
  '確認のあとに反社・競合リストが更新されたため、承諾していません。新しいリストで確認をやり直し、審査に戻しました。';
const LATE = '申込の状態が変わったため、この操作はできません。画面を読み込み直してください。';

/** Waits for the applicant until the last day, with one reminder; then the application lapses (第4条4項①). */
export async function awaitCorrection(context: ReviewContext): Promise<void> {
  const { state } = context;
  if (state.correctionDueOn === null) throw new Error('a correction without a last day');
  const lapseMs = endOfDayJst(state.correctionDueOn) + 1;
  const remindMs = jstInstant(addDays(state.correctionDueOn, -CORRECTION_REMINDER_DAYS_BEFORE));
  deliverCorrection(context, 'correctionRequested');
  let reminded = false;
  await stage(context, {
    during: () => state.status === 'correction',
    task: () => null,
    answers: {
      withdraw: (command) => withdrawNow(context, command),
      resubmit: (command) => resubmitted(context, command),
    },
    otherwise: LATE,
    silence: [
      {
        atMs: () => (reminded ? null : remindMs),
        does: () => {
          reminded = true;
          deliverCorrection(context, 'correctionReminder');
          return undefined;
        },
      },
      { atMs: () => lapseMs, does: () => transition(context, 'lapsed', { kind: 'system' }) },
    ],
  });
}

function deliverCorrection(
  { state, lane, desk }: ReviewContext,
  kind: 'correctionRequested' | 'correctionReminder',
): void {
  const { applicationId: subjectId, round } = state;
  const key = `${kind}/${subjectId}/${round}`;
  const businessMs = Date.now();
  lane.push(() =>
    deliverOrReport(desk, { key, kind, subjectType: 'application', subjectId, round, businessMs }),
  );
}

async function resubmitted(context: ReviewContext, command: Taken<'resubmit'>): Promise<Answer> {
  const { state } = context;
  if (command.round !== state.round)
    return refuse('stale', 'この修正画面は古いものです。最新のメールのリンクからお進みください。');
  state.round += 1;
  state.correctionDueOn = null;
  await transition(context, 'received', command.actor, { commandId: command.commandId });
  return OK;
}

/** First person (第4条): recommends acceptance or refusal, or returns the application for correction. */
export async function awaitReview(context: ReviewContext): Promise<void> {
  await duringTask(context, {
    withdraw: (command) => withdrawNow(context, command),
    decideFinding: (command) => decideFinding(context, command),
    decideReview: decides(
      () => context.state.task,
      'review',
      (command, staffId) => reviewed(context, command, staffId),
    ),
  });
}

async function reviewed(
  context: ReviewContext,
  { actor, commandId, decisionId, verdict }: Taken<'decideReview'>,
  staffId: string,
): Promise<Answer> {
  const { state } = context;
  const detail = { commandId, decisionId };
  switch (verdict) {
    case 'return': {
      state.correctionDueOn = await review.correctionLastDay({ businessMs: Date.now() });
      await transition(context, 'correction', actor, detail);
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
  state.reviewedBy = staffId;
  state.recommendation = verdict;
  await transition(context, 'approval', actor, detail);
  return OK;
}

/** Second person (第4条): agrees with the reviewer or sends the application back to review. */
export async function awaitApproval(context: ReviewContext): Promise<void> {
  await duringTask(context, {
    withdraw: (command) => withdrawNow(context, command),
    decideApproval: decides(
      () => context.state.task,
      'approval',
      (command) => approved(context, command),
    ),
  });
}

async function approved(
  context: ReviewContext,
  { actor, commandId, decisionId, verdict }: Taken<'decideApproval'>,
): Promise<Answer> {
  const { state } = context;
  const detail = { commandId, decisionId };
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
        await transition(context, 'received', { kind: 'system' });
        return refuse('ruleRefuses', NEW_LIST, '第4条4項');
      }
      if (!(await review.agreementHolds({ applicationId, round, businessMs: Date.now() }))) {
        state.correctionDueOn = await review.correctionLastDay({ businessMs: Date.now() });
        await transition(context, 'correction', { kind: 'system' });
        return refuse('ruleRefuses', NEW_EDITION, '第4条1項');
      }
      await transition(context, 'accepted', actor, detail);
      return OK;
    }
    case 'refuse':
      if (state.recommendation !== 'recommendRefuse') {
        return refuse('notAllowed', '審査の結論は「承諾」です。承諾しない場合は審査へ差し戻してください。');
      }
      await transition(context, 'refused', actor, detail);
      return OK;
    case 'sendBack':
      await transition(context, 'review', actor, detail);
      return OK;
  }
}

/** Answers commands on the stage's task until the status changes. Silence: it stays open. */
async function duringTask(context: ReviewContext, answers: Partial<Handlers<ReviewMessages>>): Promise<void> {
  const { state, desk } = context;
  const began = state.status;
  const request = taskOf(state, began);
  if (request === null) throw new Error(`the status ${began} asks for no task`);
  const task = state.task ?? (await desk.open(request));
  state.task = task;
  await stage(context, {
    during: () => state.status === began,
    // Runs of today close it in the same write as the status.
    task: () => (state.writesTasks ? null : task),
    closesAs: () => (state.status === 'withdrawn' ? 'cancelled' : 'done'),
    answers,
    otherwise: LATE,
    silence: 'staysOpen',
  });
  if (!state.writesTasks) state.task = null;
}

async function withdrawNow(context: ReviewContext, command: Taken<'withdraw'>): Promise<Answer> {
  if (!canWithdraw(context.state.status)) return refuse('wrongState', LATE);
  await transition(context, 'withdrawn', command.actor, { commandId: command.commandId });
  return OK;
}

async function decideFinding(
  { state }: ReviewContext,
  { actor, commandId, decisionId, findingId, verdict }: Taken<'decideFinding'>,
): Promise<Answer> {
  const finding = state.findings.find(({ id }) => id === findingId);
  if (finding === undefined)
    return refuse('stale', 'この一致は最新の確認結果にありません。画面を読み込み直してください。');
  const staff = staffOnly(actor);
  if ('code' in staff) return staff;
  const { staffId } = staff;
  const open = {
    taskId: state.task?.id ?? '',
    kind: 'review' as const,
    involved: involved(['entered', state.enteredBy]),
  };
  const refusal = decisionRefusal(open, { staffId, roles: null, taskId: null });
  if (refusal !== null) return refusal;
  const businessMs = Date.now();
  await records.recordFinding({ findingId, decisionId, verdict, staffId, commandId, businessMs });
  finding.status = verdict;
  return OK;
}
