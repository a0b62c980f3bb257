import { randomUUID } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findComparison } from '../../db/queries/billing/usage-comparison.ts';
import { readUsageReport } from '../../db/queries/billing/usage-report.ts';
import { tasks, telephonyAccounts, usageEvents } from '../../db/schema/index.ts';
import { insertContractRows } from '../../dev/contract-rows.ts';
import { jstDate } from '../../domain/calendar/civil-date.ts';
import { BACKGROUND_QUEUE } from '../../domain/desk/queues.ts';
import type { UsageReadingResult } from '../../workflows/usage-reading/messages.ts';
import { type OwnStack, startOwnStack } from '../support/own-stack.ts';
import { startTwilioServer, type TwilioServer } from '../support/twilio-server.ts';
import { type RunningWorkers, startWorkers } from '../support/workers.ts';

const MONTH = '2026-10';

let stack: OwnStack;
let server: TwilioServer;
let workers: RunningWorkers;
let rows: string[];
beforeAll(async () => {
  [stack, server] = await Promise.all([startOwnStack(), startTwilioServer()]);
  workers = await startWorkers({
    ...stack.env,
    TWILIO_ACCOUNT_SID: server.accountSid,
    TWILIO_AUTH_TOKEN: server.authToken,
    TWILIO_BASE_URL: server.url,
  });
  rows = await insertContractRows(db(), 3, { prefix: 'USE' });
});
afterAll(async () => {
  await workers.stop();
  await Promise.all([stack.stop(), server.close()]);
  expect(server.misfits).toEqual([]);
});

const db = () => workers.composed.db;

async function account(contractId: string, ...usage: Parameters<TwilioServer['addUsage']>[1][]) {
  const sid = server.addAccount({ usage });
  await db()
    .insert(telephonyAccounts)
    .values({ contractId, subaccountSid: sid, state: 'active', registeredBy: randomUUID() });
  return sid;
}

/** An event of ours at an instant. */
async function used(contractId: string, at: string, category: string, quantity: string) {
  const occurredAt = new Date(at);
  const usedOn = jstDate(occurredAt.getTime());
  await db().insert(usageEvents).values({
    contractId,
    sourceId: randomUUID(),
    occurredAt,
    usedOn,
    receivedOn: usedOn,
    category,
    quantity,
  });
}

const read = (): Promise<UsageReadingResult> =>
  workers.client.workflow.execute('usageReading', {
    ...{ workflowId: `usage-reading/${randomUUID()}`, taskQueue: BACKGROUND_QUEUE },
    args: [{ sandbox: true, month: MONTH }],
  });

const openTasks = async () => {
  const comparison = await findComparison(db(), { month: MONTH, sandbox: true });
  return db()
    .select()
    .from(tasks)
    .where(and(eq(tasks.subjectId, comparison?.id ?? ''), eq(tasks.status, 'open')));
};

test('a month is read from the provider and compared by its own days; what agrees asks nobody', async () => {
  const [first = ''] = rows;
  const minutes = { category: 'calls-inbound' as const, count: '1', price: 0.1 };
  await account(
    first,
    { ...minutes, on: '2026-10-01', usage: '5' },
    { ...minutes, on: '2026-10-31', usage: '2' },
    // A sum over categories, and a day of the next month.
    { ...minutes, category: 'calls', on: '2026-10-01', usage: '5' },
    { ...minutes, on: '2026-11-01', usage: '7' },
  );
  // In Japan it is 1 November already, by the provider's day still 31 October; and the other way round on the 1st.
  await used(first, '2026-11-01T08:59:00+09:00', 'call-in', '2');
  await used(first, '2026-10-01T09:00:00+09:00', 'call-in', '5');
  await used(first, '2026-10-01T08:59:00+09:00', 'call-in', '100');
  expect(await read()).toEqual({ month: MONTH, differing: 0, beyond: 0, unread: 0 });
  expect(await findComparison(db(), { month: MONTH, sandbox: true })).toMatchObject({ compared: 1 });
  expect(await openTasks()).toEqual([]);
});

test('a difference beyond the limit, use that the provider does not know, and a refused subaccount become one task for billing', async () => {
  const [, second = '', third = ''] = rows;
  await account(second);
  const refused = await account(third);
  server.forget(refused);
  await used(second, '2026-10-10T12:00:00+09:00', 'sms', '3');
  expect(await read()).toEqual({ month: MONTH, differing: 1, beyond: 1, unread: 1 });
  const { compared, unread, differences } = await readUsageReport(db(), { month: MONTH, sandbox: true });
  expect({ compared, unread }).toEqual({ compared: 2, unread: 1 });
  expect(differences).toMatchObject([
    { contractId: second, category: 'sms', ours: '3', theirs: '0', difference: '3', beyond: true },
  ]);
  expect(await openTasks()).toMatchObject([{ kind: 'usageDifference', role: 'billing', sandbox: true }]);
});
