import { type Client, WithStartWorkflowOperation, WorkflowIdConflictPolicy } from '@temporalio/client';
import type { ApplicationStatus, ApprovalVerdict, ReviewVerdict } from '../domain/application/application.ts';
import type { Answer, Command } from '../domain/base/answers.ts';
import {
  type ApplicationSnapshot,
  applicationReviewId,
  applicationSnapshot,
  decideApproval,
  decideFinding,
  decideReview,
  resubmit,
  retryDelivery,
  submit,
  withdraw,
} from '../workflows/application-review/messages.ts';
import { INTERACTIVE_QUEUE } from '../workflows/queues.ts';
import { askWorkflow, updateWorkflow } from './answers.ts';

/** Commands to application reviews. Every method answers; a workflow that is over or unknown is a refusal. */
export function applicationGateway(client: Client) {
  const update = <A extends Answer, C extends Command>(
    definition: Parameters<typeof updateWorkflow<A, C>>[2],
    applicationId: string,
    command: C,
  ) => updateWorkflow<A, C>(client, applicationReviewId(applicationId), definition, command);

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
    resubmit: (applicationId: string, command: Command & { round: number }) =>
      update(resubmit, applicationId, command),
    withdraw: (applicationId: string, command: Command) => update(withdraw, applicationId, command),
    decideFinding: (
      applicationId: string,
      command: Command & { decisionId: string; findingId: string; verdict: 'confirmed' | 'released' },
    ) => update(decideFinding, applicationId, command),
    decideReview: (
      applicationId: string,
      command: Command & { decisionId: string; taskId: string; verdict: ReviewVerdict },
    ) => update(decideReview, applicationId, command),
    decideApproval: (
      applicationId: string,
      command: Command & { decisionId: string; taskId: string; verdict: ApprovalVerdict },
    ) => update(decideApproval, applicationId, command),
    retryDelivery: (applicationId: string, command: Command & { taskId: string }) =>
      update(retryDelivery, applicationId, command),
    /** The live state, or null when the workflow is unknown or no worker answers in time. */
    snapshot: (applicationId: string): Promise<ApplicationSnapshot | null> =>
      askWorkflow(client, applicationReviewId(applicationId), applicationSnapshot),
  };
}

export type ApplicationGateway = ReturnType<typeof applicationGateway>;
