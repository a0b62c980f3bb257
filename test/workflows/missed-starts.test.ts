import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { applicationsNotStarted } from '../../db/queries/application/not-started.ts';
import { applicationGateway } from '../../gateway/application.ts';
import { startMissedReviews } from '../../web/missed-starts.ts';
import { storeApplication } from '../support/application.ts';
import { applicants } from '../support/people.ts';
import { type RunningWorkers, startWorkers } from '../support/workers.ts';

let workers: RunningWorkers;
beforeAll(async () => {
  workers = await startWorkers();
});
afterAll(async () => workers.stop());

test('an application stored while Temporal was away is reviewed after all, once', async () => {
  const { db } = workers.composed;
  const { applicationId } = await storeApplication(db, { companyName: `株式会社取残${randomUUID()}` });
  const applications = applicationGateway(workers.client);
  expect(await applications.snapshot(applicationId)).toBeNull();
  const soon = new Date(Date.now() + 60_000);
  const isMissed = async () =>
    (await applicationsNotStarted(db, soon)).some(({ id }) => id === applicationId);
  expect(await isMissed()).toBe(true);
  await startMissedReviews(db, applications, soon);
  await applicants(db, workers.client).waitFor(applicationId, 'review');
  await expect.poll(isMissed, { timeout: 20_000 }).toBe(false);
});
