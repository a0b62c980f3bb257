import type { Client } from '@temporalio/client';
import type { Database } from '../../../db/client.ts';
import { nameUuid } from '../../../db/name-uuid.ts';
import { applicationGateway } from '../../../gateway/application.ts';
import { contractGateway } from '../../../gateway/contract.ts';
import { deletionGateway } from '../../../gateway/deletion.ts';
import { deliveryGateway } from '../../../gateway/delivery.ts';
import { discontinuationGateway } from '../../../gateway/discontinuation.ts';
import { offBoardingGateway } from '../../../gateway/off-boarding.ts';
import { createOutbox } from '../../../gateway/outbox.ts';
import { publicationGateway } from '../../../gateway/publication.ts';
import { suspensionGateway } from '../../../gateway/suspension.ts';

/** Where commands are given: the gateways that the console and the public pages use, on one database and one server. */
export function officeOf(db: Database, client: Client) {
  const outbox = createOutbox(db, client);
  return {
    db,
    client,
    outbox,
    applications: applicationGateway(outbox),
    contracts: contractGateway(outbox),
    suspensions: suspensionGateway(outbox),
    publications: publicationGateway(outbox),
    delivery: deliveryGateway(outbox),
    discontinuations: discontinuationGateway(outbox),
    deletions: deletionGateway(outbox),
    offBoardings: offBoardingGateway(outbox),
  };
}

export type Office = ReturnType<typeof officeOf>;

/** The id under which something of a simulation is stored: the same in every run of the same folder. */
export const idOf = (name: string): string => nameUuid(`simulation/${name}`);

/** A person of the office by their label, as who gives a command. */
export const personOf = (label: string) =>
  label === 'applicant' ? { kind: 'applicant' as const } : { kind: 'staff' as const, id: idOf(label) };
