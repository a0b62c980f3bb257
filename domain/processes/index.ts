import { applicationProcess } from './application.ts';
import { bankFolderProcess } from './bank-folder.ts';
import { billingProcess } from './billing.ts';
import { campaignProcess } from './campaign.ts';
import { contactChangeProcess } from './contact-change.ts';
import { contractProcess } from './contract.ts';
import { customerChangeProcess } from './customer-change.ts';
import { dataProcess } from './data.ts';
import { dataRequestProcess } from './data-request.ts';
import { deletionProcess } from './deletion.ts';
import { deskProcess } from './desk.ts';
import { disclosureProcess } from './disclosure.ts';
import { discontinuationProcess } from './discontinuation.ts';
import { documentsProcess } from './documents.ts';
import { dunningProcess } from './dunning.ts';
import { incomingMailProcess } from './incoming-mail.ts';
import { mailProcess } from './mail.ts';
import { monthCloseProcess } from './month-close.ts';
import { noticeProcess } from './notice.ts';
import { offBoardingProcess } from './off-boarding.ts';
import { partnerProcess } from './partner.ts';
import { paymentProcess } from './payment.ts';
import { payoutProcess } from './payout.ts';
import { prepaidProcess } from './prepaid.ts';
import { proposalProcess } from './proposal.ts';
import { provisioningProcess } from './provisioning.ts';
import { publicationProcess } from './publication.ts';
import { receiptProcess } from './receipt.ts';
import { reconciliationProcess } from './reconciliation.ts';
import { refundProcess } from './refund.ts';
import { requestProcess } from './request.ts';
import { screeningProcess } from './screening.ts';
import { suspensionProcess } from './suspension.ts';
import { telephonyProcess } from './telephony.ts';
import type { ProcessDeclaration } from './types.ts';
import { usageProcess } from './usage.ts';
import { usageWatchProcess } from './usage-watch.ts';

/** Every process of the house. What the rest of the house lists of them is gathered from here, in this order. */
export const PROCESSES = {
  application: applicationProcess,
  documents: documentsProcess,
  incomingMail: incomingMailProcess,
  mail: mailProcess,
  contract: contractProcess,
  request: requestProcess,
  screening: screeningProcess,
  deletion: deletionProcess,
  suspension: suspensionProcess,
  discontinuation: discontinuationProcess,
  refund: refundProcess,
  billing: billingProcess,
  payment: paymentProcess,
  bankFolder: bankFolderProcess,
  receipt: receiptProcess,
  payout: payoutProcess,
  dunning: dunningProcess,
  monthClose: monthCloseProcess,
  usage: usageProcess,
  prepaid: prepaidProcess,
  partner: partnerProcess,
  notice: noticeProcess,
  offBoarding: offBoardingProcess,
  contactChange: contactChangeProcess,
  customerChange: customerChangeProcess,
  campaign: campaignProcess,
  publication: publicationProcess,
  dataRequest: dataRequestProcess,
  disclosure: disclosureProcess,
  data: dataProcess,
  proposal: proposalProcess,
  provisioning: provisioningProcess,
  telephony: telephonyProcess,
  usageWatch: usageWatchProcess,
  reconciliation: reconciliationProcess,
  desk: deskProcess,
} as const satisfies Readonly<Record<string, ProcessDeclaration>>;

type Processes = (typeof PROCESSES)[keyof typeof PROCESSES];
type Both<U> = (U extends unknown ? (each: U) => void : never) extends (all: infer All) => void ? All : never;

/** One part of all declarations as one record. */
type Gathered<P extends keyof ProcessDeclaration> = Both<
  Processes extends infer Each ? (Each extends Readonly<Record<P, infer Part>> ? Part : never) : never
>;

function gather<P extends keyof ProcessDeclaration>(part: P): Gathered<P> {
  return Object.assign({}, ...Object.values<ProcessDeclaration>(PROCESSES).map((process) => process[part]));
}

/** Kinds of tasks: their words, the role that does each, why there may be one. */
export const TASKS = gather('tasks');
export type TaskKind = keyof typeof TASKS;

/** The words and the look of every status. */
export const STATUS = gather('statuses');
export type StatusKind = keyof typeof STATUS;

/** All that the audit log may say. */
export const AUDIT = gather('audit');
export type AuditAction = keyof typeof AUDIT;

/** Stages at which people decide, with the audit action of each. */
export const DECISIONS = gather('decisions');
export type DecisionStage = keyof typeof DECISIONS;

export const MAILS = gather('mails');
export type MailKind = keyof typeof MAILS;

/** Which roles may do what no task asks for. */
export const MAY = gather('rights');
export type Right = keyof typeof MAY;

/** Pages that the navigation leads to. */
export const PAGES = gather('pages');

/** Pages and files that show customers' data, as the log of looks names them. */
export const SHOWN = gather('shows');
export type SeenPage = keyof typeof SHOWN;

/** Workflow types, for the data map. */
export const EXECUTIONS = gather('executions');

/** Tables of a process's own, for the data map. */
export const TABLES = gather('tables');

/** Activities by port, with the queue of each. */
export const PORTS = gather('ports');
export type Port = keyof typeof PORTS;

export const SUBJECT_PATHS = gather('subjects');
export type SubjectType = keyof typeof SUBJECT_PATHS;
