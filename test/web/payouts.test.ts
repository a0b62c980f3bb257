import { randomInt, randomUUID } from 'node:crypto';
import { and, eq, inArray } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sealRow } from '../../db/personal/seal-row.ts';
import { creditOf } from '../../db/queries/payment/post.ts';
import { agreePayout } from '../../db/queries/payout/agree.ts';
import { bankAccounts, commands, credits, payoutFiles, payouts } from '../../db/schema/index.ts';
import { civilDate } from '../../domain/calendar/civil-date.ts';
import { givenCommand } from '../support/given.ts';
import { plantPapers } from '../support/issued-papers.ts';
import { fieldValue, signedIn, startWeb, type WebTest } from './support.ts';

const TODAY = civilDate('2026-12-01');

let web: WebTest;
let billing: Awaited<ReturnType<typeof signedIn>>;
beforeAll(async () => {
  web = await startWeb({ config: { REFUND_PAYER: '1234567890:0001:002:1:7654321:INTERCOM' } });
  // Before anybody signs in: a session lasts for hours of this clock.
  web.clock.now = new Date('2026-12-01T10:00:00+09:00');
  billing = await signedIn(web, 'billing');
});
afterAll(async () => {
  // What waits would get into the file of another test.
  const open = and(eq(payouts.sandbox, true), eq(payouts.status, 'waiting'));
  await web.db.update(payouts).set({ status: 'withdrawn' }).where(open);
  await web.close();
});

/** A customer that has a credit of which two people agreed to pay so much back. */
async function agreed(amountYen: number, withAccount: boolean): Promise<{ payer: string; payoutId: string }> {
  const prefix = `P${randomUUID().slice(0, 8).toUpperCase()}`;
  const kana = `フリコミ${randomInt(1_000_000)}`;
  const fact = { kana, totalYen: 100, issuedOn: TODAY, dueOn: civilDate('2026-12-31') };
  const [paper] = await plantPapers(web.db, prefix, [fact]);
  if (paper === undefined) throw new Error('no paper');
  const { customerId: payer, contractId } = paper;
  await web.db
    .insert(credits)
    .values({ payer, sandbox: true, kind: 'over', amountYen: amountYen + 7, on: TODAY, madeBy: 'test' });
  if (withAccount) {
    const account = {
      bankCode: '0005',
      branchCode: '123',
      accountType: '1' as const,
      accountNumber: '7654321',
    };
    await web.db.insert(bankAccounts).values(
      sealRow(bankAccounts, payer, {
        ...{ ...account, contractId, holderKana: 'FURIKOMI', answer: '', enteredBy: randomUUID() },
      }),
    );
  }
  const staffId = randomUUID();
  const commandId = await givenCommand(web.db, { by: staffId, workflowId: '' });
  const asked = { payer, sandbox: true, amountYen, contractId, staffId, commandId, today: TODAY };
  expect(await web.db.transaction((tx) => agreePayout(tx, asked))).toEqual({ ok: true });
  const [row] = await web.db.select().from(payouts).where(eq(payouts.payer, payer));
  return { payer, payoutId: row?.id ?? '' };
}

const post = (path: string, fields: Record<string, string>) =>
  billing.browser.post(path, { csrf: billing.csrf, commandId: randomUUID(), sandbox: 'yes', ...fields });
const free = (payer: string) => creditOf(web.db, { payer, sandbox: true });
const booked = (payer: string) =>
  web.db.$count(credits, and(eq(credits.payer, payer), eq(credits.kind, 'paidBack')));
const statusOf = async (payer: string) =>
  (await web.db.select().from(payouts).where(eq(payouts.payer, payer)))[0]?.status;

