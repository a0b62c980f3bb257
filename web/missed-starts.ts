import type { Database } from '../db/client.ts';
import { applicationsNotStarted } from '../db/queries/application/not-started.ts';
import { waitingContactChanges } from '../db/queries/contact/changes.ts';
import { waitingCustomerChanges } from '../db/queries/customer/changes.ts';
import { dataRequestsNotStarted } from '../db/queries/data-request/read.ts';
import { discontinuationsNotStarted } from '../db/queries/discontinuation/not-started.ts';
import { changesNotScreened } from '../db/queries/officers/not-screened.ts';
import { loadPolicies } from '../db/queries/policy/load.ts';
import { publicationsNotStarted } from '../db/queries/publication/not-started.ts';
import { suspensionsNotStarted } from '../db/queries/suspension/not-started.ts';
import type { CivilDate } from '../domain/calendar/civil-date.ts';
import type { ApplicationGateway } from '../gateway/application.ts';
import type { DataRequestGateway } from '../gateway/data-request.ts';
import type { DeliveryGateway } from '../gateway/delivery.ts';
import type { DiscontinuationGateway } from '../gateway/discontinuation.ts';
import type { PublicationGateway } from '../gateway/publication.ts';
import type { ScreeningGateway } from '../gateway/screening.ts';
import type { SuspensionGateway } from '../gateway/suspension.ts';

/** An application younger than this may still be on its way. */
const GRACE_MS = 30_000;

/** Starts the reviews of applications that were stored while Temporal was away; a running one is only reached again. */
export async function startMissedReviews(
  db: Database,
  applications: ApplicationGateway,
  storedBefore = new Date(Date.now() - GRACE_MS),
): Promise<number> {
  const missed = await applicationsNotStarted(db, storedBefore);
  for (const { id: applicationId, sandbox, submissionKey: commandId } of missed) {
    await applications.submit({ applicationId, sandbox, commandId, actor: { kind: 'system' } });
  }
  return missed.length;
}

/** Starts the changes of contacts that were stored while Temporal was away; one that runs or ran is left alone. */
export async function startMissedContactChanges(
  db: Database,
  delivery: DeliveryGateway,
  storedBefore = new Date(Date.now() - GRACE_MS),
): Promise<void> {
  for (const { id: changeId, ...change } of await waitingContactChanges(db, storedBefore)) {
    await delivery.changeContact({ changeId, ...change });
  }
}

/** Starts the changes of customers that were stored while Temporal was away. */
export async function startMissedCustomerChanges(
  db: Database,
  delivery: Pick<DeliveryGateway, 'changeCustomer'>,
  storedBefore = new Date(Date.now() - GRACE_MS),
): Promise<void> {
  for (const change of await waitingCustomerChanges(db, storedBefore)) {
    const { id: changeId, contractId, enteredBy, sandbox } = change;
    await delivery.changeCustomer({ changeId, contractId, enteredBy, sandbox, decided: false });
  }
}

/** Starts what was stored for approval while Temporal was away; what runs already goes on. */
export async function startMissedPublications(
  db: Database,
  publications: Pick<PublicationGateway, 'start'>,
  storedBefore = new Date(Date.now() - GRACE_MS),
): Promise<number> {
  const missed = await publicationsNotStarted(db, storedBefore);
  for (const input of missed) await publications.start(input);
  return missed.length;
}

/** Starts the processes of requests about data that were stored while Temporal was away. */
export async function startMissedDataRequests(
  db: Database,
  dataRequests: Pick<DataRequestGateway, 'start'>,
  storedBefore = new Date(Date.now() - GRACE_MS),
): Promise<number> {
  const [missed, policies] = await Promise.all([dataRequestsNotStarted(db, storedBefore), loadPolicies(db)]);
  const remindDays = policies['dataRequest.remindDays'];
  for (const { id: dataRequestId, dueOn, sandbox } of missed) {
    await dataRequests.start({ dataRequestId, dueOn, remindDays, sandbox });
  }
  return missed.length;
}

/** Starts suspensions that were stored while Temporal was away; what runs already goes on. */
export async function startMissedSuspensions(
  db: Database,
  suspensions: Pick<SuspensionGateway, 'start'>,
  storedBefore = new Date(Date.now() - GRACE_MS),
): Promise<void> {
  for (const row of await suspensionsNotStarted(db, storedBefore)) await suspensions.start(row);
}

/** Starts the approval of discontinuations that were proposed while Temporal was away. */
export async function startMissedDiscontinuations(
  db: Database,
  discontinuations: Pick<DiscontinuationGateway, 'start'>,
  storedBefore = new Date(Date.now() - GRACE_MS),
): Promise<void> {
  for (const { id, sandbox, lastDay, planCode, enteredBy } of await discontinuationsNotStarted(
    db,
    storedBefore,
  )) {
    const proposal = { sandbox, lastDay: lastDay as CivilDate, planCode, enteredBy };
    await discontinuations.start({ discontinuationId: id, ...proposal });
  }
}

/** Screens contracts whose officers changed while Temporal was away (第10条2項③). */
export async function startMissedRescreenings(
  db: Database,
  screening: Pick<ScreeningGateway, 'rescreenContract'>,
  storedBefore = new Date(Date.now() - GRACE_MS),
): Promise<void> {
  for (const missed of await changesNotScreened(db, storedBefore)) await screening.rescreenContract(missed);
}
