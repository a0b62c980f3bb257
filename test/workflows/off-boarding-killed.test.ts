import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadConfig } from '../../config.ts';
import { openDatabase } from '../../db/client.ts';
import { addBaseData } from '../../dev/base-data.ts';
import { type Stack, startStack } from '../../dev/stack.ts';
import { connectTemporal } from '../../gateway/connect.ts';
import { deliveries } from '../support/delivered.ts';
import { offBoardingDriver } from '../support/off-boarding-driver.ts';
import { eventually } from '../support/people.ts';
import { startTwilioServer, type TwilioServer } from '../support/twilio-server.ts';

const NUMBERS = ['+815012340001', '+815012340002'];
/** Where the worker dies, each once: the provider has done it, nobody has heard of it. */
const DEADLY = ['UpdateAccount', 'ListUsageRecordDaily', 'DeleteIncomingPhoneNumber', 'UpdateAccount'];

let stateDir: string;
let stack: Stack;
let server: TwilioServer;
const deaths = [...DEADLY];
beforeAll(async () => {
  stateDir = mkdtempSync(join(tmpdir(), 'hasso-off-boarding-'));
  server = await startTwilioServer({
    onDone: (operationId) => {
      const pid = stack.pids()['worker-background'];
      if (deaths[0] !== operationId || pid === undefined) return;
      deaths.shift();
      process.kill(pid, 'SIGKILL');
    },
  });
  stack = await startStack({
    stateDir,
    apps: ['interactive', 'background'],
    throwaway: true,
    log: () => undefined,
    env: {
      TWILIO_ACCOUNT_SID: server.accountSid,
      TWILIO_AUTH_TOKEN: server.authToken,
      TWILIO_BASE_URL: server.url,
    },
  });
});
afterAll(async () => {
  await stack.stop();
  await server.close();
  rmSync(stateDir, { recursive: true, force: true });
});

test('a worker killed after each effect at the provider: every step completes, every effect once, one statement, one forfeiture', async () => {
  const config = loadConfig(stack.env);
  const { db, close } = openDatabase(config, 3);
  const client = await connectTemporal(config.TEMPORAL_ADDRESS, config.TEMPORAL_NAMESPACE);
  try {
    await addBaseData(db);
    const driver = offBoardingDriver(db, client);
    const sid = server.addAccount({ numbers: NUMBERS });
    const contractId = await driver.contract({ subaccountSid: sid, numbers: NUMBERS, balanceYen: 700 });
    await driver.terminate(contractId);
    // A killed worker's activity is taken up again when its heartbeats have been missed.
    const patiently = async (step: 'usageRead' | 'statementSent') => {
      for (let tries = 0; tries < 3; tries++) {
        const reached = await driver.reached(contractId, step, 'done').catch(() => null);
        if (reached !== null) return;
      }
      throw new Error(`${step} was not reached; still to die: ${deaths.join(', ')}`);
    };
    await patiently('usageRead');
    await driver.pass(contractId, 7);
    await patiently('statementSent');
    await driver.decide(contractId, 'accountsClosed', 'complete');
    await driver.over(contractId);

    expect(deaths).toEqual([]);
    expect(server.misfits).toEqual([]);
    const effects = server.effects.map((effect) => effect.split(' ')[0]);
    expect(effects).toEqual(['suspended', 'released', 'released', 'closed']);
    expect(
      (await driver.steps(contractId)).filter(([, state]) => state === 'waiting' || state === 'stuck'),
    ).toEqual([]);
    const ledger = await db.query.prepaidLedger.findMany({
      where: (t, { eq }) => eq(t.contractId, contractId),
    });
    expect(ledger.map(({ amountYen }) => amountYen).toSorted()).toEqual([-700, 700]);
    const [statement] = await eventually('the statement is on record', () =>
      db.query.mails.findMany({
        where: (t, { and, eq }) => and(eq(t.subjectId, contractId), eq(t.kind, 'finalStatement')),
      }),
    );
    expect(deliveries(config.OUTBOX_DIR ?? '', statement?.messageId ?? '')).toBe(1);
  } finally {
    await client.connection.close();
    await close();
  }
}, 300_000);
