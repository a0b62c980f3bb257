import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { setBankAccount } from '../../db/queries/bank-account/set.ts';
import { recordBounce } from '../../db/queries/mail/bounce.ts';
import { setPolicy } from '../../db/queries/policy/set.ts';
import { contractDriver } from '../support/contract-life.ts';
import { discontinuationDriver } from '../support/discontinuations.ts';
import { type MixedContract, mixedContracts } from '../support/mixed-contracts.ts';
import { eventually } from '../support/people.ts';
import { clampedMonths, dateOf, dayOf, type HandRefund, refundByHand } from '../support/refund-by-hand.ts';
import { type Site, startSite } from '../support/site.ts';

const CONTRACTS = 200;
const PATH = '/staff/discontinuations';
const JST = 9 * 3_600_000;

let site: Site;
beforeAll(async () => {
  // Its price list and its 200 contracts would be in the way of what other tests count.
  site = await startSite({
    ownStack: true,
    settings: { REFUND_PAYER: '0123456789:0001:001:1:7654321:ｶ)ｲﾝﾀｰｺﾑ' },
  });
});
afterAll(() => site.stop());

async function decide(page: Page, id: string, verdict: string): Promise<void> {
  await page.goto(`${site.url}${PATH}/${id}`);
  const form = page.locator(`form[action="${PATH}/${id}/decide"]`);
  await form.locator(`[name="verdict"][value="${verdict}"]`).check();
  await form.locator('[name="reason"]').fill('数字と対象を確かめました。');
  await form.locator('button.button-primary').click();
  await page.waitForURL(new RegExp(`${PATH}/${id}$`));
}

/** Mail alone counts, and goes out fast. */
async function policiesForTest(): Promise<void> {
  const set = { setBy: randomUUID(), reason: '試験', afterVersion: 0 };
  await setPolicy(site.db, { ...set, key: 'notice.counts', value: 'mail' });
  await setPolicy(site.db, { ...set, key: 'notice.mailsPerMinute', value: 60_000 });
}

/** A file behind a link of the console, as the person's own browser gets it. */
const fetched = async (page: Page, path: string) => {
  const response = await page.request.get(`${site.url}${path}`);
  expect(response.status(), path).toBe(200);
  return response.body();
};

/** Rows of a CSV by contract number: the last columns are the money. */
function csvRows(bytes: Buffer): Map<string, string[]> {
  const lines = bytes.toString('utf8').replace('\uFEFF', '').trimEnd().split('\r\n');
  return new Map(lines.slice(1, -1).map((line) => [line.split(',')[0] ?? '', line.split(',')]));
}

const yen = (amount: number) => `${amount.toLocaleString('ja-JP')}円`;
const sumOf = (refunds: Iterable<HandRefund>, of: (refund: HandRefund) => number) =>
  [...refunds].reduce((sum, refund) => sum + of(refund), 0);

/** What the CSV has to say of a contract, but for its arithmetic in words. */
const moneyOf = ({ unusableDays, feeYen, taxYen, balanceYen, totalYen }: HandRefund) =>
  [unusableDays, feeYen, taxYen, balanceYen, totalYen].map(String);
const moneyIn = (row: string[] | undefined) => [9, 11, 12, 13, 14].map((column) => row?.[column]);

