import type { Answer } from '../../domain/base/answers.ts';
import { NOTICE_FOLLOW_DAYS, UNREACHED_STATES } from '../../domain/notice/notice.ts';
import { notice as port, records } from '../ports.ts';
import { nudgeTask, openTask, taskWakesAt } from '../staff-task.ts';
import { recordLetters, wrongState } from './letters.ts';
import { type NoticeCommand, type NoticeContext, transition } from './state.ts';

const DAY_MS = 86_400_000;

/**
 * After sending: looks once a day for mails that came back, for five days. While a contractual notice has not reached
 * somebody, operations have the task to post letters or to send again. Silence: the task reminds, then escalates, and the
 * notice stays open. Advertising asks nobody.
 */
export async function follow(context: NoticeContext): Promise<void> {
  const { state, inbox, lane } = context;
  const subject = { subjectType: 'notice' as const, subjectId: state.noticeId };
  state.followUntilMs ??= Date.now() + (state.facts.byMail ? NOTICE_FOLLOW_DAYS * DAY_MS : 0);
  while (state.status === 'following') {
    const unreached = await tellUnreached(context);
    const over = Date.now() >= state.followUntilMs;
    if (over && (unreached === 0 || state.facts.noticeClass === 'advertising')) {
      await transition(state, 'done', { kind: 'system' });
      return;
    }
    const nextLookMs = over ? null : Math.min(Date.now() + DAY_MS, state.followUntilMs);
    const nudgeMs = state.task === null ? null : taskWakesAt(state.task);
    const command = await inbox.next(earliest(nextLookMs, nudgeMs));
    if (command !== null) inbox.answer(command, await duringFollowing(context, command));
    else if (state.task !== null && nudgeMs !== null && Date.now() >= nudgeMs) {
      await nudgeTask(state.task, subject, lane);
    }
  }
}

/** Opens the task for those whom no mail reached, or closes it when everybody was. Gives how many are left. */
async function tellUnreached({ state }: NoticeContext): Promise<number> {
  const { noticeId, facts } = state;
  const counts = await port.recipientCounts({ noticeId });
  const unreached = UNREACHED_STATES.reduce((total, name) => total + counts[name], 0);
  if (unreached === 0) await closeTask(state);
  else if (state.task === null && facts.noticeClass === 'contractual') {
    state.task = await openTask({
      kind: 'noticeUnreached',
      subjectType: 'notice',
      subjectId: noticeId,
      excludedStaff: [],
      sandbox: facts.sandbox,
    });
  }
  return unreached;
}

async function closeTask(state: NoticeContext['state']): Promise<void> {
  if (state.task === null) return;
  await records.closeTask({ taskId: state.task.id, outcome: 'done' });
  state.task = null;
}

async function duringFollowing({ state }: NoticeContext, command: NoticeCommand): Promise<Answer> {
  if (command.type === 'recordLetters') return recordLetters(state, command);
  if (command.type !== 'retry' || command.actor.kind !== 'staff') return wrongState();
  const { commandId, actor } = command;
  const { noticeId } = state;
  await port.retryRecipients({ noticeId, staffId: actor.id, commandId, businessMs: Date.now() });
  await closeTask(state);
  Object.assign(state, { after: -1, pass: 0, pushes: 0, waitsUntilMs: null, followUntilMs: null });
  await transition(state, 'sending', actor, { commandId });
  return { ok: true };
}

function earliest(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.min(a, b);
}
