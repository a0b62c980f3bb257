import { afterAll, beforeAll, expect, test } from 'vitest';
import { contractDriver } from '../support/contract-life.ts';
import { startDyingAtProvider } from '../support/dying-at-provider.ts';
import { offBoardingDriver } from '../support/off-boarding-driver.ts';
import { provisioningDriver } from '../support/provisioning-driver.ts';

const BUY = 'CreateIncomingPhoneNumber';
/** Where the worker dies, each once: the provider has done it, nobody has heard of it. */
const deaths = ['CreateAccount', 'CreateBundle', 'UpdateBundle', BUY, BUY];

let started: Awaited<ReturnType<typeof startDyingAtProvider>>;
beforeAll(async () => {
  started = await startDyingAtProvider(deaths);
});
afterAll(() => started.stop());

test('a worker killed after each effect at the provider: one subaccount, one set of papers, the numbers of the contract and no more, one revision', async () => {
  const { server, stack } = started;
  const { config, db, client } = stack;
  server.stock.national = ['+815012340001', '+815012340002', '+815012340003', '+815012340004'];
  const numbers = provisioningDriver(db, client, config);
  const options = { options: [{ code: 'number', quantity: 1 }] };
  const contractId = await offBoardingDriver(db, client).contract({}, options);
  // A killed worker's activity is taken up again when its heartbeats have been missed.
  const patiently = async (expected: Parameters<typeof numbers.reached>[1]) => {
    for (let tries = 0; tries < 10; tries += 1) {
      const reached = await numbers.reached(contractId, expected).catch(() => null);
      if (reached !== null) return;
    }
    throw new Error(`${JSON.stringify(expected)} was not reached; still to die: ${deaths.join(', ')}`);
  };
  await numbers.sweep();
  await patiently({ waits: 'input' });
  await numbers.ask(contractId);
  await patiently({ waits: 'papers' });
  await numbers.submit(contractId);
  await patiently({ waits: 'review' });
  for (const bundle of server.bundles) bundle.status = 'twilio-approved';
  await numbers.look(contractId);
  await patiently({ status: 'ready', waits: null });

  expect(deaths).toEqual([]);
  expect(server.misfits).toEqual([]);
  const effects = server.effects.map((effect) => effect.split(' ')[0]);
  expect(effects).toEqual(['created', 'drafted', 'pending-review', 'bought', 'bought']);
  await numbers.sweep();
  const life = contractDriver(db, client, contractId);
  await life.mailed('certificateIssued', 2);
  expect(await life.certificates()).toHaveLength(2);
}, 1_200_000);
