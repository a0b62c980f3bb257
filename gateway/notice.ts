import { type Client, WorkflowIdConflictPolicy, WorkflowIdReusePolicy } from '@temporalio/client';
import type { Command } from '../domain/base/answers.ts';
import {
  NOTICE_PACE,
  type NoticeInput,
  type NoticeMessages,
  type NoticeProgress,
  noticeProgress,
  noticeUpdates,
  noticeWorkflowId,
} from '../workflows/notice/messages.ts';
import type { noticeCampaign } from '../workflows/notice/workflow.ts';
import { BACKGROUND_QUEUE } from '../workflows/queues.ts';
import type { CommandOf } from '../workflows/updates.ts';
import { askWorkflow, updateWorkflow } from './answers.ts';

/** Starting, deciding and steering of notices. Every command answers; an ended or unknown notice is a refusal. */
export function noticeGateway(client: Client) {
  const id = noticeWorkflowId;
  return {
    /** Hands a draft in for approval; one that is on its way already is left to it. */
    async submit(
      input: Pick<NoticeInput, 'noticeId' | 'startedBy'>,
      pace: Pick<NoticeInput, 'pageSize' | 'pagesPerRun'> = NOTICE_PACE,
    ): Promise<void> {
      await client.workflow.start<typeof noticeCampaign>('noticeCampaign', {
        workflowId: id(input.noticeId),
        taskQueue: BACKGROUND_QUEUE,
        workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
        workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
        args: [{ ...input, ...pace, carried: null }],
      });
    },
    decide: (noticeId: string, command: CommandOf<NoticeMessages, 'decide'>) =>
      updateWorkflow(client, id(noticeId), noticeUpdates.decide, command),
    pause: (noticeId: string, command: Command) =>
      updateWorkflow(client, id(noticeId), noticeUpdates.pause, command),
    resume: (noticeId: string, command: Command) =>
      updateWorkflow(client, id(noticeId), noticeUpdates.resume, command),
    stop: (noticeId: string, command: Command) =>
      updateWorkflow(client, id(noticeId), noticeUpdates.stop, command),
    retry: (noticeId: string, command: Command) =>
      updateWorkflow(client, id(noticeId), noticeUpdates.retry, command),
    recordLetters: (noticeId: string, command: CommandOf<NoticeMessages, 'recordLetters'>) =>
      updateWorkflow(client, id(noticeId), noticeUpdates.recordLetters, command),
    progress: (noticeId: string): Promise<NoticeProgress | null> =>
      askWorkflow(client, id(noticeId), noticeProgress),
  };
}

export type NoticeGateway = ReturnType<typeof noticeGateway>;
