import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contracts } from '../../db/schema/index.ts';
import { storedContract } from '../support/stored-contract.ts';
import { fieldValue, signedIn, startWeb, type WebTest } from './support.ts';

let web: WebTest;
let operations: Awaited<ReturnType<typeof signedIn>>;
beforeAll(async () => {
  web = await startWeb();
  operations = await signedIn(web, 'operations');
});
afterAll(() => web.close());

const TYPED = {
  representativeName: '髙橋 花子',
  representativeKana: 'ﾀｶﾊｼ ﾊﾅｺ',
  officersText: '邉見 一郎、ヘンミイチロウ、取締役、1970年4月1日\n佐藤 次郎',
  reason: '12月1日、登記事項証明書とともに総務部から届出。',
};

async function post(path: string, changes: Record<string, string> = {}) {
  const form = await operations.browser.get(path);
  const hidden = { csrf: operations.csrf, commandId: fieldValue(form, 'commandId') };
  return operations.browser.post(path, { ...hidden, ...TYPED, ...changes });
}
const changesOf = (contractId: string) =>
  web.db.query.officerChanges.findMany({ where: (t, { eq: is }) => is(t.contractId, contractId) });

test('a change shows the new people, keeps the form of before for the application, and screens the contract again', async () => {
  const { contractId, applicationId, path } = await storedContract(web);
  const before = await operations.browser.get(`${path}/officers`);
  expect(before.html).toContain('申込のときのままです');
  const commandId = randomUUID();
  expect(await post(`${path}/officers`, { commandId })).toMatchObject({ status: 303 });
  expect(await post(`${path}/officers`, { commandId })).toMatchObject({ status: 303 });
  expect(await changesOf(contractId)).toHaveLength(1);
  expect(web.screening.rescreened.filter((id) => id === contractId)).toHaveLength(2);

  const after = await operations.browser.get(`${path}/officers`);
  for (const word of ['髙橋 花子', 'タカハシ ハナコ', '邉見 一郎', '取締役', '1970-04-01', TYPED.reason]) {
    expect(after.html).toContain(word);
  }
  const named = await web.db.query.officers.findMany({
    where: (t, { and, eq: is, isNull }) => and(is(t.applicationId, applicationId), isNull(t.changeId)),
  });
  expect(named.length).toBeGreaterThan(0);
  expect(await post(`${path}/officers`, { officersText: '' })).toMatchObject({ status: 303 });
  const last = await operations.browser.get(`${path}/officers`);
  expect(last.html).not.toContain('邉見 一郎');
});

test.each([
  ['representativeName', '', '代表者氏名を入力してください'],
  ['representativeKana', '高橋', 'カタカナで入力してください'],
  ['officersText', '鈴木 三郎、1234 5678 9018', '個人番号'],
  ['reason', '', '入力してください'],
])('%s "%s" is refused beside its field and nothing typed is lost', async (field, text, words) => {
  const { contractId, path } = await storedContract(web);
  const page = await post(`${path}/officers`, { [field]: text });
  expect(page.status).toBe(422);
  expect(page.html).toContain(words);
  const others = Object.entries(TYPED).filter(([name]) => name !== field && name !== 'officersText');
  for (const [, value] of others) expect(page.html).toContain(value);
  expect(await changesOf(contractId)).toEqual([]);
  expect(web.screening.rescreened).not.toContain(contractId);
});

test('only operations change officers, and only of a live contract', async () => {
  const { contractId, path } = await storedContract(web);
  const approver = await signedIn(web, 'approver');
  const form = { ...TYPED, csrf: approver.csrf, commandId: randomUUID() };
  expect(await approver.browser.get(`${path}/officers`)).toMatchObject({ status: 200 });
  expect(await approver.browser.post(`${path}/officers`, form)).toMatchObject({ status: 403 });
  const billing = await signedIn(web, 'billing');
  expect(await billing.browser.get(`${path}/officers`)).toMatchObject({ status: 403 });
  const open = await operations.browser.get(`${path}/officers`);
  await web.db.update(contracts).set({ status: 'ended' }).where(eq(contracts.id, contractId));
  const late = { ...TYPED, csrf: operations.csrf, commandId: fieldValue(open, 'commandId') };
  expect(await operations.browser.post(`${path}/officers`, late)).toMatchObject({ status: 409 });
  expect((await operations.browser.get(`${path}/officers`)).html).not.toContain('変更を登録して');
  expect(await changesOf(contractId)).toEqual([]);
});
