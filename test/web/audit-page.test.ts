import { afterAll, beforeAll, expect, test } from 'vitest';
import { recordAudit } from '../../db/queries/audit/record.ts';
import { BYTE_ORDER_MARK } from '../../domain/base/csv.ts';
import { inReview } from './cases.ts';
import { signedIn, startWeb, type WebTest } from './support.ts';

let web: WebTest;
beforeAll(async () => {
  web = await startWeb();
});
afterAll(() => web.close());

test('22: the log says who did what, before and after and why, and the file begins with the mark that spreadsheets expect', async () => {
  const { applicationId } = await inReview(web);
  const legal = await signedIn(web, 'legal');
  await web.db.transaction((tx) =>
    recordAudit(tx, {
      ...{ actor: legal.id, action: 'application.approval', reasonCode: 'noProblem' },
      ...{ subjectType: 'application', subjectId: applicationId },
      before: { status: 'review', round: 1 },
      after: { status: 'approval', round: 1 },
    }),
  );
  const query = `subject=${applicationId}`;
  const { html } = await legal.browser.get(`/staff/audit?${query}`);
  for (const words of [
    'legal 太郎',
    '承認待ちになりました',
    '状態：審査中 → 承認待ち',
    '記載・確認結果に問題なし',
  ]) {
    expect(html).toContain(words);
  }
  // What did not change is left out of its entry.
  const entry = html.split('<tr').find((row) => row.includes('審査中 → 承認待ち'));
  expect(entry).not.toContain('提出回：');
  expect(html).toContain('提出回：');
  expect((await legal.browser.get(`/staff/audit?${query}&kind=billing`)).html).toContain(
    '条件に合う記録はありません',
  );
  expect((await legal.browser.get('/staff/audit?from=2026-13-99')).status).toBe(422);

  const file = await legal.browser.get(`/staff/audit/entries.csv?${query}`);
  expect(file.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  const [first = ''] = file.html.split('\n');
  expect(first.replace(BYTE_ORDER_MARK, '')).toContain('番号,日時,担当者,操作');
  expect(file.html).toContain('状態：審査中,状態：承認待ち,');
  expect((await legal.browser.get(`/staff/audit?actor=${legal.id}`)).html).toContain(
    '操作の記録をCSVで保存しました',
  );
});

test('the log is for those who supervise', async () => {
  const { browser } = await signedIn(web, 'reviewer');
  expect((await browser.get('/staff/audit')).status).toBe(403);
  expect((await browser.get('/staff/audit/entries.csv')).status).toBe(403);
});

test('an error tells of itself inside the console, and outside of it to whoever is not signed in', async () => {
  const { browser } = await signedIn(web, 'reviewer');
  const inside = await browser.get('/staff/nowhere');
  expect(inside.status).toBe(404);
  expect(inside.html).toContain('aria-label="メイン"');
  browser.cookies.clear();
  expect((await browser.get('/nowhere')).html).not.toContain('aria-label="メイン"');
});
