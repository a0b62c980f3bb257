import { afterAll, beforeAll, expect, test } from 'vitest';
import { contractDriver, liveThrough, transcript } from '../support/contract-life.ts';
import { type KillableStack, startKillableStack } from '../support/own-stack.ts';
import { applicants } from '../support/people.ts';

let stack: KillableStack;
beforeAll(async () => {
  stack = await startKillableStack();
});
afterAll(async () => stack.stop());

test('a worker killed at every turn of a contract changes nothing: same periods, one certificate and one mail each', async () => {
  const { db, client, killWorker } = stack;
  const people = applicants(db, client);
  const undisturbed = contractDriver(db, client, await people.conclude());
  const expected = { answers: await liveThrough(undisturbed), life: await transcript(undisturbed) };

  const disturbed = contractDriver(db, client, await people.conclude());
  let kills = 0;
  const answers = await liveThrough(disturbed, async () => {
    // In the middle of what follows: the clock has begun to run when the worker dies.
    setTimeout(killWorker, 150);
    kills += 1;
  });
  expect(kills).toBeGreaterThanOrEqual(3);
  expect(answers).toEqual(expected.answers);
  expect(await transcript(disturbed)).toEqual(expected.life);
}, 1_800_000);
