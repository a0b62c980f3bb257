import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findOpenTask } from '../../db/queries/task/find.ts';
import { openTask } from '../../db/queries/task/open.ts';
import { termsEditions } from '../../db/schema/index.ts';
import { jstDate } from '../../domain/calendar/civil-date.ts';
import { Browser, fieldValue, signedIn, startWeb, type WebTest } from './support.ts';

let web: WebTest;
let legal: Awaited<ReturnType<typeof signedIn>>;
let approver: Awaited<ReturnType<typeof signedIn>>;
beforeAll(async () => {
  web = await startWeb();
  legal = await signedIn(web, 'legal', 'approver');
  approver = await signedIn(web, 'approver');
});
afterAll(() => web.close());

const PATH = '/staff/terms/new';
/** The stack is shared, and so are the numbers: these are beyond what others use. */
let lastNumber = 5_000;
const HTML =
  '<html><body><h1>規約</h1><p>第1条（目的）</p><p>料金は月額2,000円です。</p><script>alert(1)</script></body></html>';

function upload(
  changes: Record<string, string> = {},
  file: File | null = new File([HTML], '規約.html'),
): FormData {
  const form = new FormData();
  lastNumber += 1;
  const fields = {
    csrf: legal.csrf,
    commandId: randomUUID(),
    number: String(lastNumber),
    title: 'Hasso 利用規約',
    effectiveOn: `21${String(lastNumber).slice(-2)}-04-01`,
    detrimental: 'yes',
    reason: '料金の見直しのため。',
    ...changes,
  };
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  if (file !== null) form.append('file', file);
  return form;
}

const today = () => jstDate(Date.now());

async function approvalTaskOf(subjectId: string): Promise<string> {
  return (await findOpenTask(web.db, { subjectId, kind: 'termsApproval' }))?.id ?? '';
}

test('an upload is a draft whose approval is asked for, once however often it is sent', async () => {
  const form = upload();
  const page = await legal.browser.post(PATH, form);
  expect(page.status).toBe(303);
  expect((await legal.browser.post(PATH, form)).location).toBe(page.location);
  const id = page.location?.split('/').at(-1) ?? '';
  expect(web.publications.started.filter((each) => each === id)).toHaveLength(1);
  const shown = await legal.browser.get(page.location ?? '');
  expect(shown.html).toContain('承認待ち');
  expect(shown.html).toContain('料金は月額2,000円です。');
  expect(shown.html).not.toContain('alert(1)');
  expect(shown.html).toContain('この利用規約の版はあなたが入力しました');
});

test.each([
  ['past', { effectiveOn: '2026-01-01' }, '民法548条の4第3項'],
  ['of today', { effectiveOn: String(today()) }, '適用開始日'],
  [
    'of today for a change that hurts nobody',
    { effectiveOn: String(today()), detrimental: 'no' },
    '第17条1項',
  ],
  ['no date', { effectiveOn: '2027-02-30' }, '正しい日付'],
])(
  'an effective date that is %s is refused in words, and nothing typed is lost',
  async (_, changes, words) => {
    const page = await legal.browser.post(PATH, upload(changes));
    expect(page.status).toBe(422);
    expect(page.title).toMatch(/^エラー：/);
    expect(page.html).toContain(words);
    expect(page.html).toContain('料金の見直しのため。');
    expect(page.html).toContain('規約.html');
    // The stored file comes along: no second choice is needed.
    const again = upload({ kept: fieldValue(page, 'kept'), commandId: fieldValue(page, 'commandId') }, null);
    expect((await legal.browser.post(PATH, again)).status).toBe(303);
  },
);

test('a file of another kind, a missing one and a number that is taken are refused', async () => {
  const picture = new File([Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])], 'x.pdf');
  expect((await legal.browser.post(PATH, upload({}, picture))).html).toContain('PDF、HTML、Markdown');
  expect((await legal.browser.post(PATH, upload({}, null))).html).toContain('規約のファイルを選択');
  expect((await legal.browser.post(PATH, upload({ number: '11' }))).html).toContain('より大きく');
});

