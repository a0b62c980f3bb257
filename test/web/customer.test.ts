import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { registeredCustomer } from '../../db/queries/customer/correct.ts';
import { contracts } from '../../db/schema/index.ts';
import { pdfOf } from '../support/pdf.ts';
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
  companyName: '株式会社髙﨑\u200bボイス',
  companyKana: 'ﾀｶｻｷﾎﾞｲｽ',
  postalCode: '１０００００５',
  address: '東京都千代田区丸の内1丁目9番1号',
  phone: '03-1234-5678（代表）',
  reason: 'unprintable',
};
const proof = async () => new File([await pdfOf(`登記 ${randomUUID()}`)], '登記事項証明書.pdf');

async function post(path: string, changes: Record<string, string | File | undefined> = {}) {
  const page = await operations.browser.get(path);
  const fields = {
    ...{ csrf: operations.csrf, commandId: fieldValue(page, 'commandId') },
    ...TYPED,
    evidence: await proof(),
    ...changes,
  };
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) form.append(name, value);
  return operations.browser.post(path, form);
}
const customerOf = async (contractId: string) => (await registeredCustomer(web.db, contractId))?.entry;
const filesOf = (applicationId: string) =>
  web.db.query.applicationDocuments.findMany({
    where: (t, { eq: is }) => is(t.applicationId, applicationId),
  });

test('a correction registers what people see of the name, keeps the evidence and screens the customer again, once', async () => {
  const { contractId, applicationId, path } = await storedContract(web);
  const commandId = randomUUID();
  expect(await post(`${path}/customer`, { commandId })).toMatchObject({ status: 303 });
  expect(await post(`${path}/customer`, { commandId })).toMatchObject({ status: 303 });
  expect(await customerOf(contractId)).toEqual({
    companyName: '株式会社髙﨑ボイス',
    companyKana: 'タカサキボイス',
    postalCode: '100-0005',
    address: '東京都千代田区丸の内1丁目9番1号',
    phone: '03-1234-5678',
  });
  expect((await filesOf(applicationId)).map(({ fileName }) => fileName)).toEqual(['登記事項証明書.pdf']);
  expect(web.screening.rescreened).toContain(contractId);
  const found = await operations.browser.get(`/staff/contracts?text=${encodeURIComponent('髙﨑ボイス')}`);
  expect(found.html).toContain(contractId);
  const audit = await web.db.query.auditEntries.findMany({
    where: (t, { and, eq: is }) => and(is(t.subjectId, contractId), is(t.action, 'customer.corrected')),
  });
  expect(audit).toHaveLength(1);
  expect(JSON.stringify(audit)).not.toContain('髙﨑');
});

test.each([
  ['companyName', '株式会社\ue005空', 'U+E005'],
  ['companyName', '', '会社名（登記上の商号）を入力してください'],
  ['companyKana', '空', 'カタカナで入力してください'],
  ['phone', '03-1234-56789', '10桁'],
  ['reason', '', '変更の理由を選択してください'],
])('%s "%s" is refused beside its field, and typed text and file stay', async (field, text, words) => {
  const { contractId, path } = await storedContract(web);
  const before = await customerOf(contractId);
  const page = await post(`${path}/customer`, { [field]: text });
  expect(page.status).toBe(422);
  expect(page.html).toContain(words);
  expect(page.html).toContain('選択済みのファイル');
  expect(await customerOf(contractId)).toEqual(before);
  const kept = { kept: fieldValue(page, 'kept'), evidence: undefined };
  expect(await post(`${path}/customer`, kept)).toMatchObject({ status: 303 });
});

test('without evidence, without a change, and of an ended contract nothing is registered', async () => {
  const { contractId, path } = await storedContract(web);
  const before = await customerOf(contractId);
  const bare = await post(`${path}/customer`, { evidence: undefined });
  expect(bare.html).toContain('確認した書類を選択してください');
  const same = await post(`${path}/customer`, { ...before });
  expect(same.html).toContain('登録内容と同じです');
  const open = await operations.browser.get(`${path}/customer`);
  await web.db.update(contracts).set({ status: 'ended' }).where(eq(contracts.id, contractId));
  const late = { commandId: fieldValue(open, 'commandId') };
  expect(await post(`${path}/customer`, late).catch(() => null)).not.toMatchObject({ status: 303 });
  expect(await customerOf(contractId)).toEqual(before);
});

test('only operations correct, only with a contract’s right', async () => {
  const { path } = await storedContract(web);
  const approver = await signedIn(web, 'approver');
  expect(await approver.browser.get(`${path}/customer`)).toMatchObject({ status: 200 });
  const form = { ...TYPED, csrf: approver.csrf, commandId: randomUUID() };
  expect(await approver.browser.post(`${path}/customer`, form)).toMatchObject({ status: 403 });
  const billing = await signedIn(web, 'billing');
  expect(await billing.browser.get(`${path}/customer`)).toMatchObject({ status: 403 });
});
