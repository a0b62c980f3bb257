import { randomUUID } from 'node:crypto';
import type { Database } from '../../db/client.ts';
import { createContract } from '../../db/queries/contract/create.ts';
import { addDays, type CivilDate, jstDate } from '../../domain/calendar/civil-date.ts';
import { storeApplication } from './application.ts';

/** A contract that has been in force since yesterday, without its workflow: for pages that only read it. */
export async function storedContract({ db }: { db: Database }) {
  const { applicationId, input } = await storeApplication(db);
  const contractId = randomUUID();
  const yesterday: CivilDate = addDays(jstDate(Date.now()), -1);
  await createContract(db, {
    applicationId,
    contractId,
    concludedOn: yesterday,
    firstDay: yesterday,
    businessAt: new Date(),
  });
  return { contractId, applicationId, input, path: `/staff/contracts/${contractId}` };
}
