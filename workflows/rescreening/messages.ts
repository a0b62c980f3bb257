import { defineQuery, defineUpdate } from '@temporalio/workflow';
import type { FindingStatus } from '../../domain/application/application.ts';
import type { Update, Updates } from '../updates.ts';

export type RescreenedList = 'antisocial' | 'competitor' | 'internal';

/** Why contracts are screened again: a list has another current version, or a contract's people changed. */
export type RescreeningCause =
  | { kind: 'list'; list: RescreenedList; version: number }
  | { kind: 'contract'; contractId: string };

/** One run for each list version that becomes current, one for a contract whose officers changed. */
export function rescreeningWorkflowId(cause: RescreeningCause): string {
  return cause.kind === 'list'
    ? `rescreening/${cause.list}-${cause.version}`
    : `rescreening/contract-${cause.contractId}`;
}

/** The case that a run opens on a contract. */
export const screeningCaseId = (contractId: string, rescreeningId: string): string =>
  `screening-case/${contractId}/${rescreeningId}`;

export interface RescreeningProgress {
  status: 'running' | 'done' | 'superseded';
  /** Live contracts when the run began. */
  contracts: number;
  done: number;
  /** New matches that a person has to decide. */
  found: number;
  cases: number;
}

export interface RescreeningInput {
  rescreeningId: string;
  cause: RescreeningCause;
  startedBy: string;
  /** Contracts of one page, milliseconds between two pages, pages before the workflow continues as new. */
  pageSize: number;
  pauseMs: number;
  pagesPerRun: number;
  /** Set by continue-as-new: where the run before stopped. */
  carried: { cursor: string; progress: RescreeningProgress } | null;
}

export const rescreeningProgress = defineQuery<RescreeningProgress>('progress');

export interface ScreeningCaseInput {
  contractId: string;
  findingIds: string[];
  sandbox: boolean;
}

export interface ScreeningCaseSnapshot {
  taskId: string | null;
  findings: { id: string; status: FindingStatus }[];
}

export interface ScreeningCaseMessages {
  /** A person decides one finding of a case; the words are in the decision that the console wrote before. */
  decide: Update<
    'decideContractFinding',
    { decisionId: string; findingId: string; verdict: 'confirmed' | 'released' }
  >;
}

export const screeningCaseUpdates: Updates<ScreeningCaseMessages> = {
  decide: defineUpdate('decideContractFinding'),
};
export const screeningCaseSnapshot = defineQuery<ScreeningCaseSnapshot>('snapshot');
