import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { applicationsNotStarted } from '../../db/queries/application/not-started.ts';
import { createDiscontinuation } from '../../db/queries/discontinuation/create.ts';
import { discontinuationsNotStarted } from '../../db/queries/discontinuation/not-started.ts';
import { changeOfficers } from '../../db/queries/officers/change.ts';
import { changesNotScreened } from '../../db/queries/officers/not-screened.ts';
import { createSuspension } from '../../db/queries/suspension/create.ts';
import { findSuspension } from '../../db/queries/suspension/find.ts';
import { suspensionsNotStarted } from '../../db/queries/suspension/not-started.ts';
import { civilDate } from '../../domain/calendar/civil-date.ts';
import { applicationGateway } from '../../gateway/application.ts';
import { discontinuationGateway } from '../../gateway/discontinuation.ts';
import { screeningGateway } from '../../gateway/screening.ts';
import { suspensionGateway } from '../../gateway/suspension.ts';
import {
  startMissedDiscontinuations,
  startMissedRescreenings,
  startMissedReviews,
  startMissedSuspensions,
} from '../../web/missed-starts.ts';
import { storeApplication } from '../support/application.ts';
import { applicants, eventually, staff } from '../support/people.ts';
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

const soon = () => new Date(Date.now() + 60_000);

test('an emergency suspension stored while Temporal was away stops the service after all, and is not begun again', async () => {
  const { db } = workers.composed;
  const suspensions = suspensionGateway(workers.client);
  const contractId = await applicants(db, workers.client).conclude({ contractKind: 'monthly' });
  const stored = await createSuspension(db, {
    commandId: randomUUID(),
    status: 'planned',
    ...{ scope: 'contract', planCode: null, contractId, sandbox: true, ground: '15-1' },
    ...{ planned: false, regular: false, reason: '障害', enteredBy: randomUUID() },
    startsAt: new Date(),
    endsAt: null,
  });
  await startMissedSuspensions(db, suspensions, soon());
  await eventually('the suspension has begun', async () =>
    (await findSuspension(db, stored.id))?.status === 'active' ? true : null,
  );
  const missed = async () => (await suspensionsNotStarted(db, soon())).some(({ id }) => id === stored.id);
  expect(await missed()).toBe(false);
  expect(
    await suspensions.lift(stored.id, { commandId: randomUUID(), actor: staff(randomUUID()) }),
  ).toMatchObject({ ok: true });
});

test('a change of officers stored while Temporal was away is screened after all, once', async () => {
  const { db } = workers.composed;
  const screening = screeningGateway(workers.client);
  const contractId = await applicants(db, workers.client).conclude();
  const people = { representativeName: '届出 太郎', representativeKana: 'トドケデ タロウ', officersText: '' };
  const change = { changeId: randomUUID(), contractId, people, reason: '届出', enteredBy: randomUUID() };
  await changeOfficers(db, change);
  const missed = async () =>
    (await changesNotScreened(db, soon())).some((each) => each.contractId === contractId);
  expect(await missed()).toBe(true);
  await startMissedRescreenings(db, screening, soon());
  await expect.poll(missed, { timeout: 20_000 }).toBe(false);
});

test('a discontinuation proposed while Temporal was away is put before its reviewer after all', async () => {
  const { db } = workers.composed;
  const proposal = {
    planCode: `plan-${randomUUID()}`,
    lastDay: civilDate('2031-03-31'),
    forceMajeure: false,
  };
  const by = { commandId: randomUUID(), reason: '需要の減少', enteredBy: randomUUID() };
  const id = await createDiscontinuation(db, { sandbox: true, ...proposal, ...by });
  const missed = async () => (await discontinuationsNotStarted(db, soon())).some((row) => row.id === id);
  expect(await missed()).toBe(true);
  await startMissedDiscontinuations(db, discontinuationGateway(workers.client), soon());
  await expect.poll(missed, { timeout: 20_000 }).toBe(false);
});
