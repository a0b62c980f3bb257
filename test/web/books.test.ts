import { randomInt, randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lookAtDunning } from '../../db/queries/dunning/look.ts';
import { creditOf } from '../../db/queries/payment/post.ts';
import { openPapers } from '../../db/queries/payment/receivable.ts';
import { credits, dunnings, monthCloses, writeOffs } from '../../db/schema/index.ts';
import { civilDate, jstInstant, monthKey } from '../../domain/calendar/civil-date.ts';
import { type PlantedPaper, plantPapers } from '../support/issued-papers.ts';
import { fieldValue, signedIn, startWeb, type WebTest } from './support.ts';

const DUE = civilDate('2026-11-30');

let web: WebTest;
let billing: Awaited<ReturnType<typeof signedIn>>;
let approver: Awaited<ReturnType<typeof signedIn>>;
beforeAll(async () => {
  web = await startWeb();
  billing = await signedIn(web, 'billing');
  approver = await signedIn(web, 'approver');
});
afterAll(() => web.close());

async function paperOf(totalYen: number): Promise<PlantedPaper> {
  const fact = {
    kana: `チョウボ${randomInt(1_000_000)}`,
    totalYen,
    issuedOn: civilDate('2026-11-10'),
    dueOn: DUE,
  };
  const [paper] = await plantPapers(web.db, `B${randomUUID().slice(0, 8).toUpperCase()}`, [fact]);
  if (paper === undefined) throw new Error('no paper');
  return paper;
}

/** A second person agrees to what was asked for. */
async function agree(location: string | null) {
  const page = await approver.browser.get(location ?? '');
  return approver.browser.post(`${location}/decision`, {
    ...{ csrf: approver.csrf, commandId: fieldValue(page, 'commandId') },
    ...{ taskId: fieldValue(page, 'taskId'), verdict: 'confirm', reason: '確かめた。' },
  });
}

describe('the credit of a payer (前受金)', () => {
  test('pays an invoice by one person, once, and is paid back by two', async () => {
    const paper = await paperOf(300);
    const { customerId: payer } = paper;
    await web.db
      .insert(credits)
      .values({ payer, sandbox: true, kind: 'over', amountYen: 1_000, on: DUE, madeBy: 'test' });
    const path = `/staff/payers/${payer}`;
    const href = `${path}?sandbox=yes`;
    const page = await billing.browser.get(path);
    expect(page.html).toContain('300円を充てる');
    const fields = { csrf: billing.csrf, commandId: fieldValue(page, 'commandId'), paperId: paper.paperId };
    expect((await billing.browser.post(`${path}/apply`, fields)).location).toBe(href);
    expect((await billing.browser.post(`${path}/apply`, fields)).location).toBe(href);
    expect(await openPapers(web.db, { sandbox: true, paperIds: [paper.paperId] })).toEqual([]);
    expect(await creditOf(web.db, { payer, sandbox: true })).toBe(700);

    const back = (amount: string, reason: string) =>
      billing.browser.post(`${path}/pay-back`, {
        csrf: billing.csrf,
        commandId: randomUUID(),
        amount,
        reason,
      });
    expect((await back('701', '過入金の返金')).status).toBe(422);
    expect((await back('700', '')).status).toBe(422);
    const asked = await back('700', '過入金の返金');
    expect(asked.location).toContain('/staff/proposals/');
    expect(await creditOf(web.db, { payer, sandbox: true })).toBe(700);
    expect((await agree(asked.location)).status).toBe(303);
    expect(await creditOf(web.db, { payer, sandbox: true })).toBe(0);
    expect((await billing.browser.get(path)).html).toContain('返金');
  });
});

describe('the statement of account (残高明細書)', () => {
  test('of a payer has its invoices and its balance, as a page and as CSV', async () => {
    const { customerId, number } = await paperOf(12_300);
    const path = `/staff/payers/${customerId}/statement`;
    const page = await billing.browser.get(`${path}?from=2026-11-01&through=2026-12-31`);
    for (const words of [number, '12,300円（未払い）', '2026年11月10日']) expect(page.html).toContain(words);
    const csv = await billing.browser.get(`${path}.csv?from=2026-11-01&through=2026-12-31`);
    expect(csv.html).toContain(`2026-11-10,ご請求,${number},12300,12300\r\n2026-12-31,残高,,,12300`);
    const before = await billing.browser.get(`${path}?from=2026-12-01&through=2026-12-31`);
    expect(before.html).toContain('この期間に動きはありません');
    expect(before.html).toContain('12,300円（未払い）');
    const support = await signedIn(web, 'support');
    expect((await support.browser.get(path)).status).toBe(403);
  });
});

