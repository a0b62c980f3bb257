import type { Client } from '@temporalio/client';
import type { Answer, Command } from '../domain/base/answers.ts';
import type { PublicationSubject } from '../domain/notice/publication.ts';
import {
  decidePublication,
  type PublicationInput,
  publicationWorkflowId,
} from '../workflows/publication/messages.ts';
import { BACKGROUND_QUEUE } from '../workflows/queues.ts';
import { updateWorkflow } from './answers.ts';
import { startOnce } from './start-once.ts';

/** Commands to editions of the terms and fee changes on their way to effect. */
export function publicationGateway(client: Client) {
  return {
    /** Starts the process of a stored draft; one that was started before goes on. */
    start: (input: PublicationInput): Promise<void> =>
      startOnce(client, 'publication', {
        workflowId: publicationWorkflowId(input.subjectType, input.subjectId),
        taskQueue: BACKGROUND_QUEUE,
        args: [input],
      }),
    decide: (
      subject: { subjectType: PublicationSubject; subjectId: string },
      command: Command & { verdict: 'approve' | 'reject' },
    ): Promise<Answer> =>
      updateWorkflow(
        client,
        publicationWorkflowId(subject.subjectType, subject.subjectId),
        decidePublication,
        command,
      ),
  };
}

export type PublicationGateway = ReturnType<typeof publicationGateway>;
