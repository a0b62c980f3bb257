import { randomUUID } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { registerBilling } from '../../cli/billing.ts';
import { draftContracts } from '../../db/queries/billing/draft.ts';
import { issuePapers } from '../../db/queries/billing/issue.ts';
import {
  findBillingRun,
  moveBillingRun,
  openBillingRun,
  recordBillingProgress,
} from '../../db/queries/billing/runs.ts';
import { openTask } from '../../db/queries/task/open.ts';
import { papers } from '../../db/schema/index.ts';
import { DEFAULT_BILLING_POLICY } from '../../domain/billing/billing-policy.ts';
import { civilDate } from '../../domain/calendar/civil-date.ts';
import { givenCommand } from '../support/given.ts';
import { stackEnv } from '../support/stacks.ts';
import { storedContract } from '../support/stored-contract.ts';
import { fieldValue, signedIn, startWeb, type WebTest } from './support.ts';

const OPERATOR = { number: 'T7000012050002', from: civilDate('2023-10-01'), to: null };

let web: WebTest;
let billing: Awaited<ReturnType<typeof signedIn>>;
let approver: Awaited<ReturnType<typeof signedIn>>;
beforeAll(async () => {
  web = await startWeb();
  billing = await signedIn(web, 'billing');
  approver = await signedIn(web, 'approver');
});
afterAll(() => web.close());

let year = 2031;

/** A run of a day of its own with the drafts of one new contract, that waits for its first person. */
async function draftedRun() {
  const { db } = web;
  const runOn = civilDate(`${year}-03-10`);
  year += 1;
  const { contractId, path } = await storedContract(web);
  const opened = { runOn, sandbox: true, startedBy: billing.id };
  const run = await db.transaction((tx) => openBillingRun(tx, opened));
  if (run === null) throw new Error('the run was there');
  const runId = run.id;
  const input = { runId, contractIds: [contractId], runOn, policy: DEFAULT_BILLING_POLICY };
  await draftContracts(db, { ...input, operator: null });
  await recordBillingProgress(db, { runId, contracts: 1, problems: [] });
  await moveBillingRun(db, { runId, to: 'review', actor: 'system', businessAt: new Date() });
  const taskId = randomUUID();
  await openTask(db, {
    ...{ taskId, subjectType: 'billingRun', subjectId: runId, kind: 'billingReview', involved: [] },
    ...{ note: '', dueAt: new Date(), sandbox: true },
  });
  return { runId, contractId, contractPath: path, page: `/staff/billing/runs/${runId}` };
}

const decisionOn = (page: Awaited<ReturnType<typeof billing.browser.get>>) => ({
  csrf: billing.csrf,
  commandId: fieldValue(page, 'commandId'),
  taskId: fieldValue(page, 'taskId'),
  figures: fieldValue(page, 'figures'),
  verdict: 'agree',
  reason: '先月との違いを確かめた。',
});

test('the home page says when the next run is, what it will bring and what keeps it from being released', async () => {
  const page = await billing.browser.get('/staff/billing');
  expect(page.status).toBe(200);
  for (const text of ['次回', 'いまの内容での請求額', '登録番号が設定されていません'])
    expect(page.html).toContain(text);
  expect((await (await signedIn(web, 'support')).browser.get('/staff/billing')).status).toBe(403);
});

test('a run begun by hand needs a day, and is begun once', async () => {
  const begin = (runOn: string) =>
    billing.browser.post('/staff/billing', { csrf: billing.csrf, runOn, sandbox: 'yes' });
  const wrong = await begin('2026-13-40');
  expect(wrong.status).toBe(422);
  expect(wrong.html).toContain('正しい日付で入力してください');
  expect(wrong.html).toContain('2026-13-40');
  const ahead = await billing.browser.post('/staff/billing', { csrf: billing.csrf, runOn: '2040-01-10' });
  expect(ahead.html).toContain('先の日付は指定できません');
  const begun = await begin('2030-01-10');
  expect(begun.status).toBe(303);
  expect((await billing.browser.get(begun.location ?? '')).html).toContain('下書きを作成中');
  expect((await begin('2030-01-10')).html).toContain('すでに始まっています');
  expect((await begin('2030-02-10')).html).toContain('下書きを作成しています');
  const runId = begun.location?.split('/').at(-1) ?? '';
  await moveBillingRun(web.db, { runId, to: 'review', actor: 'system', businessAt: new Date() });
});

test('drafts come with what is conspicuous and why each line is billed; a person of billing decides, nobody else', async () => {
  const { page } = await draftedRun();
  const shown = await billing.browser.get(page);
  for (const text of [
    '請求の下書きの確認',
    '登録番号（T＋13桁）が設定されていません',
    '料金プラン',
    '以後の請求処理で請求します',
  ]) {
    expect(shown.html).toContain(text);
  }
  expect((await approver.browser.get(page)).html).toContain('あなたの役割では判断できません');
  const decision = decisionOn(shown);
  const outdated = await billing.browser.post(`${page}/decide`, { ...decision, figures: '9/9' });
  expect(outdated.status).toBe(409);
  expect(outdated.html).toContain('下書きが変わっています');
  const unsaid = await billing.browser.post(`${page}/decide`, { ...decision, reason: '' });
  expect(unsaid.status).toBe(422);
  const refused = await approver.browser.post(`${page}/decide`, { ...decision, csrf: approver.csrf });
  expect(refused.status).toBe(403);
  const taken = await billing.browser.post(`${page}/decide`, decision);
  expect(taken, taken.html).toMatchObject({ status: 303, location: page });
  expect((await billing.browser.post(`${page}/decide`, decision)).location).toBe(page);
});

