import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { closeTask } from '../../db/queries/task/close.ts';
import { decisionDrafts } from '../../db/schema/index.ts';
import { type Case, inReview } from './cases.ts';
import { signedIn, startWeb, type WebTest } from './support.ts';

let web: WebTest;
let reviewer: Awaited<ReturnType<typeof signedIn>>;
beforeAll(async () => {
  web = await startWeb();
  reviewer = await signedIn(web, 'reviewer');
});
afterAll(() => web.close());
beforeEach(() => {
  web.gateway.answerWith(async () => ({ ok: true }));
});

const WORDS = '登記の商号と、\n申込の名称が違います。';
const typed = ({ taskId }: Case, changes: Record<string, string> = {}) => ({
  ...{ csrf: reviewer.csrf, commandId: randomUUID(), taskId, draftForm: 'review' },
  ...{ verdict: 'recommendRefuse', reasonCode: '', reason: WORDS, ...changes },
});
const save = (found: Case, changes: Record<string, string> = {}, by = reviewer) =>
  by.browser.post('/staff/drafts', { ...typed(found, changes), csrf: by.csrf });
const rowsOf = ({ taskId }: Case) =>
  web.db.select().from(decisionDrafts).where(eq(decisionDrafts.taskId, taskId));

test('what was typed is there again, for whoever typed it and nobody else, and nothing is decided', async () => {
  const found = await inReview(web);
  expect((await save(found)).location).toBe(`${found.path}#decide`);
  const page = await reviewer.browser.get(found.path);
  expect(page.html).toContain('申込の名称が違います。');
  expect(page.html).toContain('保存した下書きを表示しています');
  expect(page.html).toMatch(/value="recommendRefuse" checked/);
  const other = await signedIn(web, 'reviewer');
  expect((await other.browser.get(found.path)).html).not.toContain('申込の名称が違います。');
  expect(web.gateway.sent).toEqual([]);
});

test('the last one saved is the one that is kept, encrypted', async () => {
  const found = await inReview(web);
  await save(found, { reason: 'はじめの文' });
  await save(found, { reason: 'あとの文' });
  const html = (await reviewer.browser.get(found.path)).html;
  expect(html).toContain('あとの文');
  expect(html).not.toContain('はじめの文');
  const [row] = await web.db.execute(
    sql`select "values" like '%あとの文%' as told from decision_drafts where task_id = ${found.taskId}`,
  );
  expect(row).toEqual({ told: false });
});

test('the decision takes the drafts of its task with it', async () => {
  const found = await inReview(web);
  await save(found);
  const fields = typed(found, { reasonCode: 'antisocial' });
  const decided = await reviewer.browser.post(`${found.path}/review`, fields);
  expect(decided.location).toBe(found.path);
  expect(await rowsOf(found)).toEqual([]);
});

test('nothing is kept for those who may not decide, of tasks that are over, of My Numbers, or without the session’s token', async () => {
  const found = await inReview(web);
  expect((await save(found, {}, await signedIn(web, 'billing'))).status).toBe(403);
  expect((await save(found, {}, await signedIn(web, 'auditor'))).status).toBe(403);
  expect((await save(found, { reason: '番号は 123456789018 です' })).status).toBe(422);
  expect((await save(found, { reason: '長'.repeat(20_001) })).status).toBe(422);
  expect((await reviewer.browser.post('/staff/drafts', { ...typed(found), csrf: 'x' })).status).toBe(403);
  expect((await save({ ...found, taskId: 'none' })).status).toBe(409);
  await closeTask(web.db, found.taskId, 'done');
  expect((await save(found)).status).toBe(409);
  expect(await rowsOf(found)).toEqual([]);
});

test('the page says until when the session lasts, and a page that asks is told for how long', async () => {
  const page = await reviewer.browser.get('/staff');
  expect(page.html).toMatch(/操作がないときは、\d\d:\d\dに自動的にサインアウトします。/);
  expect(page.html).toMatch(/data-seconds="1[78]\d\d"/);
  const told = await reviewer.browser.get('/staff/account/stay');
  expect(JSON.parse(told.html)).toEqual({ seconds: 1800 });
});
