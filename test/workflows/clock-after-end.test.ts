import { afterAll, beforeAll, expect, test } from 'vitest';
import { addDays, type CivilDate, jstInstant } from '../../domain/calendar/civil-date.ts';
import { advanceAfterEnd, contractNow } from '../../gateway/clock.ts';
import { endings } from '../support/ended-contract.ts';
import { offBoardingDriver } from '../support/off-boarding-driver.ts';
import { type RunningWorkers, startWorkers } from '../support/workers.ts';

let workers: RunningWorkers;
beforeAll(async () => {
  workers = await startWorkers();
});
afterAll(async () => workers.stop());

test('the test clock of a contract that has ended goes on through the off-boarding to the deletion, and then stands', async () => {
  const { db } = workers.composed;
  const { client } = workers;
  const life = endings(db, client);
  const steps = offBoardingDriver(db, client);
  const contractId = await life.ended();
  const endsOn = (await life.contractRow(contractId)).endsOn as CivilDate;
  const to = (days: number) =>
    advanceAfterEnd(client, { contractId, targetMs: jstInstant(addDays(endsOn, days)) });
  await steps.decide(contractId, 'accountsClosed', 'complete');

  expect(await to(20)).toMatchObject({ ok: true });
  await steps.reached(contractId, 'statementSent', 'done');
  expect(await life.row(contractId)).toMatchObject({ status: 'waiting', deletedOn: null });
  expect(await contractNow(client, contractId, true)).toBeGreaterThanOrEqual(jstInstant(addDays(endsOn, 20)));
  // An instant that has passed moves nothing.
  expect(await to(10)).toMatchObject({ ok: true });
  expect(await contractNow(client, contractId, true)).toBeLessThan(jstInstant(addDays(endsOn, 21)));

  expect(await to(40)).toMatchObject({ ok: true });
  await life.over(contractId);
  expect(await life.row(contractId)).toMatchObject({ status: 'done', proofMail: 'sent' });
  expect(await to(50)).toMatchObject({ ok: false, code: 'wrongState' });
});
