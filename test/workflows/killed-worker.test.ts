import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadConfig } from '../../config.ts';
import { openDatabase } from '../../db/client.ts';
import { addBaseData } from '../../dev/base-data.ts';
import { type Stack, startStack } from '../../dev/stack.ts';
import { connectTemporal } from '../../gateway/connect.ts';
import { contractDriver, liveThrough, transcript } from '../support/contract-life.ts';
import { applicants } from '../support/people.ts';

let stateDir: string;
let stack: Stack;
beforeAll(async () => {
  stateDir = mkdtempSync(join(tmpdir(), 'hasso-killed-'));
  stack = await startStack({
    stateDir,
    apps: ['interactive', 'background'],
    throwaway: true,
    log: () => undefined,
  });
});
afterAll(async () => {
  await stack.stop();
  rmSync(stateDir, { recursive: true, force: true });
});

test('a worker killed at every turn of a contract changes nothing: same periods, one certificate and one mail each', async () => {
  const config = loadConfig(stack.env);
  const { db, close } = openDatabase(config, 3);
  const client = await connectTemporal(config.TEMPORAL_ADDRESS, config.TEMPORAL_NAMESPACE);
  try {
    await addBaseData(db);
    const people = applicants(db, client);
    const undisturbed = contractDriver(db, client, await people.conclude());
    const expected = { answers: await liveThrough(undisturbed), life: await transcript(undisturbed) };

    const disturbed = contractDriver(db, client, await people.conclude());
    let kills = 0;
    const answers = await liveThrough(disturbed, async () => {
      const pid = stack.pids()['worker-background'];
      if (pid === undefined) return;
      // In the middle of what follows: the clock has begun to run when the worker dies.
      setTimeout(() => process.kill(pid, 'SIGKILL'), 150);
      kills += 1;
    });
    expect(kills).toBeGreaterThanOrEqual(3);
    expect(answers).toEqual(expected.answers);
    expect(await transcript(disturbed)).toEqual(expected.life);
  } finally {
    await client.connection.close();
    await close();
  }
}, 180_000);
