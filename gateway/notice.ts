import type { Command } from '../domain/base/answers.ts';
import { BACKGROUND_QUEUE } from '../domain/desk/queues.ts';
import {
  NOTICE_PACE,
  type NoticeInput,
  type NoticeMessages,
  type NoticeProgress,
  noticeProgress,
  noticeUpdates,
  noticeWorkflowId,
} from '../workflows/notice/messages.ts';
import type { CommandOf } from '../workflows/updates.ts';
import { askWorkflow } from './ask.ts';
import type { Outbox, Write } from './outbox.ts';

/** Starting, deciding and steering of notices. Every command answers; an ended or unknown notice is a refusal. */
export function noticeGateway(outbox: Outbox) {
  const id = noticeWorkflowId;
  return {
    /** Hands a draft in for approval; one that is on its way already is left to it. */
    submit: (
      { commandId, ...input }: Pick<NoticeInput, 'noticeId' | 'startedBy'> & { commandId: string },
      pace: Pick<NoticeInput, 'pageSize' | 'pagesPerRun'> = NOTICE_PACE,
    ): Promise<void> =>
      outbox.begin(
        async () => undefined,
        () => ({
          commandId,
          workflowId: id(input.noticeId),
          actor: { kind: 'staff', id: input.startedBy },
          workflowType: 'noticeCampaign',
          taskQueue: BACKGROUND_QUEUE,
          args: [{ ...input, ...pace, carried: null }],
          // A draft that was sent back is handed in again.
          runs: 'again',
        }),
      ),
    decide: (noticeId: string, command: CommandOf<NoticeMessages, 'decide'>, write?: Write) =>
      outbox.update(id(noticeId), noticeUpdates.decide, command, write),
    pause: (noticeId: string, command: Command) => outbox.update(id(noticeId), noticeUpdates.pause, command),
    resume: (noticeId: string, command: Command) =>
      outbox.update(id(noticeId), noticeUpdates.resume, command),
    stop: (noticeId: string, command: Command) => outbox.update(id(noticeId), noticeUpdates.stop, command),
    retry: (noticeId: string, command: Command) => outbox.update(id(noticeId), noticeUpdates.retry, command),
    recordLetters: (noticeId: string, command: CommandOf<NoticeMessages, 'recordLetters'>) =>
      outbox.update(id(noticeId), noticeUpdates.recordLetters, command),
    progress: (noticeId: string): Promise<NoticeProgress | null> =>
      askWorkflow(outbox.client, id(noticeId), noticeProgress),
  };
}
