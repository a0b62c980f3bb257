import { randomUUID } from 'node:crypto';
import { createContract } from '../../db/queries/contract/create.ts';
import { addDays, type CivilDate, jstDate } from '../../domain/civil-date.ts';
import { storeApplication } from '../support/application.ts';
import type { WebTest } from './support.ts';

/** A contract that has been in force since yesterday, without its workflow: for pages that only read it. */
export async function storedContract(web: WebTest) {
  const { applicationId, input } = await storeApplication(web.db);
  const contractId = randomUUID();
  const yesterday: CivilDate = addDays(jstDate(Date.now()), -1);
  await createContract(web.db, {
    applicationId,
    contractId,
    concludedOn: yesterday,
    firstDay: yesterday,
    businessAt: new Date(),
  });
  return { contractId, applicationId, input, path: `/staff/contracts/${contractId}` };
}
