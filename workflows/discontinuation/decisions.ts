import { type Answer, refuse } from '../../domain/base/answers.ts';
import { addDays, jstInstant } from '../../domain/calendar/civil-date.ts';
import type { PlainTaskKind } from '../../domain/desk/tasks.ts';
import { discontinuations as port, records } from '../ports.ts';
import { nudgeTask, openTask, taskWakesAt } from '../staff-task.ts';
import {
  type DiscontinuationCommand,
  type DiscontinuationContext,
  moveDiscontinuation,
  subjectOf,
} from './state.ts';

const OK: Answer = { ok: true };
const SYSTEM = { kind: 'system' } as const;

type Decide = DiscontinuationCommand & { type: 'decide' };

/** First person (第16条): looks at the figures before a second one approves. */
export async function awaitReview(context: DiscontinuationContext): Promise<void> {
  const { enteredBy } = context.input;
  await duringTask(context, 'discontinuationReview', [enteredBy], (command) =>
    settle(context, command, 'approval', [enteredBy]),
  );
}

/** Second person (第16条): with this approval customers are told. */
export async function awaitApproval(context: DiscontinuationContext): Promise<void> {
  const involved = [context.input.enteredBy, context.state.reviewedBy].filter((id) => id !== null);
  await duringTask(context, 'discontinuationApproval', involved, (command) =>
    settle(context, command, 'announced', involved),
  );
}

async function settle(
  context: DiscontinuationContext,
  command: Decide,
  agreed: 'approval' | 'announced',
  involved: string[],
): Promise<Answer> {
  const refusal = mayDecide(context, command, involved);
  if (refusal !== null) return refusal;
  if (command.verdict === 'sendBack') return refuse('invalid', '承認するか、認めないかを選んでください。');
  const { commandId, decisionId } = command;
  const to = command.verdict === 'agree' ? agreed : 'rejected';
  await moveDiscontinuation(context, to, command.actor, { commandId, decisionId });
  return OK;
}

/** Billing submits a list of the refunds that have an account (第16条). Silence: reminded, escalated, it stays open. */
export async function awaitRefundReview(context: DiscontinuationContext): Promise<void> {
  const { state } = context;
  await duringTask(context, 'refundReview', [], async (command) => {
    const refusal = mayDecide(context, command, []);
    if (refusal !== null) return refusal;
    if (command.verdict !== 'agree' || command.actor.kind !== 'staff') {
      return refuse('invalid', '返金リストを提出するか、提出せずに待ってください。');
    }
    const { refunds } = await port.submitRefunds(batchOf(context, command.actor.id));
    if (refunds === 0) {
      return refuse(
        'ruleRefuses',
        '振込先が登録された返金がありません。先に契約の画面で振込先を登録してください。',
        '第16条',
      );
    }
    state.submittedBy = command.actor.id;
    const { commandId, decisionId } = command;
    await moveDiscontinuation(context, 'refundApproval', command.actor, { commandId, decisionId });
    return OK;
  });
}

/** The second person gives the list free or sends it back; what had no account comes on a list of its own. */
export async function awaitRefundApproval(context: DiscontinuationContext): Promise<void> {
  const { state } = context;
  const involved = [state.submittedBy].filter((id) => id !== null);
  await duringTask(context, 'refundApproval', involved, async (command) => {
    const refusal = mayDecide(context, command, involved);
    if (refusal !== null) return refusal;
    if (command.actor.kind !== 'staff') return refuse('notAllowed', '担当者だけが判断できます。');
    const { commandId, decisionId, actor } = command;
    const batch = batchOf(context, command.actor.id);
    switch (command.verdict) {
      case 'agree': {
        const { left } = await port.approveRefunds(batch);
        state.batch += 1;
        if (left === 0) await closeAccountTask(context);
        await moveDiscontinuation(context, left === 0 ? 'done' : 'refundReview', actor, {
          commandId,
          decisionId,
        });
        return OK;
      }
      case 'sendBack':
        await port.sendBackRefunds(batch);
        await moveDiscontinuation(context, 'refundReview', actor, { commandId, decisionId });
        return OK;
      case 'reject':
        return refuse('invalid', '承認するか、請求担当に差し戻してください。');
    }
  });
}

function batchOf({ input, state }: DiscontinuationContext, staffId: string) {
  const { version, batch } = state;
  return { discontinuationId: input.discontinuationId, version, batch, staffId, businessMs: Date.now() };
}

async function closeAccountTask({ state }: DiscontinuationContext): Promise<void> {
  if (state.accountTask === null) return;
  await records.closeTask({ taskId: state.accountTask.id, outcome: 'done' });
  state.accountTask = null;
}

/**
 * Opens the task, answers commands until the status changes, reminds and escalates meanwhile. A proposal that nobody has
 * decided when its last day is over is rejected by itself.
 */
async function duringTask(
  context: DiscontinuationContext,
  kind: PlainTaskKind,
  excludedStaff: string[],
  handle: (command: Decide) => Promise<Answer>,
): Promise<void> {
  const { input, state, inbox, lane } = context;
  const subject = subjectOf(input);
  const began = state.status;
  const proposed = began === 'review' || began === 'approval';
  const lapseMs = proposed ? jstInstant(addDays(input.lastDay, 1)) : null;
  const task = await openTask({ kind, ...subject, excludedStaff, sandbox: input.sandbox });
  state.task = task;
  while (state.status === began) {
    const wakes = [taskWakesAt(task), lapseMs].filter((time) => time !== null);
    const command = await inbox.next(wakes.length === 0 ? null : Math.min(...wakes));
    if (command !== null) {
      const answer =
        command.type === 'decide'
          ? await handle(command)
          : refuse('wrongState', 'この廃止は、いま計算のやり直しや中止ができる状態ではありません。');
      if (state.status !== began) await records.closeTask({ taskId: task.id, outcome: 'done' });
      inbox.answer(command, answer);
    } else if (lapseMs !== null && lapseMs <= Date.now()) {
      await moveDiscontinuation(context, 'rejected', SYSTEM);
      await records.closeTask({ taskId: task.id, outcome: 'cancelled' });
    } else {
      await nudgeTask(task, subject, lane);
    }
  }
  state.task = null;
}

function mayDecide({ state }: DiscontinuationContext, command: Decide, involved: string[]): Answer | null {
  if (command.actor.kind !== 'staff') return refuse('notAllowed', '担当者だけが判断できます。');
  if (involved.includes(command.actor.id)) {
    return refuse(
      'samePerson',
      'ご自身が提案・確認したものは承認できません。別の担当者が判断します。',
      '第16条',
    );
  }
  return command.taskId === state.task?.id
    ? null
    : refuse('stale', 'この画面を開いたあとに、別の担当者が判断しました。最新の状態をご確認ください。');
}
