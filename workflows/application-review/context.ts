import type { ApprovalVerdict, ReviewVerdict } from '../../domain/application/application.ts';
import type { Command } from '../../domain/base/answers.ts';
import type { Inbox } from '../inbox.ts';
import type { Lane } from '../lane.ts';
import type { ReviewState } from './state.ts';

/** Commands that the main loop takes one at a time. */
export type ReviewCommand = Command &
  (
    | { type: 'resubmit'; round: number }
    | { type: 'withdraw' }
    | { type: 'decideFinding'; decisionId: string; findingId: string; verdict: 'confirmed' | 'released' }
    | { type: 'decideReview'; decisionId: string; taskId: string; verdict: ReviewVerdict }
    | { type: 'decideApproval'; decisionId: string; taskId: string; verdict: ApprovalVerdict }
    | { type: 'retryDelivery'; taskId: string }
  );

export interface ReviewContext {
  state: ReviewState;
  inbox: Inbox<ReviewCommand>;
  lane: Lane;
}
