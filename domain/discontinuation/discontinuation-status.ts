import { discontinuationProcess } from '../processes/discontinuation.ts';

/** States of a discontinuation (第16条), with those that may follow each. */
export const DISCONTINUATION_STATUSES = discontinuationProcess.statuses.discontinuation;
export type DiscontinuationStatus = keyof typeof DISCONTINUATION_STATUSES;

/** From the second approval on: no new applications, nothing billed past the last day. */
export const ANNOUNCED_STATUSES = [
  'announced',
  'ending',
  'refundReview',
  'refundApproval',
  'done',
] as const satisfies readonly DiscontinuationStatus[];

/** Why figures were frozen: by the approval, by somebody who asked for it, or after the last day. */
export type VersionKind = 'approved' | 'recomputed' | 'final';
