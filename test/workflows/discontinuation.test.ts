import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ApplicationInput } from '../../domain/application-input.ts';
import {
  addDays,
  addMonths,
  type civilDate,
  firstOfNextMonth,
  jstDate,
  jstInstant,
  lastOfMonth,
} from '../../domain/civil-date.ts';
import { contractDriver } from '../support/contract-life.ts';
import { discontinuationDriver } from '../support/discontinuations.ts';
import { applicants, eventually } from '../support/people.ts';
import { type RunningWorkers, startWorkers } from '../support/workers.ts';

let workers: RunningWorkers;
let drive: ReturnType<typeof discontinuationDriver>;
beforeAll(async () => {
  workers = await startWorkers();
  drive = discontinuationDriver(workers.composed.db, workers.client);
});
afterAll(async () => workers.stop());

/** A contract on a plan of its own test: each test discontinues another plan. */
async function concluded(changes: Partial<ApplicationInput>) {
  const { db } = workers.composed;
  const contractId = await applicants(db, workers.client).conclude(changes);
  return { contractId, driver: contractDriver(db, workers.client, contractId) };
}

const today = () => jstDate(Date.now());
const afterLastDay = (lastDay: ReturnType<typeof civilDate>) => jstInstant(addDays(lastDay, 1)) + 60_000;

describe('a plan is discontinued late', () => {
  test('contracts end with the last day, refunds are computed and given free by two people', async () => {
    const { contractId, driver } = await concluded({ planCode: 'lite', contractKind: 'annual' });
    const lastDay = lastOfMonth(addMonths(firstOfNextMonth(today()), 1));
    const id = await drive.propose({ lastDay, planCode: 'lite' });
    await drive.approve(id);
    expect(await driver.contract()).toMatchObject({
      status: 'ending',
      endsOn: lastDay,
      discontinuationId: id,
    });
    await drive.to(id, afterLastDay(lastDay));
    await drive.inStatus(id, 'refundReview');
    await eventually('the contract has ended', async () =>
      (await driver.contract())?.status === 'ended' ? true : null,
    );
    const [approved, final] = await drive.versions(id);
    expect(approved).toMatchObject({ version: 1, kind: 'approved' });
    expect(final).toMatchObject({ version: 2, kind: 'final' });
    const row = (await drive.rows(id, 2)).find((each) => each.contractId === contractId);
    expect(row?.totalYen).toBeGreaterThan(0);
  });
});