describe('an overdue invoice (第10条2項④)', () => {
  async function overdue(on: string) {
    const paper = await paperOf(39_600);
    const { paperId, contractId } = paper;
    await web.db.insert(dunnings).values({ id: paperId, contractId, sandbox: true });
    await lookAtDunning(web.db, { paperId, nowMs: jstInstant(civilDate(on)) });
    return { paper, path: `/staff/dunnings/${paperId}` };
  }

  test('shows where it stands; it is held with a reason, and goes on', async () => {
    const { paper, path } = await overdue('2026-12-14');
    expect((await billing.browser.get('/staff/dunnings')).html).toContain(paper.number);
    const page = await billing.browser.get(path);
    for (const words of ['督促2回目', '39,600円', 'まだ督促のメールは送っていません'])
      expect(page.html).toContain(words);
    const hold = (fields: Record<string, string>) =>
      billing.browser.post(`${path}/hold`, { csrf: billing.csrf, commandId: randomUUID(), ...fields });
    const wrong = await hold({ kind: 'dispute', from: '2026-13-01', reason: '' });
    expect(wrong.status).toBe(422);
    expect(wrong.html).toContain('理由を入力してください');
    expect((await hold({ kind: 'dispute', from: '2026-12-01', reason: '金額の確認中' })).location).toBe(path);
    const held = await billing.browser.get(path);
    expect(held.html).toContain('金額の確認中');
    expect(held.html).toContain('協議中');
    const released = await billing.browser.post(`${path}/release`, {
      ...{ csrf: billing.csrf, commandId: randomUUID(), holdId: fieldValue(held, 'holdId') },
    });
    expect(released.location).toBe(path);
    expect((await (await signedIn(web, 'support')).browser.get(path)).status).toBe(403);
  });

  test('asks billing to look at the bank, and is done with saying so', async () => {
    const { path } = await overdue('2026-12-01');
    const page = await billing.browser.get(path);
    expect(page.html).toContain('期限を過ぎた請求書の入金の確認');
    const said = { commandId: randomUUID(), taskId: fieldValue(page, 'taskId') };
    const others = await approver.browser.post(`${path}/acknowledge`, { ...said, csrf: approver.csrf });
    expect(others.status).toBe(403);
    expect(
      (await billing.browser.post(`${path}/acknowledge`, { ...said, csrf: billing.csrf })).location,
    ).toBe(path);
    expect((await billing.browser.get(path)).html).not.toContain('name="taskId"');
  });

  test('is given up by two people', async () => {
    const { paper, path } = await overdue('2026-12-14');
    const asked = await billing.browser.post(`${path}/write-off`, {
      ...{ csrf: billing.csrf, commandId: randomUUID(), reason: '破産手続きの開始を確認した。' },
    });
    expect(await web.db.$count(writeOffs, eq(writeOffs.paperId, paper.paperId))).toBe(0);
    expect((await agree(asked.location)).status).toBe(303);
    expect(await web.db.$count(writeOffs, eq(writeOffs.paperId, paper.paperId))).toBe(1);
    expect(await openPapers(web.db, { sandbox: true, paperIds: [paper.paperId] })).toEqual([]);
  });
});

describe('the books', () => {
  test('show what is owed by age and earned by month, and give both as CSV with a mark', async () => {
    const paper = await paperOf(55_000);
    const page = await billing.browser.get('/staff/receivables?asOf=2026-12-31&sandbox=yes');
    expect(page.html).toContain(`/staff/payers/${paper.customerId}?sandbox=yes`);
    for (const file of ['ageing', 'revenue']) {
      const csv = await billing.browser.get(`/staff/receivables/${file}.csv?asOf=2026-12-31&sandbox=yes`);
      expect(csv.status).toBe(200);
    }
  });

  test('tell what was sold by plan and by partner and what is to come, with charts, tables and CSVs that agree', async () => {
    await paperOf(55_000);
    const page = await billing.browser.get('/staff/reports?month=2026-11&sandbox=yes');
    for (const words of ['料金プランごとの売上', 'パートナーごとの売上', '利用料金の見込み', '<svg'])
      expect(page.html).toContain(words);
    const csv = (file: string) => billing.browser.get(`/staff/reports/${file}.csv?month=2026-11&sandbox=yes`);
    const totalOf = (text: string) =>
      text
        .split('\r\n')
        .slice(1, -1)
        .reduce((sum, row) => sum + Number(row.split(',').at(-1)), 0);
    const [plans, partners] = [(await csv('by-plan')).html, (await csv('by-partner')).html];
    expect(plans).toContain('料金プラン・内容,2025-12,');
    expect(totalOf(plans)).toBeGreaterThan(0);
    expect(totalOf(partners)).toBe(totalOf(plans));
    expect((await csv('forecast')).html).toContain('見込み（税抜）');
    expect((await csv('by-nothing')).status).toBe(404);
    expect((await (await signedIn(web, 'support')).browser.get('/staff/reports')).status).toBe(403);
  });

  test('of a month with something left to do are not closed; what stands in the way is said', async () => {
    const asked = { csrf: billing.csrf, commandId: randomUUID(), month: '2099-01', sandbox: 'yes' };
    const page = await billing.browser.get('/staff/closes?month=2099-01&sandbox=yes');
    expect(page.html).toContain('2099年1月31日までは締められません');
    expect((await billing.browser.post('/staff/closes', asked)).status).toBe(422);
    expect((await approver.browser.post('/staff/closes', { ...asked, csrf: approver.csrf })).status).toBe(
      403,
    );
  });

  test('that are closed are opened again by two people', async () => {
    await web.db.insert(monthCloses).values({
      ...{ month: monthKey('2020-01'), on: civilDate('2020-02-01'), closedBy: billing.id, sandbox: true },
      figures: { papers: 0, netYen: 0, taxYen: 0, totalYen: 0, paidYen: 0, receivableYen: 0 },
    });
    const page = await billing.browser.get('/staff/closes?month=2020-01&sandbox=yes');
    expect(page.html).toContain('2020-01は締められています');
    const asked = await billing.browser.post('/staff/closes/reopen', {
      ...{
        csrf: billing.csrf,
        commandId: randomUUID(),
        month: '2020-01',
        sandbox: 'yes',
        reason: '記帳の誤り',
      },
    });
    expect((await agree(asked.location)).status).toBe(303);
    const after = await billing.browser.get('/staff/closes?month=2020-01&sandbox=yes');
    expect(after.html).not.toContain('締められています');
  });

  test.each(['freee', 'money-forward', 'yayoi'])('go to %s', async (format) => {
    await paperOf(11_000);
    const file = await billing.browser.get(`/staff/closes/export/${format}?month=2026-11&sandbox=yes`);
    expect(file.status).toBe(200);
  });
});
