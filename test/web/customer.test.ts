import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../support/people.ts';
import { type ContractWeb, hiddenFields, type Person, startContractWeb } from './contract-support.ts';

let web: ContractWeb;
let operations: Person;
let approver: Person;
beforeAll(async () => {
  web = await startContractWeb();
  operations = await web.signedIn('operations');
  approver = await web.signedIn('approver');
});
afterAll(async () => web.close());

const PDF =
  '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF';

async function enter(path: string, changes: Record<string, string>, evidence: string | null = PDF) {
  const form = await operations.browser.get(`${path}/customer`);
  const typed = [...form.html.matchAll(/<input[^>]*id="(\w+)"[^>]*name="\w+"[^>]*value="([^"]*)"/g)];
  const values = Object.fromEntries(typed.map(([, name = '', value = '']) => [name, value]));
  const body = new FormData();
  for (const [name, value] of Object.entries({ ...values, ...hiddenFields(form), ...changes }))
    body.set(name, value);
  if (evidence !== null) body.set('evidence', new File([evidence], '登記事項証明書.pdf'));
  return operations.browser.post(`${path}/customer`, body);
}

const REASON = '12月1日、総務部から登記事項証明書とともに届出。';

test('a change needs evidence and a reason, and shows what was typed again', async () => {
  const { path, contractId } = await web.concluded();
  const page = await enter(path, { companyName: '株式会社新青葉', reason: '' }, null);
  expect(page.status).toBe(422);
  for (const field of ['evidence', 'reason']) expect(page.html).toContain(`href="#${field}"`);
  expect(page.html).toContain('株式会社新青葉');
  const bad = await enter(path, { address: '1-1 Market Street', reason: REASON });
  expect(bad.status).toBe(422);
  expect(bad.html).toContain('都道府県から入力');
  expect(bad.html).toContain('添付済み：登記事項証明書.pdf');
  const same = await enter(path, { reason: REASON });
  expect(same.html).toContain('登録されている内容と同じです');
  const rows = await web.db.query.customerChanges.findMany({
    where: (t, { eq }) => eq(t.contractId, contractId),
  });
  expect(rows).toEqual([]);
});

test('another person sees before, after and evidence side by side, and the contract certifies the new name', async () => {
  const { path, contractId, driver } = await web.concluded();
  expect(await enter(path, { companyName: '株式会社新青葉', reason: REASON })).toMatchObject({ status: 303 });
  const own = await operations.browser.get(`${path}/customer`);
  expect(own.html).toContain('あなたが入力しました');
  const waiting = await eventually('the second person is asked', async () => {
    const page = await approver.browser.get(`${path}/customer`);
    return page.html.includes('name="taskId"') ? page : null;
  });
  for (const words of ['株式会社青葉テスト商会', '株式会社新青葉', REASON, '届出の証拠を開く']) {
    expect(waiting.html).toContain(words);
  }
  const [change] = await web.db.query.customerChanges.findMany({
    where: (t, { eq }) => eq(t.contractId, contractId),
  });
  const evidence = await approver.browser.get(`${path}/customer/${change?.id}/evidence`);
  expect(evidence.status).toBe(200);
  const decision = `${path}/customer/${change?.id}/decision`;
  const forged = await operations.browser.post(decision, {
    ...hiddenFields(waiting),
    csrf: operations.csrf,
    verdict: 'confirm',
  });
  expect(forged.status).toBe(403);
  const sent = await approver.browser.post(decision, { ...hiddenFields(waiting), verdict: 'confirm' });
  expect(sent.status).toBe(303);
  await driver.mailed('certificateIssued', 2);
  const shown = await operations.browser.get(path);
  expect(shown.html).toContain('株式会社新青葉');
  const history = await approver.browser.get(`${path}/customer`);
  expect(history.html).toContain('登録済');
});

test.each([
  ['companyName', '株式会社\ue005空', 'U+E005'],
  ['companyName', '', '会社名（登記上の商号）を入力してください'],
  ['companyKana', '空', 'カタカナで入力してください'],
  ['phone', '03-1234-56789', '10桁'],
])('%s "%s" is refused beside its field, and typed text and file stay', async (field, text, words) => {
  const { path, contractId } = await web.concluded();
  const page = await enter(path, { [field]: text, reason: REASON });
  expect(page.status).toBe(422);
  expect(page.html).toContain(words);
  expect(page.html).toContain('添付済み：登記事項証明書.pdf');
  const rows = await web.db.query.customerChanges.findMany({
    where: (t, { eq }) => eq(t.contractId, contractId),
  });
  expect(rows).toEqual([]);
});

test('what people see of a name is registered, not how it was typed; only operations enter', async () => {
  const { path, contractId } = await web.concluded();
  const typed = {
    companyName: '株式会社髙﨑\u200bボイス',
    companyKana: 'ﾀｶｻｷﾎﾞｲｽ',
    postalCode: '１０００００５',
    phone: '03-1234-5678（代表）',
    reason: REASON,
  };
  expect(await enter(path, typed)).toMatchObject({ status: 303 });
  const [change] = await web.db.query.customerChanges.findMany({
    where: (t, { eq }) => eq(t.contractId, contractId),
  });
  expect(change?.after).toMatchObject({
    companyName: '株式会社髙﨑ボイス',
    companyKana: 'タカサキボイス',
    postalCode: '100-0005',
    phone: '03-1234-5678',
  });
  const forged = { ...typed, csrf: approver.csrf, commandId: crypto.randomUUID() };
  expect(await approver.browser.post(`${path}/customer`, forged)).toMatchObject({ status: 403 });
});
