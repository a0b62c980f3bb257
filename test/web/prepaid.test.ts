import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ordersOf } from '../../db/queries/billing/top-ups.ts';
import { findComparison, recordComparison } from '../../db/queries/billing/usage-comparison.ts';
import {
  contracts,
  prepaidLedger,
  prepaidUsage,
  usageEvents,
  usageReadings,
  usageRecords,
} from '../../db/schema/index.ts';
import { civilDate } from '../../domain/calendar/civil-date.ts';
import { storedContract } from '../support/stored-contract.ts';
import { fieldValue, signedIn, startWeb, type WebTest } from './support.ts';

let web: WebTest;
let billing: Awaited<ReturnType<typeof signedIn>>;
beforeAll(async () => {
  web = await startWeb();
  billing = await signedIn(web, 'billing');
});
afterAll(() => web.close());

async function prepaying() {
  const { contractId, path } = await storedContract(web);
  await web.db.update(contracts).set({ communicationPayment: 'prepaid' }).where(eq(contracts.id, contractId));
  return { contractId, page: `${path}/prepaid` };
}

test('an order is typed in once: the same form sent twice is one, a wrong amount is told and nothing is stored', async () => {
  const { contractId, page } = await prepaying();
  const orderKey = fieldValue(await billing.browser.get(page), 'orderKey');
  const send = (amountYen: string) => billing.browser.post(page, { csrf: billing.csrf, orderKey, amountYen });
  for (const wrong of ['', '0', '-1', '1.5', '99999999999']) {
    const answer = await send(wrong);
    expect(answer.status).toBe(422);
    expect(answer.html).toContain('チャージの額は、1円から');
  }
  expect((await send('50000')).status).toBe(303);
  expect((await send('50000')).status).toBe(303);
  expect((await send('60000')).html).toContain('別の金額の注文をすでに受け付けています');
  expect((await ordersOf(web.db, contractId)).map(({ order }) => order.amountYen)).toEqual([50_000]);
  expect((await billing.browser.get(page)).html).toContain('50,000円');
});

test('whoever may not order sees the page without the form, and is refused', async () => {
  const { page } = await prepaying();
  const operations = await signedIn(web, 'operations');
  expect((await operations.browser.get(page)).html).not.toContain('注文を受け付ける');
  const post = { csrf: operations.csrf, orderKey: randomUUID(), amountYen: '1' };
  expect((await operations.browser.post(page, post)).status).toBe(403);
  expect((await (await signedIn(web, 'support')).browser.get(page)).status).toBe(403);
});

test('use that no balance covered waits on two pages for a decision, which counts for what was shown', async () => {
  const { contractId, page } = await prepaying();
  const on = civilDate('2026-05-03');
  const usage = { contractId, usedOn: on, netYen: '1000', events: 1, costYen: 1_100, bookedOn: on };
  await web.db.insert(prepaidUsage).values({ ...usage, key: randomUUID(), uncoveredYen: 1_100 });
  expect((await billing.browser.get('/staff/prepaid')).html).toContain('1,100円');
  const decide = (yen: string) =>
    billing.browser.post(`${page}/uncovered`, {
      csrf: billing.csrf,
      month: '2026-05-01',
      yen,
      decision: 'waive',
    });
  expect((await decide('1')).html).toContain('金額が変わったか');
  expect((await decide('1100')).status).toBe(303);
  expect((await decide('1100')).status).toBe(422);
  expect((await billing.browser.get(page)).html).not.toContain('請求しない');
});

test('the unused balances of a base date are a page and a CSV; another day shows the last base date', async () => {
  const { contractId } = await prepaying();
  const entry = { contractId, kind: 'topUp' as const, on: civilDate('2026-03-31'), businessAt: new Date() };
  await web.db.insert(prepaidLedger).values({ ...entry, key: randomUUID(), amountYen: 12_345_678 });
  const page = await billing.browser.get('/staff/prepaid?on=2026-03-31');
  for (const said of ['2026年3月31日', '円以上', '2026年5月31日']) expect(page.html).toContain(said);
  const csv = await billing.browser.get('/staff/prepaid/base-date.csv?on=2026-03-31');
  expect(csv.html).toContain('12345678');
  expect(csv.html).toContain('対象の合計');
  expect((await billing.browser.get('/staff/prepaid?on=2026-04-15')).status).toBe(200);
});

