import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { Answer, Command } from '../../domain/base/answers.ts';
import type { Step } from '../../domain/base/explain.ts';
import type { CivilDate } from '../../domain/calendar/civil-date.ts';
import type { ToldStep } from '../../domain/discontinuation/discontinuation-status.ts';
import type { ContractStatus } from '../../domain/period/contract.ts';
import type { Period } from '../../domain/period/periods.ts';
import type { Told, Update, Updates } from '../updates.ts';

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
  /** Requests that wait for a second person, and their tasks. */
  waiting: string[];
  tasks: string[];
}

/** What the answer to a request says, with the steps that led to the date. */
export interface Dated {
  effectiveOn: CivilDate;
  reasons: Step[];
  message: string;
}
export type RequestAnswer = Answer<Dated>;
/** What the second person's word brought: no date where they said no. */
export type Confirmed = Omit<Dated, 'effectiveOn'> & { effectiveOn: CivilDate | null };

interface Request {
  requestId: string;
}

/** What people and the console tell a contract; rows are written before: the workflow computes the date and answers. */
export interface ContractUpdateMessages {
  change: Update<'changeRequest', Request, Dated>;
  cancellation: Update<'cancellation', Request, Dated>;
  cancellationWithdrawal: Update<'withdrawCancellation', Request, Dated>;
  /** Immediate termination (第10条2項): first person proposes, a second one confirms. */
  termination: Update<'terminate', Request, Dated>;
  /** The second person for what needs one: a backdated arrival, a termination. */
  confirm: Update<'confirmRequest', Request & { verdict: 'confirm' | 'reject' }, Confirmed>;
  /** The numbers on record were read anew: where the certificate states others, a new revision goes out (第23条1項). */
  numbersRead: Update<'numbersRead', object, { revised: boolean }>;
  /** Sandbox only: gives the clock something to run to, or takes it away. The server skips the time, not the workflow. */
  clock: Update<'setClockTarget', { targetMs: number | null }>;
}

export const contractUpdates: Updates<ContractUpdateMessages> = {
  change: defineUpdate('changeRequest'),
  cancellation: defineUpdate('cancellation'),
  cancellationWithdrawal: defineUpdate('withdrawCancellation'),
  termination: defineUpdate('terminate'),
  confirm: defineUpdate('confirmRequest'),
  numbersRead: defineUpdate('numbersRead'),
  clock: defineUpdate('setClockTarget'),
};

/** All that the contract's loop takes: commands, and what other workflows signal. */
export interface ContractMessages extends ContractUpdateMessages {
  discontinue: Told<Omit<DiscontinueCommand, keyof Command>>;
  termsEffective: Told<{ editionNumber: number }>;
  customerChanged: Told<{ changeId: string }>;
  campaignDecided: Told<{ campaignId: string }>;
}

/** Staff solved what stopped a certificate or mail (a glyph, an address): try again; `by: 'post'`: a letter did it. */
export const retryDelivery = defineUpdate<Answer, [Command & { taskId: string; by?: 'post' }]>(
  'retryDelivery',
);
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
/**
 * From a discontinuation (第16条): it was announced, it was called off, or its last day is over. Comes as a signal by the
 * page; the contract's row says what came of it.
 */
export interface DiscontinueCommand extends Command {
  step: ToldStep;
  discontinuationId: string;
  lastDay: CivilDate;
  planCode: string | null;
}
export const discontinue = defineSignal<[DiscontinueCommand]>('discontinue');

export const contractSnapshot = defineQuery<ContractSnapshot>('snapshot');
