import type { Client } from '@temporalio/client';
import type { Config } from '../config.ts';
import type { Database } from '../db/client.ts';
import { applicationGateway } from './application.ts';
import { contractGateway } from './contract.ts';
import { dataRequestGateway } from './data-request.ts';
import { deletionGateway } from './deletion.ts';
import { deliveryGateway } from './delivery.ts';
import { discontinuationGateway } from './discontinuation.ts';
import { noticeGateway } from './notice.ts';
import { offBoardingGateway } from './off-boarding.ts';
import { publicationGateway } from './publication.ts';
import { registryGateway } from './registry.ts';
import { screeningGateway } from './screening.ts';
import { suspensionGateway } from './suspension.ts';
import { telephonyGateway } from './telephony.ts';

/** All ways from the console to workflows and to what stands outside, over one connection to Temporal. */
export function openGateways(client: Client, db: Database, config: Config) {
  return {
    applications: applicationGateway(client),
    contracts: contractGateway(client),
    /** Suspensions and discontinuations (第15条・第16条). */
    suspensions: suspensionGateway(client),
    discontinuations: discontinuationGateway(client),
    /** Sending mails again, and changing whom they go to. */
    delivery: deliveryGateway(client),
    /** Re-screening of live contracts and its cases. */
    screening: screeningGateway(client),
    /** Notices to customers: approval, sending, letters. */
    notices: noticeGateway(client),
    /** Editions of the terms and fee changes on their way to effect. */
    publications: publicationGateway(client),
    /** What is done after the end of a contract. */
    offBoarding: offBoardingGateway(client),
    /** Subaccounts and numbers at the telephony provider. */
    telephony: telephonyGateway(db, client, config),
    /** Requests of data subjects and customers about their data. */
    dataRequests: dataRequestGateway(client),
    /** Deletion of ended contracts' data. */
    deletions: deletionGateway(client),
    /** Look-up of corporate numbers. */
    registry: registryGateway(db, config),
  };
}

export type Gateways = ReturnType<typeof openGateways>;
