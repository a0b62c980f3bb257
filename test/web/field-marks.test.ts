import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { fieldMarksOf, markField, noteReplaced } from '../../db/queries/application/field-marks.ts';
import { inApproval, inReview } from './cases.ts';
import { signedIn, startWeb, type WebTest } from './support.ts';

let web: WebTest;
let reviewer: Awaited<ReturnType<typeof signedIn>>;
let approver: Awaited<ReturnType<typeof signedIn>>;
beforeAll(async () => {
  web = await startWeb();
  reviewer = await signedIn(web, 'reviewer');
  approver = await signedIn(web, 'approver');
});
afterAll(() => web.close());
beforeEach(() => {
  web.gateway.sent.length = 0;
  web.gateway.answerWith(async () => ({ ok: true }));
});

const marking = (field: string, mark: string, note = '', round = '1') => ({
  ...{ csrf: reviewer.csrf, round, field, mark, note },
});

test('a field is checked, differs with words, or is not looked at; what was marked is there on reload with who did it', async () => {
  const { applicationId, path } = await inReview(web);
  const { browser } = reviewer;
  expect((await browser.get(path)).html).toContain('確認済 0・相違 0・未確認 22');
  const posted = await browser.post(`${path}/marks`, marking('companyName', 'checked'));
  expect(posted.location).toBe(`${path}#mark-companyName`);
  await browser.post(`${path}/marks`, marking('address', 'differs', '番地がありません。'));
  const page = await browser.get(path);
  expect(page.html).toContain('確認済 1・相違 1・未確認 20');
  expect(page.html).toContain('番地がありません。');
  expect(page.html).toMatch(/<b>確認済<\/b>/);
  await browser.post(`${path}/marks`, marking('companyName', 'none'));
  expect(await fieldMarksOf(web.db, applicationId, 1)).toMatchObject([
    { field: 'address', mark: 'differs', note: '番地がありません。', markedBy: reviewer.id },
    { field: 'companyName', mark: null },
  ]);
});

test('words that are missing, too long or with a My Number are refused at the field, and what was typed stays', async () => {
  const { applicationId, path } = await inReview(web);
  for (const [note, words] of [
    ['', '申込者に伝える内容を入力してください'],
    ['あ'.repeat(301), '300文字以内'],
    ['番号は 1234 5678 9018 です', '個人番号'],
  ] as const) {
    const page = await reviewer.browser.post(`${path}/marks`, marking('address', 'differs', note));
    expect(page.status).toBe(422);
    expect(page.html).toContain(words);
    expect(page.html).toContain('id="note-address-error"');
    if (note !== '') expect(page.html).toContain(note);
  }
  expect(await fieldMarksOf(web.db, applicationId)).toEqual([]);
});

test('no acceptance is recommended over a field that differs; the mail of a return says what differs', async () => {
  const { applicationId, taskId, path } = await inReview(web);
  const now = new Date();
  const said = { mark: 'differs' as const, note: '番地がありません。', staffId: reviewer.id, now };
  await markField(web.db, { applicationId, round: 1, field: 'address' }, said);
  const decision = (verdict: string, reasonCode: string) => ({
    ...{ csrf: reviewer.csrf, commandId: randomUUID(), taskId, verdict, reasonCode },
    reason: '登記と異なります。',
  });
  const accepted = await reviewer.browser.post(`${path}/review`, decision('recommendAccept', 'noProblem'));
  expect(accepted.status).toBe(422);
  expect(accepted.html).toContain('「本店所在地」に「相違」の印があります');
  const look = { ...decision('return', 'mistakenEntry'), step: 'mail' };
  const mail = await reviewer.browser.post(`${path}/review`, look);
  expect(mail.html).toContain('本店所在地：番地がありません。');
  expect(web.gateway.sent).toEqual([]);
});

test('what was corrected stands beside the field, and what was asked for and left', async () => {
  const { applicationId, path } = await inReview(web);
  const asked = {
    mark: 'differs' as const,
    note: '番地がありません。',
    staffId: reviewer.id,
    now: new Date(),
  };
  await markField(web.db, { applicationId, round: 0, field: 'address' }, asked);
  await markField(web.db, { applicationId, round: 0, field: 'usePlace' }, asked);
  await web.db.transaction((tx) =>
    noteReplaced(tx, { applicationId, round: 0 }, [{ field: 'address', text: '東京都港区' }]),
  );
  const { html } = await reviewer.browser.get(path);
  expect(html).toContain('修正前：<del class="lines">東京都港区</del>');
  expect(html.match(/（申込者は変更していません）/g)).toHaveLength(1);
});

test('only whoever reviews marks, and only in the round that is shown; whoever approves sees the counts', async () => {
  const found = await inApproval(web, reviewer.id);
  const { browser, csrf } = approver;
  expect((await browser.get(found.path)).html).toContain('確認済 0・相違 0・未確認 22');
  const refused = await browser.post(`${found.path}/marks`, { ...marking('address', 'checked'), csrf });
  expect(refused.status).toBe(403);
  const { path } = await inReview(web);
  const late = await reviewer.browser.post(`${path}/marks`, marking('address', 'checked', '', '2'));
  expect(late.status).toBe(409);
  expect((await reviewer.browser.post(`${path}/marks`, marking('id', 'checked'))).status).toBe(400);
});
