import { afterAll, beforeAll, expect, test } from 'vitest';
import { OFF_BOARDING_STEPS } from '../../domain/data/off-boarding.ts';
import { deliveries } from '../support/delivered.ts';
import { startDyingAtProvider } from '../support/dying-at-provider.ts';
import { heldSteps } from '../support/held-steps.ts';
import { offBoardingDriver } from '../support/off-boarding-driver.ts';
import { eventually } from '../support/people.ts';

const NUMBERS = ['+815012340001', '+815012340002'];
/** Where the worker dies, each once: the provider has done it, nobody has heard of it. */
const DEADLY = ['UpdateAccount', 'ListUsageRecordDaily', 'DeleteIncomingPhoneNumber', 'UpdateAccount'];

let started: Awaited<ReturnType<typeof startDyingAtProvider>>;
const deaths = [...DEADLY];
beforeAll(async () => {
  started = await startDyingAtProvider(deaths);
});
afterAll(() => started.stop());

test('a worker killed after each effect at the provider and at every step before it is recorded: every step completes, every effect once, one statement, one forfeiture', async () => {
  const { server, stack } = started;
  const { config, db, client, env, killWorker } = stack;
  const driver = offBoardingDriver(db, client);
  const sid = server.addAccount({ numbers: NUMBERS });
  const options = { subaccountSid: sid, numbers: NUMBERS, balanceYen: 700 };
  const contractId = await driver.contract(options, { partnerName: '株式会社相棒' });
  const held = await heldSteps(env, { subjectId: contractId, actions: 'offBoarding.%' });
  try {
    let over = false;
    const killing = held.killAtEach(killWorker, () => over);
    await driver.terminate(contractId);
    // A killed worker's activity is taken up again when its heartbeats have been missed.
    const patiently = async (step: 'usageRead' | 'statementSent') => {
      for (let tries = 0; tries < 25; tries++) {
        const reached = await driver.reached(contractId, step, 'done').catch(() => null);
        if (reached !== null) return;
      }
      throw new Error(`${step} was not reached; still to die: ${deaths.join(', ')}`);
    };
    await patiently('usageRead');
    await driver.pass(contractId, 7);
    await patiently('statementSent');
    await driver.decide(contractId, 'accountsClosed', 'complete');
    await driver.decide(contractId, 'partnerTold', 'complete');
    const done = driver.over(contractId).finally(() => {
      over = true;
    });
    const [killed] = await Promise.all([killing, done]);
    const steps = ['begun', ...OFF_BOARDING_STEPS].map((step) => `offBoarding.${step}`);
    expect(killed.toSorted()).toEqual(steps.toSorted());
  } finally {
    await held.close();
  }

  expect(deaths).toEqual([]);
  expect(server.misfits).toEqual([]);
  const effects = server.effects.map((effect) => effect.split(' ')[0]);
  expect(effects).toEqual(['suspended', 'released', 'released', 'closed']);
  const unfinished = ['waiting', 'stuck'];
  expect((await driver.steps(contractId)).filter(([, state]) => unfinished.includes(`${state}`))).toEqual([]);
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
  const deletion = await eventually('the deletion is waiting', () =>
    db.query.deletions.findFirst({ where: (t, { eq }) => eq(t.contractId, contractId) }),
  );
  expect(deletion.status).toBe('waiting');
}, 1_800_000);
