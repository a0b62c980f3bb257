import { defineQuery, defineUpdate } from '@temporalio/workflow';
import type {
  ApplicationStatus,
  ApprovalVerdict,
  FindingSummary,
  ReviewVerdict,
} from '../../domain/application/application.ts';
import type { Answer, Command } from '../../domain/base/answers.ts';

/** One workflow for each application. */
export const applicationReviewId = (applicationId: string): string => `application/${applicationId}`;

export interface ApplicationReviewInput {
  applicationId: string;
  sandbox: boolean;
}

export interface ApplicationSnapshot {
  status: ApplicationStatus;
  round: number;
  taskId: string | null;
  enteredBy: string | null;
  reviewedBy: string | null;
  recommendation: 'recommendAccept' | 'recommendRefuse' | null;
  findings: FindingSummary[];
  /** Last day for a correction, while one is awaited. */
  correctionDueOn: string | null;
}

/** First command of the form handler, sent with start: a double submit reaches the running workflow. */
export const submit = defineUpdate<Answer<{ status: ApplicationStatus }>, [Command]>('submit');
/** The applicant sent a corrected application (第4条4項①). */
export const resubmit = defineUpdate<Answer, [Command & { round: number }]>('resubmit');
export const withdraw = defineUpdate<Answer, [Command]>('withdraw');
/** A person confirms a finding or releases it. */
export const decideFinding = defineUpdate<
  Answer,
  [Command & { decisionId: string; findingId: string; verdict: 'confirmed' | 'released' }]
>('decideFinding');
export const decideReview = defineUpdate<
  Answer,
  [Command & { decisionId: string; taskId: string; verdict: ReviewVerdict }]
>('decideReview');
export const decideApproval = defineUpdate<
  Answer,
  [Command & { decisionId: string; taskId: string; verdict: ApprovalVerdict }]
>('decideApproval');
/** Staff mended what stopped the acceptance mail: send it again. */
export const retryDelivery = defineUpdate<Answer, [Command & { taskId: string }]>('retryDelivery');

export const applicationSnapshot = defineQuery<ApplicationSnapshot>('snapshot');
