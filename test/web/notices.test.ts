import { randomUUID } from 'node:crypto';
import { eq, inArray } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { recordBounce } from '../../db/queries/mail/bounce.ts';
import { optOutToken } from '../../db/queries/opt-out/token.ts';
import { contacts, contracts } from '../../db/schema/index.ts';
import { insertContractRows } from '../../dev/contract-rows.ts';
import { addDays, jstDate } from '../../domain/calendar/civil-date.ts';
import { noticeDriver } from '../support/notices.ts';
import { type ContractWeb, hiddenFields, type Person, startContractWeb } from './contract-support.ts';
import { Browser, CONFIG, fieldValue, type Page } from './support.ts';

let web: ContractWeb;
let author: Person;
let legal: Person;
let approver: Person;
let notices: ReturnType<typeof noticeDriver>;
beforeAll(async () => {
  web = await startContractWeb();
  author = await web.signedIn('operations');
  legal = await web.signedIn('legal');
  approver = await web.signedIn('approver');
  notices = noticeDriver(web.db, web.client);
});
afterAll(async () => web.close());

/** Contracts and their numbers, as staff type them. */
async function recipients(count: number): Promise<{ ids: string[]; numbers: string }> {
  const ids = await insertContractRows(web.db, count, { prefix: randomUUID().slice(0, 8).toUpperCase() });
  const rows = await web.db
    .select({ number: contracts.contractNumber })
    .from(contracts)
    .where(inArray(contracts.id, ids));
  return { ids, numbers: rows.map(({ number }) => number).join('\n') };
}

const TEXTS = {
  title: '料金プランのお知らせ',
  noticeClass: 'contractual',
  environment: 'sandbox',
  audience: 'contracts',
  byMail: 'yes',
  subjectLine: '{{料金プラン}}について',
  body: '{{会社名}}のご契約（{{契約番号}}）についてお知らせします。',
};

async function post(person: Person, fields: Record<string, string>): Promise<Page> {
  const form = await person.browser.get('/staff/notices/new');
  expect(form.status).toBe(200);
  return person.browser.post('/staff/notices/new', { ...hiddenFields(form), ...fields });
}

async function drafted(person: Person, fields: Record<string, string> = {}): Promise<string> {
  const { numbers } = await recipients(2);
  const saved = await post(person, { ...TEXTS, contractNumbers: numbers, ...fields });
  expect(saved.status, saved.html).toBe(303);
  return /\/staff\/notices\/([0-9a-f-]{36})/.exec(saved.location ?? '')?.[1] ?? '';
}

async function submitted(person: Person, noticeId: string): Promise<void> {
  const page = await person.browser.get(`/staff/notices/${noticeId}`);
  const path = `/staff/notices/${noticeId}/submit`;
  const fields = {
    csrf: person.csrf,
    commandId: fieldValue(page, 'commandId'),
    version: fieldValue(page, 'version'),
  };
  expect((await person.browser.post(path, fields)).status).toBe(303);
}

async function decided(person: Person, noticeId: string, kind: string, verdict = 'approve'): Promise<Page> {
  // Also for whoever sees no form: one made by hand names the open task all the same.
  const { id: taskId } = await notices.openTask(noticeId, kind);
  const reasonCode = verdict === 'approve' ? 'contentChecked' : 'mistakeFound';
  const form = {
    csrf: person.csrf,
    commandId: randomUUID(),
    verdict,
    reasonCode,
    reason: '文面と宛先を確認した。',
  };
  return person.browser.post(`/staff/notices/${noticeId}/decide`, { ...form, taskId });
}

