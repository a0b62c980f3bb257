import { contractProcess } from '../processes/contract.ts';
import type { requestProcess } from '../processes/request.ts';
import type { ContractKind } from './periods.ts';

/** States of a contract (第10条, 第16条), with those that may follow each. */
export const CONTRACT_STATUSES = contractProcess.statuses.contract;
export type ContractStatus = keyof typeof CONTRACT_STATUSES;

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

/** What became of a request. */
export type RequestOutcome = keyof typeof requestProcess.statuses.request;
