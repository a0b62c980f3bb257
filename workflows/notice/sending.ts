import { allHandlersFinished, condition, workflowInfo } from '@temporalio/workflow';
import type { NoticePage } from '../../activities/mail/campaign.ts';
import { type Answer, refuse } from '../../domain/base/answers.ts';
import { noticeRetryWaitMs, pushBackWaitMs } from '../../domain/notice/notice.ts';
import { notice as port } from '../ports.ts';
import type { Handlers } from '../updates.ts';
import { LATE, recordLetters } from './letters.ts';
import type { NoticeInput, NoticeMessages } from './messages.ts';
import { type NoticeContext, type NoticeState, transition } from './state.ts';

const OK: Answer = { ok: true };

/** A page on its way, beside the loop that answers commands. */
interface RunningPage {
  beganMs: number;
  settled: boolean;
  result: Promise<NoticePage>;
}

/**
 * Sends page by page, one at a time, until nobody is left whom a mail may still reach, the notice is stopped, or a new
 * run should begin. Who was put off is asked about again after growing waits, for a day; a server that takes nothing is
 * waited for as long as it takes. A command is answered while a page is on its way; the page itself looks whether the
 * notice is still to be sent.
 */
export async function sendPages(context: NoticeContext, input: NoticeInput): Promise<'over' | 'newRun'> {
  const { state, inbox } = context;
  let page: RunningPage | null = null;
  for (let pages = 0; state.status === 'sending' || state.status === 'paused'; ) {
    if (page === null && isTime(state)) {
      page = beginPage(state, input.pageSize);
      pages += 1;
    }
    await somethingHappens(context, page);
    if (!inbox.isEmpty) {
      const command = await inbox.next(null);
      await command?.answer(duringSending(state), refuse('wrongState', LATE));
    } else if (page?.settled) {
      const { beganMs, result } = page;
      page = null;
      await takeResult(state, await result, beganMs);
      if (state.status === 'sending' && isLongEnough(pages, input.pagesPerRun) && isQuiet(context))
        return 'newRun';
    }
  }
  // What is on its way when the notice is stopped still arrives, and is recorded.
  await page?.result;
  if (state.status === 'stopped') await port.stopRecipients({ noticeId: state.noticeId });
  return 'over';
}

const isTime = (state: NoticeState): boolean =>
  state.status === 'sending' && (state.waitsUntilMs === null || Date.now() >= state.waitsUntilMs);

const isLongEnough = (pages: number, limit: number): boolean =>
  pages >= limit || workflowInfo().continueAsNewSuggested;

const isQuiet = ({ inbox }: NoticeContext): boolean => inbox.isEmpty && allHandlersFinished();

function beginPage(state: NoticeState, limit: number): RunningPage {
  const { noticeId, after, pass } = state;
  state.waitsUntilMs = null;
  const beganMs = Date.now();
  const result = port.sendNoticePage({
    noticeId,
    after,
    limit,
    retryDeferred: pass > 0,
    businessMs: beganMs,
  });
  const page: RunningPage = { beganMs, settled: false, result };
  const settle = () => {
    page.settled = true;
  };
  result.then(settle, settle);
  return page;
}

/** Waits for a command, for the page on its way, or for the time until which sending waits. */
async function somethingHappens({ state, inbox }: NoticeContext, page: RunningPage | null): Promise<void> {
  const happened = () => !inbox.isEmpty || page?.settled === true;
  const { status, waitsUntilMs } = state;
  if (page === null && status === 'sending' && waitsUntilMs !== null) {
    await condition(happened, Math.max(1, waitsUntilMs - Date.now()));
  } else {
    await condition(happened);
  }
}

async function takeResult(state: NoticeState, page: NoticePage, beganMs: number): Promise<void> {
  const elapsedMs = Math.max(1, Date.now() - beganMs);
  const rate = Math.round((page.accepted * 60_000) / elapsedMs);
  // Half of what is shown is the last page: an average that follows soon.
  state.mailsPerMinute = state.mailsPerMinute === null ? rate : Math.round((state.mailsPerMinute + rate) / 2);
  if (page.pushedBack) {
    state.pushes += 1;
    state.waitsUntilMs = Date.now() + pushBackWaitMs(state.pushes);
  } else {
    state.pushes = 0;
  }
  if (page.nextAfter !== null) {
    state.after = page.nextAfter;
    return;
  }
  const counts = await port.recipientCounts({ noticeId: state.noticeId });
  const waitMs = counts.deferred + counts.queued === 0 ? null : noticeRetryWaitMs(state.pass + 1);
  if (waitMs !== null) {
    state.pass += 1;
    state.after = -1;
    state.waitsUntilMs = Date.now() + waitMs;
  } else if (state.status === 'sending') {
    await transition(state, 'following', { kind: 'system' });
  } else {
    // Paused meanwhile: the next page after it goes on finds nobody.
    state.after = -1;
  }
}

function duringSending(state: NoticeState): Partial<Handlers<NoticeMessages>> {
  return {
    pause: async ({ actor, commandId }) => {
      if (state.status !== 'sending') return refuse('wrongState', 'この通知はすでに一時停止しています。');
      await transition(state, 'paused', actor, { commandId });
      return OK;
    },
    resume: async ({ actor, commandId }) => {
      if (state.status !== 'paused') return refuse('wrongState', 'この通知はすでに送信中です。');
      await transition(state, 'sending', actor, { commandId });
      // Staff know that the server is back.
      state.waitsUntilMs = null;
      return OK;
    },
    stop: async ({ actor, commandId }) => {
      await transition(state, 'stopped', actor, { commandId });
      return OK;
    },
    recordLetters: (command) => recordLetters(state, command),
  };
}
