import type { Config } from '../config.ts';
import { applicationGateway } from './application.ts';
import { billingGateway } from './billing.ts';
import { contractGateway } from './contract.ts';
import { dataRequestGateway } from './data-request.ts';
import { deletionGateway } from './deletion.ts';
import { deliveryGateway } from './delivery.ts';
import { discontinuationGateway } from './discontinuation.ts';
import { dunningGateway } from './dunning.ts';
import { noticeGateway } from './notice.ts';
import { offBoardingGateway } from './off-boarding.ts';
import type { Outbox } from './outbox.ts';
import { publicationGateway } from './publication.ts';
import { receiptGateway } from './receipt.ts';
import { registryGateway } from './registry.ts';
import { screeningGateway } from './screening.ts';
import { outsideSignIn } from './sign-in.ts';
import { suspensionGateway } from './suspension.ts';
import { telephonyGateway } from './telephony.ts';

/** All ways from the console to workflows, through the one outbox, and to what stands outside. */
export function openGateways(outbox: Outbox, config: Config) {
  return {
    applications: applicationGateway(outbox),
    contracts: contractGateway(outbox),
    /** Billing runs: drafts, release. */
    billing: billingGateway(outbox),
    /** Receipts for paid invoices. */
    receipts: receiptGateway(outbox),
    /** Overdue papers. */
    dunnings: dunningGateway(outbox),
    /** Suspensions and discontinuations (第15条・第16条). */
    suspensions: suspensionGateway(outbox),
    discontinuations: discontinuationGateway(outbox),
    /** Sending mails again, and changing whom they go to. */
    delivery: deliveryGateway(outbox),
    /** Re-screening of live contracts and its cases. */
    screening: screeningGateway(outbox),
    /** Notices to customers: approval, sending, letters. */
    notices: noticeGateway(outbox),
    /** Editions of the terms and fee changes on their way to effect. */
    publications: publicationGateway(outbox),
    /** What is done after the end of a contract. */
    offBoarding: offBoardingGateway(outbox),
    /** Subaccounts and numbers at the telephony provider. */
    telephony: telephonyGateway(outbox, config),
    /** Requests of data subjects and customers about their data. */
    dataRequests: dataRequestGateway(outbox),
    /** Deletion of ended contracts' data. */
    deletions: deletionGateway(outbox),
    /** Sign-in of staff through a service outside; null where none is set. */
    outside: outsideSignIn(config),
    /** Look-up of corporate numbers. */
    registry: registryGateway(outbox.db, config),
  };
}

export type Gateways = ReturnType<typeof openGateways>;
