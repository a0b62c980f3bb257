/**
 * States of a discontinuation (第16条): two people approve, customers are told, the contracts end with the last day, and
 * refunds wait for two people until the bank's file is free.
 */
export const DISCONTINUATION_STATUSES = [
  'review',
  'approval',
  'announced',
  'ending',
  'refundReview',
  'refundApproval',
  'done',
  'rejected',
  'cancelled',
] as const;
export type DiscontinuationStatus = (typeof DISCONTINUATION_STATUSES)[number];

const NEXT: Record<DiscontinuationStatus, readonly DiscontinuationStatus[]> = {
  review: ['approval', 'rejected'],
  approval: ['announced', 'rejected'],
  announced: ['ending', 'cancelled'],
  ending: ['refundReview', 'done'],
  refundReview: ['refundApproval'],
  refundApproval: ['refundReview', 'done'],
  done: [],
  rejected: [],
  cancelled: [],
};

export function canMoveDiscontinuation(from: DiscontinuationStatus, to: DiscontinuationStatus): boolean {
  return NEXT[from].includes(to);
}

export function isDiscontinuationOver(status: DiscontinuationStatus): boolean {
  return NEXT[status].length === 0;
}

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
