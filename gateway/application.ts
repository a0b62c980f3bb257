import { type Client, WithStartWorkflowOperation, WorkflowIdConflictPolicy } from '@temporalio/client';
import type { ApplicationStatus } from '../domain/application/application.ts';
import type { Answer, Command } from '../domain/base/answers.ts';
import {
  type ApplicationSnapshot,
  applicationReviewId,
  applicationSnapshot,
  type ReviewMessages,
  reviewUpdates,
  submit,
} from '../workflows/application-review/messages.ts';
import { INTERACTIVE_QUEUE } from '../workflows/queues.ts';
import type { CommandOf } from '../workflows/updates.ts';
import { askWorkflow, updateWorkflow } from './answers.ts';

/** Commands to application reviews. Every method answers; a workflow that is over or unknown is a refusal. */
export function applicationGateway(client: Client) {
  return {
    /** Starts the review or reaches the running one: a double submit is one application (第4条). */
    submit: async (
      input: { applicationId: string; sandbox: boolean } & Command,
    ): Promise<Answer<{ status: ApplicationStatus }>> => {
      const { applicationId, sandbox, ...command } = input;
      return client.workflow.executeUpdateWithStart(submit, {
        updateId: command.commandId,
        args: [command],
        startWorkflowOperation: new WithStartWorkflowOperation('applicationReview', {
          workflowId: applicationReviewId(applicationId),
          taskQueue: INTERACTIVE_QUEUE,
          workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
          workflowIdReusePolicy: 'REJECT_DUPLICATE',
          args: [{ applicationId, sandbox }],
        }),
      });
    },
    resubmit: (id: string, command: CommandOf<ReviewMessages, 'resubmit'>) =>
      updateWorkflow(client, applicationReviewId(id), reviewUpdates.resubmit, command),
    withdraw: (id: string, command: CommandOf<ReviewMessages, 'withdraw'>) =>
      updateWorkflow(client, applicationReviewId(id), reviewUpdates.withdraw, command),
    decideFinding: (id: string, command: CommandOf<ReviewMessages, 'decideFinding'>) =>
      updateWorkflow(client, applicationReviewId(id), reviewUpdates.decideFinding, command),
    decideReview: (id: string, command: CommandOf<ReviewMessages, 'decideReview'>) =>
      updateWorkflow(client, applicationReviewId(id), reviewUpdates.decideReview, command),
    decideApproval: (id: string, command: CommandOf<ReviewMessages, 'decideApproval'>) =>
      updateWorkflow(client, applicationReviewId(id), reviewUpdates.decideApproval, command),
    retryDelivery: (id: string, command: CommandOf<ReviewMessages, 'retryDelivery'>) =>
      updateWorkflow(client, applicationReviewId(id), reviewUpdates.retryDelivery, command),
    /** The live state, or null when the workflow is unknown or no worker answers in time. */
    snapshot: (applicationId: string): Promise<ApplicationSnapshot | null> =>
      askWorkflow(client, applicationReviewId(applicationId), applicationSnapshot),
  };
}

export type ApplicationGateway = ReturnType<typeof applicationGateway>;
