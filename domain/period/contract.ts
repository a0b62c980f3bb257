import type { ContractKind } from './periods.ts';

/** States of a contract: `ending` has a known last day, `ended` and `terminated` are final (第10条, 第16条). */
export const CONTRACT_STATUSES = ['active', 'ending', 'ended', 'terminated'] as const;
export type ContractStatus = (typeof CONTRACT_STATUSES)[number];

const NEXT: Record<ContractStatus, readonly ContractStatus[]> = {
  active: ['ending', 'terminated'],
  ending: ['active', 'ending', 'ended', 'terminated'],
  ended: [],
  terminated: [],
};

/**
 * Whether the state table allows the step; `ending → active` is the withdrawal of a cancellation or of a discontinuation,
 * `ending → ending` another last day.
 */
export function canMoveContract(from: ContractStatus, to: ContractStatus): boolean {
  return NEXT[from].includes(to);
}

/** True while the customer may use the service. */
export function isLive(status: ContractStatus): boolean {
  return status === 'active' || status === 'ending';
}

/** What the kinds of contracts are called. */
export const CONTRACT_KIND_LABELS: Readonly<Record<ContractKind, string>> = {
  annual: '年額契約',
  monthly: '月額契約',
};

export const REQUEST_KINDS = ['change', 'cancellation', 'cancellationWithdrawal', 'termination'] as const;
export type RequestKind = (typeof REQUEST_KINDS)[number];

/**
 * What became of a request. `sent` has not been answered yet, `waiting` needs a second person, `accepted` has a date
 * to come, `done` took effect, `superseded` lost to a later one, `dropped` would have taken effect after the end.
 */
export type RequestOutcome =
  | 'sent'
  | 'waiting'
  | 'accepted'
  | 'refused'
  | 'superseded'
  | 'dropped'
  | 'withdrawn'
  | 'done';