test('200 contracts from the plan to the refunds: every figure equals a computation of its own', async () => {
  const { db, client } = site;
  const drive = discontinuationDriver(db, client);
  const today = dateOf(Math.floor((Date.now() + JST) / 86_400_000));
  // Four months are less than the six that notice needs: everybody is told late.
  const lastDay = dateOf(dayOf(`${clampedMonths(`${today.slice(0, 7)}-01`, 4)}`) - 1);
  await policiesForTest();
  const made = await mixedContracts(db, client, CONTRACTS, { lastDay, today });
  const byNumber = new Map(made.map((contract) => [contract.contractNumber, contract]));
  const expected = (contract: MixedContract, noticeOn: string | null = today) =>
    refundByHand(contract, lastDay, today, noticeOn);

  const operations = await site.signIn('operations');
  const legal = await site.signIn('legal');
  const approver = await site.signIn('approver');
  const billing = await site.signIn('billing');

  // The plan has no effect, and says what everything would cost.
  await operations.goto(`${site.url}${PATH}/new`);
  await operations.locator('[name="scope"][value="plan:retiring"]').check();
  await operations.locator('[name="environment"][value="sandbox"]').check();
  await operations.locator('[name="lastDay"]').fill(lastDay);
  await operations.getByRole('button', { name: '計算する' }).click();
  const planned = made.map((contract) => expected(contract));
  const planText = await operations.locator('main').innerText();
  expect(planText).toContain(yen(sumOf(planned, ({ totalYen }) => totalYen)));
  expect(planText).toContain('すでに過ぎています');
  const csv = await operations.getByRole('link', { name: 'CSVでダウンロード' }).getAttribute('href');
  const plan = csvRows(await fetched(operations, csv ?? ''));
  expect(plan.size).toBe(CONTRACTS);
  for (const contract of made) {
    expect(moneyIn(plan.get(contract.contractNumber)), JSON.stringify(contract)).toEqual(
      moneyOf(expected(contract)),
    );
  }
  expect(
    (await db.query.discontinuations.findMany()).filter(({ planCode }) => planCode === 'retiring'),
  ).toEqual([]);

  // Two people who did not propose it approve.
  await operations.locator('[name="reason"]').fill('利用が少ないため。');
  await operations.getByRole('button', { name: '廃止を提案する' }).click();
  await operations.waitForURL(new RegExp(`${PATH}/[0-9a-f-]{36}$`));
  const id = operations.url().split('/').at(-1) ?? '';
  await drive.taskOf(id, 'discontinuationReview');
  await operations.goto(`${site.url}${PATH}/${id}`);
  expect(await operations.locator('[name="verdict"]').count()).toBe(0);
  await decide(legal, id, 'agree');
  await drive.taskOf(id, 'discontinuationApproval');
  await legal.goto(`${site.url}${PATH}/${id}`);
  expect(await legal.locator('[name="verdict"]').count()).toBe(0);
  await decide(approver, id, 'agree');
  await eventually('customers are told', async () =>
    (await drive.gateway.snapshot(id))?.told ? true : null,
  );
  const ending = made.filter((contract) => expected(contract).ends);

  // The notice goes out; some mails come back.
  const notice = await eventually('the notice is there', () =>
    db.query.notices.findFirst({ where: (t, { eq }) => eq(t.causeId, id) }),
  );
  const taken = async () => {
    const rows = await db.query.noticeRecipients.findMany({
      where: (t, { and, eq }) => and(eq(t.noticeId, notice.id), eq(t.state, 'accepted')),
    });
    return rows.length;
  };
  await expect.poll(taken, { timeout: 120_000, interval: 500 }).toBe(ending.length);
  const mails = await db.query.mails.findMany({
    where: (t, { like }) => like(t.key, `notice/${notice.id}/%`),
  });
  const bounced = new Set(ending.filter((_, n) => n % 25 === 3).map(({ contractId }) => contractId));
  for (const mail of mails) {
    if (bounced.has(mail.subjectId)) {
      await recordBounce(
        db,
        { messageId: mail.messageId, status: '5.1.1', answer: 'no such user' },
        new Date(),
      );
    }
  }
  const states = await db.query.noticeRecipients.findMany({
    where: (t, { eq }) => eq(t.noticeId, notice.id),
  });
  expect(
    new Set(states.filter(({ state }) => state === 'bounced').map(({ contractId }) => contractId)),
  ).toEqual(bounced);

  // One customer leaves before the last day after all.
  const leaving = ending.find(({ endsOn, kind }) => endsOn === null && kind === 'monthly');
  if (leaving === undefined) throw new Error('nobody to leave');
  const left = await contractDriver(db, client, leaving.contractId).ask({
    kind: 'cancellation',
    arrived: new Date().toISOString(),
  });
  if (!left.answer.ok) throw new Error(left.answer.message);
  leaving.endsOn = left.answer.effectiveOn;
  expect(dayOf(leaving.endsOn)).toBeLessThan(dayOf(lastDay));

  // The next morning staff are asked to write letters; then the last day passes.
  await drive.to(id, (dayOf(today) + 2) * 86_400_000 - JST);
  await drive.taskOf(id, 'discontinuationUnreached');
  await drive.to(id, (dayOf(lastDay) + 1) * 86_400_000 - JST + 3_600_000);
  await drive.inStatus(id, 'refundReview');
  const going = async () => {
    const rows = await db.query.contracts.findMany({ where: (t, { eq }) => eq(t.planCode, 'retiring') });
    return rows.filter(({ status }) => status !== 'ended').length;
  };
  await expect.poll(going, { timeout: 240_000, interval: 500 }).toBe(0);
  for (const { contractId, endsOn } of made) {
    const row = await db.query.contracts.findFirst({ where: (t, { eq }) => eq(t.id, contractId) });
    const own = endsOn !== null && dayOf(endsOn) < dayOf(lastDay);
    expect(row?.endsOn, contractId).toBe(own ? endsOn : lastDay);
  }

  // The final refunds, with the day on which each notice really arrived.
  const final = new Map(
    made
      .map(
        (contract) =>
          [contract, expected(contract, bounced.has(contract.contractId) ? null : today)] as const,
      )
      .filter(([, { totalYen }]) => totalYen > 0),
  );
  const rows = (await drive.rows(id, 2)).filter(({ totalYen }) => totalYen > 0);
  expect(rows.map(({ contractId }) => contractId).toSorted()).toEqual(
    [...final.keys()].map(({ contractId }) => contractId).toSorted(),
  );
  for (const [contract, refund] of final) {
    expect(rows.find(({ contractId }) => contractId === contract.contractId)).toMatchObject({
      noticeOn: bounced.has(contract.contractId) ? null : today,
      unusableDays: refund.unusableDays,
      feeYen: refund.feeYen,
      taxYen: refund.taxYen,
      balanceYen: refund.balanceYen,
      totalYen: refund.totalYen,
    });
  }

  // Accounts: one by hand, most from elsewhere, three are missing.
  const [first, ...others] = [...final.keys()];
  await billing.goto(`${site.url}/staff/contracts/${first?.contractId}/bank-account`);
  await billing.locator('[name="bankCode"]').fill('０００９');
  await billing.locator('[name="branchCode"]').fill('123');
  await billing.locator('[name="accountType"][value="1"]').check();
  await billing.locator('[name="accountNumber"]').fill('12345');
  await billing.locator('[name="holderKana"]').fill('カ）アテサキ');
  await billing.locator('[name="evidence"]').setInputFiles('test/data/seal.png');
  await billing.getByRole('button', { name: '振込先を登録する' }).click();
  const account = {
    bankCode: '0009',
    branchCode: '123',
    accountType: '1' as const,
    accountNumber: '0012345',
  };
  const enter = ({ contractId }: MixedContract) =>
    setBankAccount(db, {
      contractId,
      account: { ...account, holderKana: 'ｱﾃｻｷ' },
      enteredBy: randomUUID(),
    });
  const missing = others.slice(0, 3);
  for (const contract of others.slice(3)) await enter(contract);
  await billing.goto(`${site.url}${PATH}/${id}`);
  expect(await billing.locator('#refunds').innerText()).toMatch(/振込先のない返金\s*3件/);

  // Two people give the list free; the bank's file has exactly what was computed.
  const checkFile = async (batch: number, paid: readonly MixedContract[]) => {
    await decide(billing, id, 'agree');
    await drive.taskOf(id, 'refundApproval');
    const early = await billing.request.get(
      `${site.url}${PATH}/${id}/refunds/${batch}/transfer.txt?on=${lastDay}`,
    );
    expect(early.status()).toBe(409);
    await decide(approver, id, 'agree');
    const path = `${PATH}/${id}/refunds/${batch}`;
    const file = await fetched(billing, `${path}/transfer.txt?on=${lastDay}`);
    const records = file.toString('latin1').split('\r\n').slice(0, -1);
    expect(records.every((record) => record.length === 120)).toBe(true);
    const data = records.filter((record) => record.startsWith('2'));
    const found = new Map(data.map((record) => [record.slice(91, 111).trim(), Number(record.slice(80, 90))]));
    const due = paid.map(
      (contract) => [contract.contractNumber.toUpperCase(), final.get(contract)?.totalYen] as const,
    );
    expect(found).toEqual(new Map(due));
    const trailer = records.at(-2) ?? '';
    const total = paid.reduce((sum, contract) => sum + (final.get(contract)?.totalYen ?? 0), 0);
    expect([Number(trailer.slice(1, 7)), Number(trailer.slice(7, 19))]).toEqual([paid.length, total]);
    const list = csvRows(await fetched(billing, `${path}/list.csv`));
    for (const contract of paid) {
      // Behind the total stand the warnings about the account and what was answered.
      expect(Number(list.get(contract.contractNumber)?.at(-3))).toBe(final.get(contract)?.totalYen);
    }
  };
  await checkFile(
    1,
    [...final.keys()].filter((contract) => !missing.includes(contract)),
  );
  for (const contract of missing) await enter(contract);
  await drive.taskOf(id, 'refundReview');
  await checkFile(2, missing);
  await drive.inStatus(id, 'done');

  // What was paid back has left the ledgers; the rest of the balances was lost with the contracts.
  for (const [contract, { balanceYen }] of final) {
    const entries = await db.query.prepaidLedger.findMany({
      where: (t, { and, eq }) => and(eq(t.contractId, contract.contractId), eq(t.kind, 'refund')),
    });
    expect(entries.reduce((sum, { amountYen }) => sum - amountYen, 0)).toBe(balanceYen);
  }
  expect(byNumber.size).toBe(CONTRACTS);
}, 560_000);