test('what was agreed stands in one file for the bank, is taken out once, and is booked only when the bank has paid', async () => {
  const [good, bad, without] = [
    await agreed(1_000, true),
    await agreed(2_000, true),
    await agreed(50, false),
  ];
  expect(await free(good.payer)).toBe(7);
  const page = await billing.browser.get('/staff/payouts?sandbox=yes');
  expect(page.html).toContain('登録がありません');
  expect((await post('/staff/payouts/files', { transferOn: '2026-12-05' })).status).toBe(422);

  const commandId = randomUUID();
  const file = await post('/staff/payouts/files', { transferOn: '2026-12-03', commandId });
  expect((await post('/staff/payouts/files', { transferOn: '2026-12-03', commandId })).location).toBe(
    file.location,
  );
  const path = file.location ?? '';
  const [row] = await web.db.select().from(payoutFiles).where(eq(payoutFiles.id, commandId));
  expect(await statusOf(without.payer)).toBe('waiting');
  expect((await post(`${path}/confirm`, { paidOn: '2026-12-01' })).html).toContain(
    '振込データをダウンロードし',
  );

  const forms = [randomUUID(), randomUUID()];
  const taken = await Promise.all(forms.map((form) => post(`${path}/download`, { commandId: form })));
  expect(taken.map(({ status }) => status).toSorted()).toEqual([200, 422]);
  const lines = taken.find(({ status }) => status === 200)?.html.split('\r\n') ?? [];
  expect(lines.slice(0, -1).every((line) => [...line].length === 120)).toBe(true);
  const answers = await web.db.select().from(commands).where(inArray(commands.id, forms));
  expect(answers.map(({ answer }) => answer)).toContainEqual({ ok: true });
  const sum = `${String(row?.payouts).padStart(6, '0')}${String(row?.totalYen).padStart(12, '0')}`;
  expect(lines.at(-3)?.startsWith(`8${sum}`)).toBe(true);
  expect(await booked(good.payer)).toBe(0);

  const failed = { paidOn: '2026-12-01', [`failed.${bad.payoutId}`]: 'yes' };
  expect((await post(`${path}/confirm`, { ...failed, paidOn: '2026-12-02' })).status).toBe(422);
  expect((await post(`${path}/confirm`, failed)).location).toBe(path);
  expect((await post(`${path}/confirm`, failed)).status).toBe(409);
  expect([await booked(good.payer), await booked(bad.payer)]).toEqual([1, 0]);
  expect([await statusOf(good.payer), await statusOf(bad.payer)]).toEqual(['paid', 'waiting']);
  expect(await free(good.payer)).toBe(7);
  expect((await billing.browser.get(path)).html).toContain('振込済み');
});

test('a file that the bank was not given is thrown away, and what stood in it waits again', async () => {
  const { payer } = await agreed(300, true);
  const path = (await post('/staff/payouts/files', { transferOn: '2026-12-03' })).location ?? '';
  expect(await statusOf(payer)).toBe('inFile');
  expect((await post(`${path}/discard`, {})).location).toBe('/staff/payouts?sandbox=yes');
  expect(await statusOf(payer)).toBe('waiting');
  expect((await post(`${path}/download`, {})).status).toBe(409);
});

test('one that is paid otherwise is booked, one that is given up leaves the credit free again; each once', async () => {
  const [paid, given] = [await agreed(400, false), await agreed(500, false)];
  const end = (payoutId: string, as: string) => post(`/staff/payouts/${payoutId}/end`, { as });
  expect((await end(paid.payoutId, 'paid')).status).toBe(303);
  expect((await end(paid.payoutId, 'withdrawn')).status).toBe(409);
  expect((await end(given.payoutId, 'withdrawn')).status).toBe(303);
  expect([await booked(paid.payer), await free(paid.payer)]).toEqual([1, 7]);
  expect([await booked(given.payer), await free(given.payer)]).toEqual([0, 507]);
  const support = await signedIn(web, 'support');
  expect((await support.browser.get('/staff/payouts')).status).toBe(403);
  const page = await billing.browser.get('/staff/payouts?sandbox=yes');
  expect(fieldValue(page, 'csrf')).toBe(billing.csrf);
});
