import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findOpenTask } from '../../db/queries/task/find.ts';
import { addMonths, jstDate } from '../../domain/calendar/civil-date.ts';
import { fieldValue, signedIn, startWeb, type WebTest } from './support.ts';

let web: WebTest;
let billing: Awaited<ReturnType<typeof signedIn>>;
beforeAll(async () => {
  web = await startWeb();
  billing = await signedIn(web, 'billing', 'approver');
});
afterAll(() => web.close());

const PATH = '/staff/fee-changes/new';
/** The line of the plan スタンダード with another yearly fee. */
const withFee = (csv: string, fee: string) => csv.replace(/("standard",[^\r]*?,"2",)"\d+"/, `$1"${fee}"`);
const current = async () => (await billing.browser.get('/staff/fee-changes/current.csv')).html;

function entry(file: string | null, changes: Record<string, string> = {}): FormData {
  const form = new FormData();
  const fields = {
    csrf: billing.csrf,
    commandId: randomUUID(),
    effectiveOn: String(addMonths(jstDate(Date.now()), 120)),
    reason: '原価の上昇のため。',
    ...changes,
  };
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  if (file !== null) form.append('file', new File([file], '料金表.csv'));
  return form;
}

test('the price list that is downloaded, with one price changed, is a fee change with old and new side by side', async () => {
  const csv = withFee(await current(), '1234567');
  const form = entry(csv);
  const page = await billing.browser.post(PATH, form);
  expect(page.status).toBe(303);
  expect((await billing.browser.post(PATH, form)).location).toBe(page.location);
  const shown = await billing.browser.get(page.location ?? '');
  expect(shown.html).toContain('1,234,567円');
  expect(shown.html).toContain('row-current');
  expect(shown.html).toContain('告知の期限');
  expect(shown.html).toContain('この料金変更はあなたが入力しました');
  const id = page.location?.split('/').at(-1) ?? '';
  expect(web.publications.started).toContain(id);
  const decision = {
    commandId: randomUUID(),
    taskId: (await findOpenTask(web.db, { subjectId: id, kind: 'feeChangeApproval' }))?.id ?? '',
    verdict: 'approve',
    reasonCode: 'contentChecked',
    reason: '確認',
  };
  expect(
    (await billing.browser.post(`${page.location}/decision`, { ...decision, csrf: billing.csrf })).status,
  ).toBe(403);
  const approver = await signedIn(web, 'approver');
  expect(
    (await approver.browser.post(`${page.location}/decision`, { ...decision, csrf: approver.csrf })).status,
  ).toBe(303);
});

test.each([
  ['no price list', () => 'a,b\n1,2\n', '列「種別」'],
  [
    'a list without a plan that customers have',
    (csv: string) =>
      csv
        .split('\r\n')
        .filter((line) => !line.includes('"lite"'))
        .join('\r\n'),
    'lite',
  ],
  ['a negative price', (csv: string) => withFee(csv, '-1'), '正しくありません'],
  ['a list without any change', (csv: string) => csv, '変更がありません'],
  ['a code twice', (csv: string) => csv.replace('"lite"', '"standard"'), '二度'],
])('%s is refused in words', async (_, file, words) => {
  const page = await billing.browser.post(PATH, entry(file(await current())));
  expect(page.status).toBe(422);
  expect(page.html).toContain(words);
});

test('a date of today is refused, and neither words nor file are lost', async () => {
  const page = await billing.browser.post(
    PATH,
    entry(withFee(await current(), '2345678'), { effectiveOn: String(jstDate(Date.now())) }),
  );
  expect(page.status).toBe(422);
  expect(page.html).toContain('第6条4項');
  expect(page.html).toContain('原価の上昇のため。');
  const again = entry(null, { kept: fieldValue(page, 'kept') });
  expect((await billing.browser.post(PATH, again)).status).toBe(303);
});

test('other roles neither enter nor see fee changes', async () => {
  const reviewer = await signedIn(web, 'reviewer');
  expect((await reviewer.browser.get('/staff/fee-changes')).status).toBe(403);
  const operations = await signedIn(web, 'operations');
  expect((await operations.browser.get('/staff/fee-changes')).status).toBe(200);
  expect((await operations.browser.get(PATH)).status).toBe(403);
});
