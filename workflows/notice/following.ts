import type { Answer } from '../../domain/base/answers.ts';
import { refuse } from '../../domain/base/answers.ts';
import { staffOnly } from '../../domain/desk/decide.ts';
import { NOTICE_FOLLOW_DAYS, UNREACHED_STATES } from '../../domain/notice/notice.ts';
import { earliest } from '../desk.ts';
import { notice as port } from '../ports.ts';
import { LATE, recordLetters } from './letters.ts';
import { type NoticeContext, type Taken, transition } from './state.ts';

const DAY_MS = 86_400_000;

/**
 * After sending: looks once a day for mails that came back, for five days. While a contractual notice has not reached
 * somebody, operations have the task to post letters or to send again. Silence: the notice stays open. Advertising asks
 * nobody.
 */
export async function follow(context: NoticeContext): Promise<void> {
  const { state, inbox, desk } = context;
  state.followUntilMs ??= Date.now() + (state.facts.byMail ? NOTICE_FOLLOW_DAYS * DAY_MS : 0);
  // Not a stage: each turn first looks who is unreached, and a look may be the last.
  while (state.status === 'following') {
    const unreached = await tellUnreached(context);
    const over = Date.now() >= state.followUntilMs;
    if (over && (unreached === 0 || state.facts.noticeClass === 'advertising')) {
      await transition(state, 'done', { kind: 'system' });
      return;
    }
    const nextLookMs = over ? null : Math.min(Date.now() + DAY_MS, state.followUntilMs);
    const command = await inbox.next(earliest(nextLookMs, desk.wakesAt()));
    if (command === null) await desk.nudge();
    else {
      await command.answer(
        {
          recordLetters: (letters) => recordLetters(state, letters),
          retry: (again) => retry(context, again),
        },
        refuse('wrongState', LATE),
      );
    }
  }
}

/** Opens the task for those whom no mail reached, or closes it when everybody was. Gives how many are left. */
async function tellUnreached(context: NoticeContext): Promise<number> {
  const { state, desk } = context;
  const { noticeId, facts } = state;
  const counts = await port.recipientCounts({ noticeId });
  const unreached = UNREACHED_STATES.reduce((total, name) => total + counts[name], 0);
  if (unreached === 0) await closeTask(context);
  else if (state.task === null && facts.noticeClass === 'contractual') {
    state.task = await desk.open({ kind: 'noticeUnreached', involved: [] });
  }
  return unreached;
}

async function closeTask({ state, desk }: NoticeContext): Promise<void> {
  if (state.task === null) return;
  await desk.close(state.task, 'done');
  state.task = null;
}

async function retry(context: NoticeContext, { actor, commandId }: Taken<'retry'>): Promise<Answer> {
  const { state } = context;
  const staff = staffOnly(actor);
  if ('code' in staff) return staff;
  const { noticeId } = state;
  await port.retryRecipients({ noticeId, ...staff, commandId, businessMs: Date.now() });
  await closeTask(context);
  Object.assign(state, { after: -1, pass: 0, pushes: 0, waitsUntilMs: null, followUntilMs: null });
  await transition(state, 'sending', actor, { commandId });
  return { ok: true };
}