test('an issued invoice is found by its number and month, and stands on its contract beside what comes next', async () => {
  const { db } = web;
  const { runId, contractId, contractPath } = await draftedRun();
  for (const to of ['approval', 'issuing'] as const) {
    const commandId = await givenCommand(db, { by: approver.id, workflowId: `billing-run/${runId}` });
    await moveBillingRun(db, { runId, to, actor: approver.id, commandId, businessAt: new Date() });
  }
  expect(await issuePapers(db, { runId, limit: 10, businessAt: new Date() })).toEqual({ issued: 1 });
  const [paper] = await db.select().from(papers).where(eq(papers.contractId, contractId));
  const number = paper?.number ?? '';
  const month = paper?.issuedOn.slice(0, 7) ?? '';
  const search = async (of: string) => {
    const fields = { csrf: billing.csrf, q: number, month: of };
    const { location } = await billing.browser.post('/staff/invoices/search', fields);
    expect(location).not.toContain(number);
    return (await billing.browser.get(location ?? '')).html;
  };
  expect(await search(month)).toContain(number);
  expect(await search('1999-01')).toContain('該当する請求書はありません');
  const contract = await billing.browser.get(contractPath);
  expect(contract.html).toContain(number);
  expect(contract.html).toContain('これからの請求');
});

test('the command line shows runs and their papers, what the next one brings, and what is wrong with usage', async () => {
  const { runId, contractId } = await draftedRun();
  const run = await findBillingRun(web.db, runId);
  const shown = await command('show', run?.runOn ?? '', '--sandbox');
  expect(shown).toContain('状態：確認待ち');
  expect(shown).toContain(`（下書き）\t${contractId}`);
  // The newest come first, some of them: other tests run in later years.
  const newest = await web.db.query.billingRuns.findFirst({ orderBy: (t, { desc }) => desc(t.runOn) });
  expect(await command('show')).toMatch(new RegExp(`^${newest?.runOn}(（随時）)?（テスト環境）\\t`));
  await expect(command('show', '1999-01-10')).rejects.toThrow('請求処理はありません');
  const { contractId: other } = await storedContract(web);
  expect(await command('preview', '--on', '2035-03-10', '--sandbox')).toContain(`${other}\t料金プラン`);

  const file = join(mkdtempSync(join(tmpdir(), 'hasso-usage-')), 'usage.jsonl');
  const at = new Date(Date.now() - 60_000).toISOString();
  const event = { id: randomUUID(), contract: contractId, at, category: 'sms', quantity: 2 };
  const line = JSON.stringify(event);
  writeFileSync(file, `${line}\n${line}\n${JSON.stringify({ ...event, quantity: 3 })}\n`);
  const taken = await command('usage', file);
  expect(taken).toContain('取り込み 1件、取り込み済み 1件、不可 1件');
  expect(taken).toContain('別の内容');
  process.exitCode = undefined;
  writeFileSync(file, `${line}\n{"id":"x"}\n`);
  await expect(command('usage', file)).rejects.toThrow('2行目');
});

/** Runs `hasso billing …`; what it refuses is thrown. */
async function command(...args: string[]): Promise<string> {
  let output = '';
  const collect = (text: unknown) => {
    output += `${String(text)}\n`;
  };
  for (const name of ['DATABASE_URL', 'PERSONAL_DATA_KEY']) vi.stubEnv(name, stackEnv()[name]);
  const spies = [vi.spyOn(console, 'log'), vi.spyOn(console, 'error')];
  for (const spy of spies) spy.mockImplementation(collect);
  const program = new Command('hasso');
  registerBilling(program);
  for (const each of program.commands.flatMap((one) => [one, ...one.commands])) {
    each.exitOverride().configureOutput({ writeErr: () => undefined });
  }
  try {
    await program.parseAsync(['billing', ...args], { from: 'user' });
  } finally {
    for (const spy of spies) spy.mockRestore();
    vi.unstubAllEnvs();
  }
  return output;
}

test('what is registered for the operator stands in the way of nothing', async () => {
  const { db } = web;
  const { contractId } = await storedContract(web);
  const opened = { runOn: civilDate('2050-03-10'), sandbox: true, startedBy: billing.id };
  const run = await db.transaction((tx) => openBillingRun(tx, opened));
  const day = { runOn: opened.runOn, policy: DEFAULT_BILLING_POLICY };
  const input = { runId: run?.id ?? '', contractIds: [contractId], ...day };
  expect(await draftContracts(db, { ...input, operator: OPERATOR })).toEqual([]);
  const [draft] = await db.select().from(papers).where(eq(papers.contractId, contractId));
  expect(draft?.findings).toEqual([]);
  await moveBillingRun(db, { runId: input.runId, to: 'review', actor: 'system', businessAt: new Date() });
});

test('the limit of liability is asked for by a day, with what it is taken from; a day that is none is told', async () => {
  const { path } = await storedContract(web);
  const ask = (query: string) => billing.browser.get(`${path}/liability${query}`);
  expect((await ask('')).html).not.toContain('責任の上限は');
  const answer = await ask('?incident=2099-05-01');
  expect(answer.status).toBe(200);
  expect(answer.html).toMatch(/責任の上限は[\d,]+円/);
  expect(answer.html).toContain('料金表（請求書なし）');
  const wrong = await ask('?incident=2099-02-30');
  expect([wrong.status, wrong.html.includes('事故の日を')]).toEqual([422, true]);
  const support = await signedIn(web, 'support');
  expect((await support.browser.get(`${path}/liability`)).status).toBe(403);
});
