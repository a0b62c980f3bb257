import { INTERACTIVE_QUEUE } from '../domain/desk/queues.ts';
import {
  type ApplicationSnapshot,
  applicationReviewId,
  applicationSnapshot,
  type ReviewMessages,
  reviewUpdates,
} from '../workflows/application-review/messages.ts';
import type { CommandOf } from '../workflows/updates.ts';
import { askWorkflow } from './ask.ts';
import type { Begin, Outbox, Store, Write } from './outbox.ts';

interface Submitted {
  applicationId: string;
  sandbox: boolean;
  /** Who typed it in; the applicant unless given. */
  enteredBy?: string;
}

function beginning({ applicationId, sandbox, enteredBy }: Submitted): Begin {
  return {
    workflowId: applicationReviewId(applicationId),
    actor: enteredBy === undefined ? { kind: 'applicant' } : { kind: 'staff', id: enteredBy },
    workflowType: 'applicationReview',
    taskQueue: INTERACTIVE_QUEUE,
    args: [{ applicationId, sandbox }],
  };
}

/** Commands to application reviews. Every method answers; a workflow that is over or unknown is a refusal. */
export function applicationGateway(outbox: Outbox) {
  return {
    /** Stores an application and begins its review: a double submit is one application (第4条). */
    submit: <T extends Submitted>(store: Store<T>): Promise<T> => outbox.begin(store, beginning),
    resubmit: (id: string, command: CommandOf<ReviewMessages, 'resubmit'>, write?: Write) =>
      outbox.update(applicationReviewId(id), reviewUpdates.resubmit, command, write),
    withdraw: (id: string, command: CommandOf<ReviewMessages, 'withdraw'>, write?: Write) =>
      outbox.update(applicationReviewId(id), reviewUpdates.withdraw, command, write),
    decideFinding: (id: string, command: CommandOf<ReviewMessages, 'decideFinding'>, write?: Write) =>
      outbox.update(applicationReviewId(id), reviewUpdates.decideFinding, command, write),
    decideReview: (id: string, command: CommandOf<ReviewMessages, 'decideReview'>, write?: Write) =>
      outbox.update(applicationReviewId(id), reviewUpdates.decideReview, command, write),
    decideApproval: (id: string, command: CommandOf<ReviewMessages, 'decideApproval'>, write?: Write) =>
      outbox.update(applicationReviewId(id), reviewUpdates.decideApproval, command, write),
    retryDelivery: (id: string, command: CommandOf<ReviewMessages, 'retryDelivery'>) =>
      outbox.update(applicationReviewId(id), reviewUpdates.retryDelivery, command),
    /** The live state, or null when the workflow is unknown or no worker answers in time. */
    snapshot: (applicationId: string): Promise<ApplicationSnapshot | null> =>
      askWorkflow(outbox.client, applicationReviewId(applicationId), applicationSnapshot),
  };
}
