import { type Client, WorkflowIdConflictPolicy, WorkflowIdReusePolicy } from '@temporalio/client';
import type { Command } from '../domain/base/answers.ts';
import type { NoticeVerdict } from '../domain/notice/notice.ts';
import {
  decideNotice,
  NOTICE_PACE,
  type NoticeInput,
  type NoticeProgress,
  noticeProgress,
  noticeWorkflowId,
  pauseNotice,
  recordNoticeLetters,
  resumeNotice,
  retryNotice,
  stopNotice,
} from '../workflows/notice/messages.ts';
import type { noticeCampaign } from '../workflows/notice/workflow.ts';
import { BACKGROUND_QUEUE } from '../workflows/queues.ts';
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
    decide: (
      noticeId: string,
      command: Command & { taskId: string; decisionId: string; verdict: NoticeVerdict },
    ) => updateWorkflow(client, id(noticeId), decideNotice, command),
    pause: (noticeId: string, command: Command) => updateWorkflow(client, id(noticeId), pauseNotice, command),
    resume: (noticeId: string, command: Command) =>
      updateWorkflow(client, id(noticeId), resumeNotice, command),
    stop: (noticeId: string, command: Command) => updateWorkflow(client, id(noticeId), stopNotice, command),
    retry: (noticeId: string, command: Command) => updateWorkflow(client, id(noticeId), retryNotice, command),
    recordLetters: (noticeId: string, command: Command & { contractIds: string[] | null; sentOn: string }) =>
      updateWorkflow(client, id(noticeId), recordNoticeLetters, command),
    progress: (noticeId: string): Promise<NoticeProgress | null> =>
      askWorkflow(client, id(noticeId), noticeProgress),
  };
}

export type NoticeGateway = ReturnType<typeof noticeGateway>;
