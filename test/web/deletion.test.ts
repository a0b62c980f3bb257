import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ContractWeb, startContractWeb } from './contract-support.ts';

let web: ContractWeb;
beforeAll(async () => {
  web = await startContractWeb();
});
afterAll(() => web.close());

test('a hold is set with a reason by one person and confirmed by another; nothing typed is lost', async () => {
  const { path } = await web.concluded({ contractKind: 'monthly' });
  const [legal, approver] = [await web.signedIn('legal'), await web.signedIn('approver')];
  const page = await legal.browser.get(`${path}/deletion`);
  expect(page.status).toBe(200);
  expect(page.html).toContain('登録連絡先（contacts）');
  const set = (reason: string, commandId: string) =>
    legal.browser.post(`${path}/deletion/holds`, { csrf: legal.csrf, commandId, reason });
  const empty = await set('', randomUUID());
  expect(empty.status).toBe(422);
  expect(empty.title).toMatch(/^エラー：/);
  const commandId = randomUUID();
  for (const _ of [1, 2]) expect((await set('係争のため保全', commandId)).status).toBe(303);
  const shown = await legal.browser.get(`${path}/deletion`);
  expect(shown.html.match(/係争のため保全/g)).toHaveLength(1);
  expect(shown.html).toContain('別の担当者が確認します');
  const open = await approver.browser.get(`${path}/deletion`);
  const action = /action="([^"]*\/holds\/[^"]*\/decision)"/.exec(open.html)?.[1];
  const taskId = /name="taskId" value="([^"]+)"/.exec(open.html)?.[1] ?? '';
  const decide = (person: typeof legal) => {
    const fields = { csrf: person.csrf, commandId: randomUUID(), taskId, verdict: 'confirm' };
    return person.browser.post(action ?? '', fields);
  };
  expect((await decide(legal)).status).toBe(403);
  expect((await decide(approver)).status).toBe(303);
  expect((await legal.browser.get(path)).html).toContain('保留中');
});

test('who may neither see nor hold a deletion is told so', async () => {
  const { path } = await web.concluded({ contractKind: 'monthly' });
  const support = await web.signedIn('support');
  expect((await support.browser.get(`${path}/deletion`)).status).toBe(403);
  const operations = await web.signedIn('operations');
  const fields = { csrf: operations.csrf, commandId: randomUUID(), reason: '保全のため' };
  expect((await operations.browser.post(`${path}/deletion/holds`, fields)).status).toBe(403);
});
