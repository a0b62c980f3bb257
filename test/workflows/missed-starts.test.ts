import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
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
  expect(await startMissedReviews(db, applications, soon)).toBeGreaterThan(0);
  await applicants(db, workers.client).waitFor(applicationId, 'review');
  const receipt = () =>
    db.query.mails.findFirst({ where: (t, { eq }) => eq(t.key, `receipt/${applicationId}`) });
  await expect.poll(receipt, { timeout: 20_000 }).toMatchObject({ status: 'accepted' });
  expect(await startMissedReviews(db, applications, soon)).toBe(0);
});
