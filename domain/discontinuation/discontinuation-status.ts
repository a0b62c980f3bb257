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

/** What a discontinuation tells a contract. */
export type ToldStep = 'announce' | 'withdraw' | 'end';

/** Whether a discontinuation in this status tells contracts that (第16条): two people approved it, or called it off. */
export function saysStep(status: DiscontinuationStatus, step: ToldStep): boolean {
  if (step === 'withdraw') return status === 'cancelled';
  const announced = ANNOUNCED_STATUSES.some((each) => each === status);
  return step === 'end' ? announced && status !== 'announced' : announced;
}