test('a notice goes from its draft over two people to its recipients, and each page says where it is', async () => {
  const noticeId = await drafted(author, { postOnWeb: 'yes', postingText: 'お知らせを掲載します。' });
  const path = `/staff/notices/${noticeId}`;
  expect((await author.browser.get(path)).html).toContain('<b>2件</b>');
  const preview = await legal.browser.get(`${path}/preview`);
  expect(preview.html).toContain('【テスト】【Hasso】スタンダードについて');
  expect(preview.headers.get('content-security-policy')).toContain("frame-src 'self'");
  const frame = /src="([^"]+preview\/html[^"]+)"/.exec(preview.html)?.[1] ?? '';
  const mail = await legal.browser.get(frame.replaceAll('&amp;', '&'));
  expect(mail.html).toContain('のご契約（ROW-');
  expect(mail.headers.get('content-security-policy')).toContain('sandbox');

  await submitted(author, noticeId);
  await notices.openTask(noticeId, 'noticeReview');
  expect((await author.browser.get(path)).html).toContain('あなたが作成しました');
  expect((await decided(author, noticeId, 'noticeReview')).status).toBe(403);
  expect((await decided(approver, noticeId, 'noticeReview')).status).toBe(403);
  expect((await decided(legal, noticeId, 'noticeReview')).status).toBe(303);
  expect((await decided(legal, noticeId, 'noticeApproval')).status).toBe(403);
  expect((await decided(approver, noticeId, 'noticeApproval')).status).toBe(303);
  await notices.inStatus(noticeId, 'following');

  const page = await author.browser.get(path);
  expect(page.html).toContain('送信済（到達確認中）');
  expect(page.html).toContain('<progress max="100" value="100"');
  expect(page.html).toContain('二人目が承認し、宛先が確定しました');
  const list = await author.browser.get(`${path}/recipients?state=accepted`);
  expect(list.html.match(/badge badge-good">到達</g)?.length).toBeGreaterThanOrEqual(2);
  const progress = await author.browser.get(`${path}/progress`);
  expect(progress.headers.get('hx-refresh')).toBe('true');
  expect((await author.browser.get('/staff/notices?status=following')).html).toContain(path);
  const contractId = (await notices.recipients(noticeId))[0]?.contractId ?? '';
  expect((await author.browser.get(`/staff/contracts/${contractId}`)).html).toContain('スタンダードについて');
});

test('what is wrong with a draft is said field by field, unknown placeholders by name, and nothing typed is lost', async () => {
  const page = await post(author, {
    ...TEXTS,
    contractNumbers: 'ROW-NOWHERE',
    subjectLine: '{{会社}}のお客様',
    body: '{{会社名}',
    postOnWeb: 'yes',
    postingText: '{{会社名}}へのお知らせ',
  });
  expect(page.status).toBe(422);
  expect(page.title).toMatch(/^エラー：/);
  for (const message of [
    '「{{会社}}」という差込項目はありません。',
    '差込項目の括弧が閉じていません。',
    '「{{会社名}}」という差込項目はありません。',
    '契約中の契約に見つからない番号があります：ROW-NOWHERE',
  ]) {
    expect(page.html).toContain(message);
  }
  expect(page.html).toContain('value="{{会社}}のお客様"');
  const empty = await post(author, { ...TEXTS, byMail: '', body: '123456789018' });
  expect(empty.html).toContain('メールとWeb掲載のどちらか');
  expect(empty.html).toContain('個人番号（マイナンバー）');
  expect(empty.html).toContain('契約番号を一つ以上入力してください。');
});

test('the same form sent twice is one draft; an edit over somebody else’s is refused with 409', async () => {
  const { numbers } = await recipients(1);
  const form = await author.browser.get('/staff/notices/new');
  const fields = { ...hiddenFields(form), ...TEXTS, contractNumbers: numbers };
  const [first, second] = [
    await author.browser.post('/staff/notices/new', fields),
    await author.browser.post('/staff/notices/new', fields),
  ];
  expect(second.location).toBe(first.location);
  const path = (first.location ?? '').replace(/\?.*/, '');
  const edit = await author.browser.get(`${path}/edit`);
  const change = { ...hiddenFields(edit), ...TEXTS, contractNumbers: numbers };
  expect((await author.browser.post(`${path}/edit`, { ...change, title: '直した表題' })).status).toBe(303);
  expect((await author.browser.post(`${path}/edit`, { ...change, title: '遅れた変更' })).status).toBe(409);
  expect((await author.browser.get(path)).html).toContain('直した表題');
  const stale = { csrf: author.csrf, version: '1' };
  expect((await author.browser.post(`${path}/submit`, stale)).status).toBe(409);
});

test('a role that may not draft, steer or see notices is refused on the server', async () => {
  const noticeId = await drafted(author);
  const reviewer = await web.signedIn('reviewer');
  expect((await reviewer.browser.get(`/staff/notices/${noticeId}`)).status).toBe(403);
  expect((await approver.browser.get('/staff/notices/new')).status).toBe(403);
  const command = { csrf: approver.csrf, commandId: randomUUID() };
  expect((await approver.browser.post(`/staff/notices/${noticeId}/stop`, command)).status).toBe(403);
  const mine = { csrf: author.csrf, commandId: randomUUID() };
  expect((await author.browser.post(`/staff/notices/${noticeId}/stop`, mine)).status).toBe(409);
  expect((await author.browser.get(`/staff/notices/${randomUUID()}`)).status).toBe(404);
});

test('letters are recorded for chosen recipients, with a day that lies between the notice and today', async () => {
  const noticeId = await drafted(author);
  await submitted(author, noticeId);
  await decided(legal, noticeId, 'noticeReview');
  await decided(approver, noticeId, 'noticeApproval');
  await notices.inStatus(noticeId, 'following');
  const [mail] = await notices.mails(noticeId);
  const bounce = { messageId: mail?.messageId ?? '', status: '5.1.1', answer: 'no such user' };
  expect(await recordBounce(web.db, bounce, new Date())).toBe('recorded');
  const path = `/staff/notices/${noticeId}`;
  const list = await author.browser.get(`${path}/recipients?state=unreached`);
  expect(list.html).toContain('返送');
  const form = { csrf: author.csrf, commandId: randomUUID(), scope: 'selected' };
  const chosen = { [`contract.${mail?.subjectId}`]: 'yes' };
  const nobody = await author.browser.post(`${path}/letters`, { ...form, sentOn: jstDate(Date.now()) });
  expect(nobody.status).toBe(422);
  expect(nobody.html).toContain('郵送した宛先を一覧から選んでください。');
  const future = { ...form, ...chosen, sentOn: '2099-01-01' };
  expect((await author.browser.post(`${path}/letters`, future)).html).toContain('未来の日付は指定できません');
  const earlier = { ...form, ...chosen, sentOn: addDays(jstDate(Date.now()), -1) };
  expect((await author.browser.post(`${path}/letters`, earlier)).html).toContain('以後の日付');
  const today = { ...form, ...chosen, sentOn: jstDate(Date.now()) };
  const done = await author.browser.post(`${path}/letters`, today);
  expect(done.location).toBe(`${path}/recipients?letters=1`);
  expect((await author.browser.get(done.location ?? '')).html).toContain('1件の郵送を記録しました。');
  expect((await notices.recipients(noticeId)).map(({ state }) => state).toSorted()).toEqual([
    'accepted',
    'letter',
  ]);
});

test('a look at an opt-out link changes nothing; its button and one click from a mail program do (第14条)', async () => {
  const { ids } = await recipients(2);
  const rows = await web.db.select().from(contacts).where(inArray(contacts.contractId, ids));
  const [first, second] = rows;
  const path = (id: string | undefined) => `/opt-out/${optOutToken(CONFIG.SESSION_SECRET, id ?? '')}`;
  const howOf = async (id: string | undefined) =>
    (
      await web.db
        .select()
        .from(contacts)
        .where(eq(contacts.id, id ?? ''))
    )[0]?.optedOutHow ?? null;
  const browser = new Browser(web.app);
  const page = await browser.get(path(first?.id));
  expect(page.html).toContain('配信を停止する');
  expect(await howOf(first?.id)).toBeNull();
  expect((await browser.post(path(first?.id), {})).html).toContain('停止しました');
  expect(await howOf(first?.id)).toBe('link');
  // A mail program's server: no cookies, no origin.
  const oneClick = await web.app.request(`http://localhost:8080${path(second?.id)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'List-Unsubscribe=One-Click',
  });
  expect(oneClick.status).toBe(200);
  expect(await howOf(second?.id)).toBe('oneClick');
  for (const method of ['GET', 'POST']) {
    const forged = await web.app.request(`http://localhost:8080${path(first?.id).slice(0, -1)}`, { method });
    expect(forged.status).toBe(404);
  }
});

test('staff note an opt-out that a customer tells them, and take it back', async () => {
  const [contractId = ''] = (await recipients(1)).ids;
  const path = `/staff/contracts/${contractId}`;
  expect((await author.browser.get(path)).html).toContain('ご案内メールの配信停止を受け付ける');
  const send = (wish: string, person = author) =>
    person.browser.post(`${path}/opt-out`, { csrf: person.csrf, wish });
  expect((await send('out', legal)).status).toBe(403);
  expect((await send('out')).status).toBe(303);
  expect((await author.browser.get(path)).html).toContain('担当者が受付');
  expect((await send('in')).status).toBe(303);
  expect((await author.browser.get(path)).html).toContain('ご案内メールの配信停止を受け付ける');
});
