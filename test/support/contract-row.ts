import { randomUUID } from 'node:crypto';
import type { Database } from '../../db/client.ts';
import { createContract } from '../../db/queries/contract/create.ts';
import type { ApplicationInput } from '../../domain/application/application-input.ts';
import { civilDate } from '../../domain/calendar/civil-date.ts';
import { firstDayFor } from '../../domain/period/periods.ts';
import { storeApplication } from './application.ts';

/** A sandbox contract as its conclusion leaves it in the database, without a workflow; its id. */
export async function contractRow(db: Database, changes: Partial<ApplicationInput> = {}): Promise<string> {
  const { applicationId } = await storeApplication(db, changes);
  const contractId = randomUUID();
  const concludedOn = civilDate('2026-09-15');
  const firstDay = firstDayFor(concludedOn).value;
  await createContract(db, { applicationId, contractId, concludedOn, firstDay, businessAt: new Date() });
  return contractId;
}
