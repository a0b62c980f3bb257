import { randomUUID } from 'node:crypto';
import { parse } from 'node-html-parser';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeTask } from '../../db/queries/task/close.ts';
import { inReview, move } from './cases.ts';
import { type Page, signedIn, startWeb, type WebTest } from './support.ts';

let web: WebTest;
beforeAll(async () => {
  web = await startWeb();
});
afterAll(() => web.close());

/** The rows of what was sent beside what stands: label, mine, now, whether they differ. */
const rowsOf = (page: Page): string[][] =>
  parse(page.html)
    .querySelectorAll('main table tbody tr')
    .map((row) => row.querySelectorAll('td').map((cell) => cell.textContent.trim()));

test('15: a decision that came too late shows what differs from the one that stands, and its words', async () => {
  const found = await inReview(web);
  const [first, second] = [await signedIn(web, 'reviewer'), await signedIn(web, 'reviewer')];
  const words = (person: { csrf: string }, changes: Record<string, string>) => ({
    ...{ csrf: person.csrf, commandId: randomUUID(), taskId: found.taskId, ...changes },
  });
  const stands = { verdict: 'recommendAccept', reasonCode: 'noProblem', reason: '登記と一致しています。' };
  await first.browser.post(`${found.path}/review`, words(first, stands));
  await closeTask(web.db, found.taskId, 'done');
  await move(web, found.applicationId, 'review', 'approval');

  const mine = {
    verdict: 'recommendRefuse',
    reasonCode: 'unsuitable',
    reason: '電話番号が、\r\n使われていません。',
  };
  const late = await second.browser.post(`${found.path}/review`, words(second, mine));
  expect(late.status).toBe(409);
  expect(rowsOf(late)).toEqual([
    ['判断した段階', '審査', '審査', '同じ'],
    ['判断', '不承諾を推薦する', '承諾を推薦する', '違う'],
    ['理由の区分', 'その他不適当（第4条4項④）', '記載・確認結果に問題なし', '違う'],
    ['理由', '電話番号が、\n使われていません。', '登記と一致しています。', '違う'],
  ]);
  expect(parse(late.html).querySelector('textarea[name=reason]')?.textContent).toContain(
    '使われていません。',
  );
});

test('15: a change of the contact that another person entered before shows theirs beside mine, and keeps my words', async () => {
  const found = await inReview(web);
  const [first, second] = [await signedIn(web, 'operations'), await signedIn(web, 'operations')];
  const typed = {
    name: '﨑本 次郎',
    kana: 'サキモト ジロウ',
    email: 'jiro@customer.example',
    phone: '03-9876-5432',
  };
  const post = (person: typeof first, changes: Record<string, string>) =>
    person.browser.post(`${found.path}/contact`, {
      ...{ csrf: person.csrf, commandId: randomUUID(), ...typed, reason: '電話で申し出。', ...changes },
    });
  expect((await post(first, {})).status).toBe(303);
  const late = await post(second, {
    email: 'saburo@customer.example',
    reason: '担当者の交代。\n名刺のとおり。',
  });
  expect(late.status).toBe(409);
  expect(rowsOf(late).filter(([, , , differs]) => differs === '違う')).toEqual([
    ['メールアドレス', 'saburo@customer.example', 'jiro@customer.example', '違う'],
  ]);
  expect(late.html).toContain('名刺のとおり。');
  expect(late.html).toContain('記録されていません');
});

test('15: a policy that another person set meanwhile shows both values and both reasons', async () => {
  const admin = await signedIn(web, 'admin');
  const key = 'dataRequest.remindDays';
  const { html } = await admin.browser.get('/staff/policies');
  const form = html.slice(html.indexOf(`name="key" value="${key}"`));
  const version = /name="version" value="(\d+)"/.exec(form)?.[1] ?? '';
  const set = (value: string, reason: string) =>
    admin.browser.post('/staff/policies', {
      ...{ csrf: admin.csrf, commandId: randomUUID(), key, version, value, reason },
    });
  // The value that holds already, so that nothing changes for others.
  expect((await set('5', '先に変更')).status).toBe(303);
  const late = await set('4', 'あとから変更した理由');
  expect(late.status).toBe(409);
  const rows = rowsOf(late);
  expect(rows.map(([, , , differs]) => differs)).toEqual(['違う', '違う']);
  expect(rows.at(-1)).toEqual(['変更の理由', 'あとから変更した理由', '先に変更', '違う']);
});