test('only a second person of the role decides; the uploader and other roles cannot, also not by a form made by hand', async () => {
  const path = (await legal.browser.post(PATH, upload())).location ?? '';
  const id = path.split('/').at(-1) ?? '';
  const decision = {
    commandId: randomUUID(),
    taskId: await approvalTaskOf(id),
    verdict: 'approve',
    reasonCode: 'contentChecked',
    reason: '確認した',
  };
  const own = await legal.browser.post(`${path}/decision`, { ...decision, csrf: legal.csrf });
  expect(own.status).toBe(403);
  const support = await signedIn(web, 'operations');
  expect((await support.browser.post(`${path}/decision`, { ...decision, csrf: support.csrf })).status).toBe(
    403,
  );
  expect((await (await signedIn(web, 'billing')).browser.get(path)).status).toBe(403);
  const empty = await approver.browser.post(`${path}/decision`, {
    ...decision,
    reason: '',
    csrf: approver.csrf,
  });
  expect(empty.status).toBe(422);
  expect(web.publications.decided.some(({ subjectId }) => subjectId === id)).toBe(false);
  const decided = await approver.browser.post(`${path}/decision`, { ...decision, csrf: approver.csrf });
  expect(decided.status).toBe(303);
  expect(web.publications.decided).toContainEqual({
    subjectId: id,
    verdict: 'approve',
    commandId: decision.commandId,
  });
});

test('what was approved is withdrawn by the legal role or an approver, and by nobody else', async () => {
  const path = (await legal.browser.post(PATH, upload())).location ?? '';
  const id = path.split('/').at(-1) ?? '';
  await web.db.update(termsEditions).set({ status: 'approved' }).where(eq(termsEditions.id, id));
  const withdrawal = { verdict: 'reject', reasonCode: 'plansChanged', reason: '取り下げる', taskId: '' };
  const send = async ({ browser, csrf }: typeof legal) =>
    (await browser.post(`${path}/decision`, { ...withdrawal, csrf, commandId: randomUUID() })).status;
  expect(await send(await signedIn(web, 'operations'))).toBe(403);
  expect(web.publications.decided.some(({ subjectId }) => subjectId === id)).toBe(false);
  expect(await send(legal)).toBe(303);
});

test('the original is handed out as a download only, and no draft is public', async () => {
  const path = (await legal.browser.post(PATH, upload())).location ?? '';
  const original = await legal.browser.get(`${path}/original`);
  expect(original.headers.get('content-disposition')).toMatch(/^attachment/);
  expect(original.headers.get('content-type')).toBe('application/octet-stream');
  expect((await new Browser(web.app).get(`/terms/${lastNumber}`)).status).toBe(404);
});

test('the public page shows the edition in force to anybody; the form leads to it', async () => {
  const anybody = new Browser(web.app);
  const page = await anybody.get('/terms');
  expect(page.status).toBe(200);
  expect(page.html).toContain('現在の版');
  expect((await anybody.get('/apply')).html).toContain('href="/terms/');
  expect((await anybody.get('/terms/9999')).status).toBe(404);
});

test('the legal role closes the task about an edition that is void, and the page says what to do', async () => {
  const path = (await legal.browser.post(PATH, upload())).location ?? '';
  const id = path.split('/').at(-1) ?? '';
  await web.db.update(termsEditions).set({ status: 'void' }).where(eq(termsEditions.id, id));
  const task = { taskId: randomUUID(), kind: 'editionVoid' as const, subjectType: 'termsEdition' as const };
  const rest = { subjectId: id, involved: [], dueAt: new Date(), sandbox: false };
  await openTask(web.db, { ...task, ...rest });
  expect((await approver.browser.get(path)).html).not.toContain('確認した（担当タスクを終える）');
  const page = await legal.browser.get(path);
  expect(page.html).toContain('効力を持ちません');
  const done = { csrf: legal.csrf, commandId: fieldValue(page, 'commandId'), taskId: task.taskId };
  expect((await approver.browser.post(`${path}/acknowledge`, { ...done, csrf: approver.csrf })).status).toBe(
    403,
  );
  expect((await legal.browser.post(`${path}/acknowledge`, done)).status).toBe(303);
  expect((await legal.browser.post(`${path}/acknowledge`, done)).status).toBe(409);
});
