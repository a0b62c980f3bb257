import { afterAll, beforeAll, expect, test } from 'vitest';
import { deliveries } from '../support/delivered.ts';
import { discontinuationDriver } from '../support/discontinuations.ts';
import { mixedContracts } from '../support/mixed-contracts.ts';
import { type KillableStack, startKillableStack } from '../support/own-stack.ts';
import { clampedMonths, dateOf, dayOf, refundByHand } from '../support/refund-by-hand.ts';

const JST = 9 * 3_600_000;

let stack: KillableStack;
beforeAll(async () => {
  stack = await startKillableStack();
});
afterAll(async () => stack.stop());

test('a worker killed while customers are told and while contracts end: each is told once, ends once and gets its refund once', async () => {
  const { config, db, client, killWorker } = stack;
  let kills = 0;
  const killSoon = () => {
    setTimeout(killWorker, 200);
    kills += 1;
  };
  const drive = discontinuationDriver(db, client);
  const today = dateOf(Math.floor((Date.now() + JST) / 86_400_000));
  const lastDay = dateOf(dayOf(clampedMonths(`${today.slice(0, 7)}-01`, 4)) - 1);
  const made = await mixedContracts(db, client, 30, { lastDay, today });
  const refunds = made
    .map((contract) => ({ contract, refund: refundByHand(contract, lastDay, today, today) }))
    .filter(({ refund }) => refund.ends);
  const id = await drive.propose({ lastDay: lastDay as never, planCode: 'retiring' });
  await drive.decide(id, 'discontinuationReview', 'agree');
  killSoon();
  await drive.decide(id, 'discontinuationApproval', 'agree');
  await expect
    .poll(async () => (await drive.gateway.snapshot(id))?.told ?? false, { timeout: 300_000 })
    .toBe(true);
  const mails = () =>
    db.query.mails.findMany({
      where: (t, { and, eq, like }) => and(like(t.key, 'notice/%'), eq(t.status, 'accepted')),
    });
  await expect.poll(async () => (await mails()).length, { timeout: 300_000 }).toBe(refunds.length);
  killSoon();
  await drive.to(id, (dayOf(lastDay) + 1) * 86_400_000 - JST + 3_600_000);
  await expect.poll(async () => (await drive.row(id))?.status, { timeout: 300_000 }).toBe('refundReview');
  const going = async () =>
    (await db.query.contracts.findMany()).filter(({ status }) => status !== 'ended').length;
  // A workflow whose tasks were lost three times in a row is tried again after growing pauses, the server's own.
  await expect.poll(going, { timeout: 900_000 }).toBe(0);
  expect(kills).toBe(2);
  for (const { messageId } of await mails()) expect(deliveries(config.OUTBOX_DIR ?? '', messageId)).toBe(1);
  expect((await drive.versions(id)).map(({ kind }) => kind)).toEqual(['approved', 'final']);
  const rows = (await drive.rows(id, 2)).filter(({ fate }) => fate === 'ends');
  expect(rows.map(({ contractId, totalYen }) => [contractId, totalYen]).toSorted()).toEqual(
    refunds.map(({ contract, refund }) => [contract.contractId, refund.totalYen]).toSorted(),
  );
  const ledger = await db.query.prepaidLedger.findMany({ where: (t, { eq }) => eq(t.kind, 'refund') });
  const paidBack = refunds.filter(({ refund }) => refund.balanceYen > 0);
  expect(ledger.map(({ contractId, amountYen }) => [contractId, -amountYen]).toSorted()).toEqual(
    paidBack.map(({ contract, refund }) => [contract.contractId, refund.balanceYen]).toSorted(),
  );
}, 1_800_000);
