import { defineQuery, defineUpdate } from '@temporalio/workflow';
import type {
  ApplicationStatus,
  ApprovalVerdict,
  FindingSummary,
  ReviewVerdict,
} from '../../domain/application/application.ts';
import type { Answer, Command } from '../../domain/base/answers.ts';
import type { Update, Updates } from '../updates.ts';

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

export interface ReviewMessages {
  /** The applicant sent a corrected application (第4条4項①). */
  resubmit: Update<'resubmit', { round: number }>;
  withdraw: Update<'withdraw'>;
  /** A person confirms a finding or releases it. */
  decideFinding: Update<
    'decideFinding',
    { decisionId: string; findingId: string; verdict: 'confirmed' | 'released' }
  >;
  decideReview: Update<'decideReview', { decisionId: string; taskId: string; verdict: ReviewVerdict }>;
  decideApproval: Update<'decideApproval', { decisionId: string; taskId: string; verdict: ApprovalVerdict }>;
  /** Staff mended what stopped the acceptance mail: send it again. */
  retryDelivery: Update<'retryDelivery', { taskId: string }>;
}

export const reviewUpdates: Updates<ReviewMessages> = {
  resubmit: defineUpdate('resubmit'),
  withdraw: defineUpdate('withdraw'),
  decideFinding: defineUpdate('decideFinding'),
  decideReview: defineUpdate('decideReview'),
  decideApproval: defineUpdate('decideApproval'),
  retryDelivery: defineUpdate('retryDelivery'),
};

/** First command of the form handler, sent with start: a double submit reaches the running workflow. */
export const submit = defineUpdate<Answer<{ status: ApplicationStatus }>, [Command]>('submit');

export const applicationSnapshot = defineQuery<ApplicationSnapshot>('snapshot');