test('the comparison with the provider’s records tells what differs by the provider’s days, and what agrees not', async () => {
  const { contractId } = await prepaying();
  const record = { contractId, month: '2031-05', count: '1', countUnit: 'x', usageUnit: 'x', price: '0' };
  const read = { ...record, usageOn: '2031-05-31', priceUnit: 'JPY', readAt: new Date() };
  await web.db.insert(usageRecords).values([
    { ...read, category: 'sms-outbound', usage: '3' },
    { ...read, category: 'calls-inbound', usage: '7.5' },
    // A sum over categories is none of ours.
    { ...read, category: 'totalprice', usage: '99' },
  ]);
  // Half past eight on the 1st of June in Japan is still the 31st of May for the provider.
  const event = { contractId, occurredAt: new Date('2031-05-31T23:30:00Z'), usedOn: civilDate('2031-06-01') };
  await web.db.insert(usageEvents).values([
    { ...event, sourceId: randomUUID(), category: 'sms', quantity: '3.0', receivedOn: event.usedOn },
    { ...event, sourceId: randomUUID(), category: 'call-in', quantity: '7', receivedOn: event.usedOn },
  ]);
  const { html } = await billing.browser.get('/staff/usage?month=2031-05');
  expect(html).toContain('-0.5');
  expect(html).toContain('2031年5月1日 9:00 から 2031年6月1日 9:00 まで');
  expect(html).toContain('超えています');
  expect(html).toContain('着信通話');
  expect(html).not.toContain('SMS送信');
  expect((await billing.browser.get('/staff/usage?month=x')).status).toBe(200);
});

test('the task about a month’s differences leads to its page, and whoever bills says there that they looked', async () => {
  const month = `20${30 + Math.floor(Math.random() * 60)}-02`;
  const { contractId } = await prepaying();
  const readAt = new Date();
  await web.db.insert(usageReadings).values({ contractId, month, refused: false, readAt });
  const occurredAt = new Date(`${month}-10T00:00:00Z`);
  const usedOn = civilDate(`${month}-10`);
  await web.db.insert(usageEvents).values({
    ...{ contractId, occurredAt, usedOn, receivedOn: usedOn },
    ...{ sourceId: randomUUID(), category: 'sms', quantity: '2' },
  });
  expect(await recordComparison(web.db, { month, sandbox: true, at: readAt })).toMatchObject({ beyond: 1 });
  const comparison = await findComparison(web.db, { month, sandbox: true });
  const path = `/staff/usage/comparisons/${comparison?.id}`;
  const led = await billing.browser.get(path);
  expect([led.status, led.location]).toEqual([303, `/staff/usage?month=${month}`]);
  const page = await billing.browser.get(`/staff/usage?month=${month}`);
  const [taskId, commandId] = [fieldValue(page, 'taskId'), fieldValue(page, 'commandId')];
  const done = { taskId, commandId };
  const approver = await signedIn(web, 'approver');
  expect((await approver.browser.get(`/staff/usage?month=${month}`)).html).not.toContain('確認した');
  expect((await approver.browser.post(`${path}/acknowledge`, { csrf: approver.csrf, ...done })).status).toBe(
    403,
  );
  expect((await billing.browser.post(`${path}/acknowledge`, { csrf: billing.csrf, ...done })).status).toBe(
    303,
  );
  expect((await billing.browser.post(`${path}/acknowledge`, { csrf: billing.csrf, ...done })).status).toBe(
    409,
  );
  expect((await billing.browser.get(`/staff/usage?month=${month}`)).html).not.toContain('確認した（担当');
});
