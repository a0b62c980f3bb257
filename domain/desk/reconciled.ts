import type { EXECUTIONS, STATUS, SubjectType, TaskKind } from '../processes/index.ts';

type WorkflowType = keyof typeof EXECUTIONS;

/** What the reconciliation needs to know of a kind of case whose row and whose workflow must say the same. */
export interface ReconciledTerm {
  workflow: WorkflowType;
  /** Its workflow's id is this with the case's id behind. */
  prefix: string;
  statuses: keyof typeof STATUS;
  /** Statuses in which no workflow has to run. */
  over: readonly string[];
  /** The console page of the case, where it has one of its own. */
  page: SubjectType | null;
  /** The task that waits while it lives, where its workflow has no snapshot to tell of it. */
  task?: TaskKind;
}

/** Every kind of case that lives in a row and in a workflow, in the order in which they are compared. */
export const RECONCILED = {
  application: {
    workflow: 'applicationReview',
    prefix: 'application/',
    statuses: 'application',
    over: ['concluded', 'refused', 'lapsed', 'withdrawn'],
    page: 'application',
  },
  contract: {
    workflow: 'contract',
    prefix: 'contract/',
    statuses: 'contract',
    over: ['ended', 'terminated'],
    page: 'contract',
  },
  suspension: {
    workflow: 'suspension',
    prefix: 'suspension/',
    statuses: 'suspension',
    over: ['lifted', 'rejected', 'cancelled'],
    page: 'suspension',
  },
  discontinuation: {
    workflow: 'discontinuation',
    prefix: 'discontinuation/',
    statuses: 'discontinuation',
    over: ['done', 'rejected', 'cancelled'],
    page: 'discontinuation',
  },
  notice: {
    workflow: 'noticeCampaign',
    prefix: 'notice/',
    statuses: 'notice',
    over: ['draft', 'done', 'stopped', 'refused'],
    page: 'notice',
  },
  termsEdition: {
    workflow: 'publication',
    prefix: 'publication/termsEdition/',
    statuses: 'publication',
    over: ['effective', 'rejected', 'lapsed', 'void'],
    page: 'termsEdition',
  },
  feeChange: {
    workflow: 'publication',
    prefix: 'publication/feeChange/',
    statuses: 'publication',
    over: ['effective', 'rejected', 'lapsed', 'void'],
    page: 'feeChange',
  },
  offBoarding: {
    workflow: 'offBoarding',
    prefix: 'off-boarding/',
    statuses: 'offBoarding',
    over: ['done'],
    page: 'contract',
  },
  deletion: {
    workflow: 'deletion',
    prefix: 'deletion/',
    statuses: 'deletion',
    over: ['done'],
    page: 'contract',
  },
  dataRequest: {
    workflow: 'dataRequest',
    prefix: 'data-request/',
    statuses: 'dataRequest',
    over: ['done', 'refused'],
    page: 'dataRequest',
  },
  contactChange: {
    workflow: 'contactChange',
    prefix: 'contact-change/',
    statuses: 'contactChange',
    over: ['effective', 'rejected'],
    page: null,
    task: 'contactChange',
  },
  customerChange: {
    workflow: 'customerChange',
    prefix: 'customer-change/',
    statuses: 'customerChange',
    over: ['effective', 'rejected'],
    page: null,
    task: 'customerChange',
  },
  campaign: {
    workflow: 'contractCampaign',
    prefix: 'contract-campaign/',
    statuses: 'campaign',
    over: ['effective', 'rejected'],
    page: null,
    task: 'campaignApproval',
  },
} as const satisfies Readonly<Record<string, ReconciledTerm>>;

export type Reconciled = keyof typeof RECONCILED;

/** Workflows that are not compared, and why. One that stands in neither list does not compile. @internal */
export const NOT_COMPARED = {
  rescreening: 'its row tells of its progress alone; what it finds are cases',
  screeningCase: 'it has no row of its own: its findings and its task are',
  resend: 'it lives as long as the task that it sends again for',
  retentionSweep: 'a schedule begins it every day',
  taskWatch: 'it reminds, and decides nothing',
  accountTold: 'it sends one mail, and decides nothing',
  staffInvitation: 'it sends one mail, and decides nothing',
  receipt: 'it draws and mails one paper, and decides nothing',
  billingDay: 'a schedule begins it every day',
  dunningDay: 'a schedule begins it every day',
  usageReading: 'a schedule begins it every month',
  dunning:
    'it decides nothing: each look reads the rows, and the schedule begins one anew that has not looked for days',
  provisioning: 'it decides nothing: each look reads the rows and the provider',
  billingRun: 'it is named by its day, not by its row: its own page shows both',
} as const satisfies Readonly<
  Record<Exclude<WorkflowType, (typeof RECONCILED)[Reconciled]['workflow']>, string>
>;

/** The terms of a kind, as all kinds have them. */
export const termOf = (kind: Reconciled): ReconciledTerm => RECONCILED[kind];

/** The id of the workflow of a case. */
export const reconciledWorkflowId = (kind: Reconciled, id: string): string => `${termOf(kind).prefix}${id}`;
