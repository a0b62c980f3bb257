import { defineQuery, defineUpdate } from '@temporalio/workflow';
import type { Answer, Command } from '../../domain/base/answers.ts';
import type { NoticeStatus, NoticeVerdict } from '../../domain/notice/notice.ts';
import type { AnsweredCommands } from '../inbox.ts';
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

/** One of the two people decides; the words are in the decision that the console wrote before. */
export const decideNotice = defineUpdate<
  Answer,
  [Command & { taskId: string; decisionId: string; verdict: NoticeVerdict }]
>('decideNotice');
export const pauseNotice = defineUpdate<Answer, [Command]>('pauseNotice');
export const resumeNotice = defineUpdate<Answer, [Command]>('resumeNotice');
export const stopNotice = defineUpdate<Answer, [Command]>('stopNotice');
/** Sends again to everybody whom no mail has reached. */
export const retryNotice = defineUpdate<Answer, [Command]>('retryNotice');
/** Letters were posted on a day (JST): to the contracts named, or to everybody whom no mail reached. */
export const recordNoticeLetters = defineUpdate<
  Answer<{ letters: number }>,
  [Command & { contractIds: string[] | null; sentOn: string }]
>('recordNoticeLetters');

export const noticeProgress = defineQuery<NoticeProgress>('progress');
