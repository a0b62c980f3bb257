import { defineQuery, defineUpdate } from '@temporalio/workflow';
import type { NoticeStatus, NoticeVerdict } from '../../domain/notice/notice.ts';
import type { AnsweredCommands } from '../inbox.ts';
import type { Update, Updates } from '../updates.ts';
import type { NoticeState } from './state.ts';

/** One workflow for each notice, from the submission of its draft to its end. */
export const noticeWorkflowId = (noticeId: string): string => `notice/${noticeId}`;

/** Recipients of one page, and pages before a campaign begins a new run. */
export const NOTICE_PACE = { pageSize: 1_000, pagesPerRun: 50 };

export interface NoticeInput {
  noticeId: string;
  /** Who submitted the draft. */
  startedBy: string;
  /** Recipients of one page, and pages before the workflow continues as new. */
  pageSize: number;
  pagesPerRun: number;
  /** Set by continue-as-new. */
  carried: { state: NoticeState; answered: AnsweredCommands } | null;
}

export interface NoticeProgress {
  status: NoticeStatus;
  /** The task that waits for somebody, if one does. */
  taskId: string | null;
  reviewedBy: string | null;
  /** Mails that servers took in a minute, as measured lately; null before the first page. */
  mailsPerMinute: number | null;
  /** Until when it waits because the server takes nothing, or before it asks again; null while it does not. */
  waitsUntilMs: number | null;
}

export interface NoticeMessages {
  /** One of the two people decides; the words are in the decision that the console wrote before. */
  decide: Update<'decideNotice', { taskId: string; decisionId: string; verdict: NoticeVerdict }>;
  pause: Update<'pauseNotice'>;
  resume: Update<'resumeNotice'>;
  stop: Update<'stopNotice'>;
  /** Sends again to everybody whom no mail has reached. */
  retry: Update<'retryNotice'>;
  /** Letters were posted on a day (JST): to the contracts named, or to everybody whom no mail reached. */
  recordLetters: Update<
    'recordNoticeLetters',
    { contractIds: string[] | null; sentOn: string },
    { letters: number }
  >;
}

export const noticeUpdates: Updates<NoticeMessages> = {
  decide: defineUpdate('decideNotice'),
  pause: defineUpdate('pauseNotice'),
  resume: defineUpdate('resumeNotice'),
  stop: defineUpdate('stopNotice'),
  retry: defineUpdate('retryNotice'),
  recordLetters: defineUpdate('recordNoticeLetters'),
};

export const noticeProgress = defineQuery<NoticeProgress>('progress');
