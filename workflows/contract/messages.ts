import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { Answer, Command } from '../../domain/base/answers.ts';
import type { Step } from '../../domain/base/explain.ts';
import type { CivilDate } from '../../domain/calendar/civil-date.ts';
import type { ContractStatus } from '../../domain/period/contract.ts';
import type { Period } from '../../domain/period/periods.ts';

/** One workflow for each contract, for its whole life. */
export const contractWorkflowId = (contractId: string): string => `contract/${contractId}`;

/** Dates and ids only: plan, prices and people stay in the database. */
export interface PendingChange {
  requestId: string;
  effectiveOn: string;
  arrivedAtMs: number;
}

export interface ContractSnapshot {
  status: ContractStatus;
  /** The workflow's clock, in milliseconds: the test clock of a sandbox contract. */
  nowMs: number;
  period: Period | null;
  endsOn: string | null;
  pending: PendingChange[];
  /** Instant of the next thing that has to be done, or null when only a command can wake the contract. */
  nextDueMs: number | null;
  nextDue: string | null;
  clockTargetMs: number | null;
}

/** What the answer to a request says, with the steps that led to the date. */
export type RequestAnswer = Answer<{ effectiveOn: string; reasons: Step[]; message: string }>;

/** A request whose row is already written: the workflow computes the date, answers and records the outcome. */
export const changeRequest = defineUpdate<RequestAnswer, [Command & { requestId: string }]>('changeRequest');
export const cancellation = defineUpdate<RequestAnswer, [Command & { requestId: string }]>('cancellation');
export const withdrawCancellation = defineUpdate<RequestAnswer, [Command & { requestId: string }]>(
  'withdrawCancellation',
);
/** Immediate termination (第10条2項): first person proposes, a second one confirms. */
export const terminate = defineUpdate<RequestAnswer, [Command & { requestId: string }]>('terminate');
/** The second person for what needs one: a backdated arrival, a termination. */
export const confirmRequest = defineUpdate<
  RequestAnswer,
  [Command & { requestId: string; verdict: 'confirm' | 'reject' }]
>('confirmRequest');
/** Staff solved what stopped a certificate or mail (a glyph, an address): try again; `by: 'post'`: a letter did it. */
export const retryDelivery = defineUpdate<Answer, [Command & { taskId: string; by?: 'post' }]>(
  'retryDelivery',
);
/** The numbers on record were read anew: where the certificate states others, a new revision goes out (第23条1項). */
export const numbersRead = defineUpdate<Answer<{ revised: boolean }>, [Command]>('numbersRead');
/**
 * An edition of the terms has taken effect (第17条): where the certificate names another one than binds the customer now, a
 * new revision goes out (第5条1項). Comes as a signal by the page.
 */
export interface TermsEffectiveCommand extends Command {
  editionNumber: number;
}
export const termsEffective = defineSignal<[TermsEffectiveCommand]>('termsEffective');
/** The customer is called otherwise, or lives elsewhere: a new revision says so (第5条1項). Comes as a signal by the page. */
export interface CustomerChangedCommand extends Command {
  changeId: string;
}
export const customerChanged = defineSignal<[CustomerChangedCommand]>('customerChanged');
/** Two people have decided on a campaign of the contract (第5条4項): a new revision states it, another one its end. */
export interface CampaignDecidedCommand extends Command {
  campaignId: string;
}
export const campaignDecided = defineSignal<[CampaignDecidedCommand]>('campaignDecided');
/** Sandbox only: gives the clock something to run to, or takes it away. The server skips the time, not the workflow. */
export const setClockTarget = defineUpdate<Answer, [Command & { targetMs: number | null }]>('setClockTarget');

/**
 * From a discontinuation (第16条): it was announced, it was called off, or its last day is over. Comes as a signal by the
 * page; the contract's row says what came of it.
 */
export interface DiscontinueCommand extends Command {
  step: 'announce' | 'withdraw' | 'end';
  discontinuationId: string;
  lastDay: CivilDate;
  planCode: string | null;
}
export const discontinue = defineSignal<[DiscontinueCommand]>('discontinue');

export const contractSnapshot = defineQuery<ContractSnapshot>('snapshot');
