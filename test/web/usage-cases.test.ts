import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LiveWatch } from '../../activities/telephony/live-watch.ts';
import { numberHashOf } from '../../db/personal/number-hash.ts';
import { settleProposal } from '../../db/queries/proposal/settle.ts';
import { watchGroup } from '../../db/queries/watch/group.ts';
import { watchTerms } from '../../db/queries/watch/terms.ts';
import { settleLeftovers } from '../support/leftovers.ts';
import { signedContract } from '../support/telephony-account.ts';
import { postForm } from '../support/twilio-webhook.ts';
import { CONFIG, fieldValue, signedIn, startWeb, type WebTest } from './support.ts';

const PATH = '/staff/usage-cases';

let web: WebTest;
let legal: Awaited<ReturnType<typeof signedIn>>;
const hash = numberHashOf(CONFIG.PERSONAL_DATA_KEY);
let live: LiveWatch;
beforeAll(async () => {
  web = await startWeb();
  legal = await signedIn(web, 'legal');
  live = new LiveWatch(web.db, hash);
});
afterAll(async () => {
  await settleLeftovers(web.db);
  await web.close();
});

const sid = () => `CA${randomBytes(16).toString('hex')}`;
const rfc2822 = (ms: number) => new Date(ms).toUTCString().replace('GMT', '+0000');
const emergency = (atMs: number, fields: Record<string, string> = {}) => ({
  ...{ CallSid: sid(), CallStatus: 'initiated', Direction: 'outbound-api', From: '+815000000101', To: '110' },
  ...{ Timestamp: rfc2822(atMs), ...fields },
});
/** Until nothing of this contract waits. */
async function watched(contractId: string) {
  for (;;) {
    await live.watchNext(new Date());
    const waits = await web.db.query.telephonyEvents.findFirst({
      where: (t, { and, eq, isNull }) => and(eq(t.contractId, contractId), isNull(t.watchedSequence)),
    });
    if (waits === undefined) return casesOf(contractId);
  }
}
const casesOf = (contractId: string) =>
  web.db.query.watchCases.findMany({
    where: (t, { eq }) => eq(t.contractId, contractId),
    orderBy: (t, { asc }) => asc(t.openedAt),
  });
const taskOf = (taskId: string) => web.db.query.tasks.findFirst({ where: (t, { eq }) => eq(t.id, taskId) });

test('a call to 110 opens one case with its task; a person closes it with a reason, and what comes after is a new one', async () => {
  const { contractId, signer } = await signedContract(web.db);
  const first = emergency(Date.now() - 60_000);
  for (const _ of [1, 2]) await postForm(web.app, 'calls', first, signer);
  const [opened, ...others] = await watched(contractId);
  if (opened === undefined) throw new Error('no case was opened');
  expect([opened.clause, others]).toEqual(['18-10', []]);
  expect(await taskOf(opened.taskId)).toMatchObject({ kind: 'usageCase', role: 'legal', status: 'open' });
  await postForm(web.app, 'calls', emergency(Date.now() - 30_000), signer);
  expect(await watched(contractId)).toHaveLength(1);

  const page = await legal.browser.get(`${PATH}/${opened.id}`);
  expect(page.html).toContain('第18条1項⑩');
  expect(page.html).toContain(`/staff/suspensions/new?contractId=${contractId}&amp;ground=18-10`);
  const form = { csrf: legal.csrf, commandId: fieldValue(page, 'commandId') };
  const empty = await legal.browser.post(`${PATH}/${opened.id}/close`, { ...form, reason: '' });
  expect([empty.status, empty.html.includes('href="#outcome"')]).toEqual([422, true]);
  const early = { ...form, outcome: 'suspended', reason: '停止した。' };
  const unstopped = await legal.browser.post(`${PATH}/${opened.id}/close`, early);
  expect([unstopped.status, unstopped.html.includes('まだ入力されていません')]).toEqual([422, true]);
  const judged = { ...form, outcome: 'warned', reason: 'お客様に確認し、注意した。' };
  expect((await legal.browser.post(`${PATH}/${opened.id}/close`, judged)).status).toBe(303);
  expect((await legal.browser.post(`${PATH}/${opened.id}/close`, judged)).status).toBe(303);
  const after = await legal.browser.get(`${PATH}/${opened.id}`);
  for (const words of ['お客様に注意した', '注意した。', '利用の検知について判断しました']) {
    expect(after.html).toContain(words);
  }
  expect(await taskOf(opened.taskId)).toMatchObject({ status: 'done' });

  const late = emergency(Date.now() - 45_000);
  await postForm(web.app, 'calls', late, signer);
  expect(await watched(contractId)).toHaveLength(1);
  await postForm(web.app, 'calls', emergency(Date.now() + 60_000), signer);
  const [, next] = await watched(contractId);
  expect(next).toMatchObject({ clause: '18-10', status: 'open' });
});

test('a finding that a later fact takes back is marked, not deleted, and stays for a person to close', async () => {
  const { contractId, signer } = await signedContract(web.db);
  const parent = sid();
  const passedOn = { ParentCallSid: parent, From: 'anonymous', To: '+819000000001' };
  const nowMs = Date.now() - 60_000;
  await postForm(web.app, 'calls', emergency(nowMs, passedOn), signer);
  const [opened] = await watched(contractId);
  expect(opened).toMatchObject({ clause: '18-11', status: 'open' });
  const inbound = { CallSid: parent, Direction: 'inbound', From: 'anonymous', To: '+815000000101' };
  await postForm(web.app, 'calls', emergency(nowMs - 2_000, inbound), signer);
  await watched(contractId);
  const page = await legal.browser.get(`${PATH}/${opened?.id}`);
  expect(page.html).toContain('取り消されました');
  const open = await legal.browser.get(`${PATH}?status=open`);
  expect(open.html).toContain('すべて取り消されました');
});

test('lines are shown masked to those who judge, each look is noted, and support alone sees none of it', async () => {
  const { contractId, signer } = await signedContract(web.db);
  await postForm(web.app, 'calls', emergency(Date.now(), { To: '+819012345678' }), signer);
  await postForm(web.app, 'calls', emergency(Date.now(), { CallSid: '' }), signer);
  const events = `/staff/contracts/${contractId}/telephony/events`;
  const page = await legal.browser.get(events);
  expect(page.html).toContain('+81901234****へ');
  expect(page.html).toContain('「CallSid」がないか、読めません。');
  expect((await legal.browser.get(`${events}?type=unreadable`)).html).not.toContain('+81901234****');
  expect((await legal.browser.get(`${events}?on=2020-01-01`)).html).toContain('該当する記録はありません。');
  const looks = await web.db.query.dataViews.findMany({
    where: (t, { and, eq }) => and(eq(t.contractId, contractId), eq(t.page, 'usageEvents')),
  });
  expect(looks).toHaveLength(3);
  const support = await signedIn(web, 'support');
  expect((await support.browser.get(events)).status).toBe(403);
  expect((await support.browser.get(PATH)).status).toBe(403);

  const health = await legal.browser.get(`/staff/contracts/${contractId}/telephony`);
  expect(health.html).toContain('読めない記録');
  expect(health.html).not.toContain(signer.token);
});

test('an exception of ㉔ counts from its entry, another and a threshold of a contract from the second person’s word on', async () => {
  const { contractId } = await signedContract(web.db);
  const path = `/staff/contracts/${contractId}/usage-watch`;
  const send = async (action: string, fields: Record<string, string>) => {
    const commandId = fieldValue(await legal.browser.get(path), 'commandId');
    return legal.browser.post(`${path}/${action}`, { csrf: legal.csrf, commandId, ...fields });
  };
  const days = {
    from: '2027-05-12',
    to: '2027-05-13',
    reason: 'お客様から前日に電話で連絡があった。',
  };
  const bad = await send('exception', { ...days, rule: 'emergencyCalls', to: '2027-05-11', allow: '-1' });
  expect(bad.status).toBe(422);
  for (const field of ['rule', 'to', 'allow']) expect(bad.html).toContain(`href="#${field}"`);
  expect((await send('threshold', { key: 'watch.loadPerMinute', value: '0', reason: '理由' })).status).toBe(
    422,
  );

  const asked = [
    await send('exception', { ...days, rule: 'numberPurchases', allow: '30' }),
    await send('exception', { ...days, rule: 'bulkSms', allow: '' }),
    await send('threshold', {
      key: 'watch.loadPerMinute',
      value: '900',
      reason: '大規模な契約のため。',
    }),
  ];
  const terms = async () => (await watchTerms(web.db, [contractId])).get(contractId);
  expect(await terms()).toMatchObject({ exceptions: [{ rule: 'numberPurchases', allow: 30 }], policy: {} });
  const at = new Date();
  for (const { location } of asked) {
    const proposalId = location?.split('/').at(-1) ?? '';
    const shown = await legal.browser.get(location ?? '');
    expect(shown.html).toMatch(/利用の検知の例外|契約ごとの検知の基準/);
    const settled = {
      proposalId,
      verdict: 'confirm' as const,
      commandId: randomUUID(),
      staffId: randomUUID(),
      at,
    };
    await web.db.transaction((tx) => settleProposal(tx, settled, async () => ({ ok: true })));
  }
  expect(await terms()).toMatchObject({
    exceptions: [{ rule: 'numberPurchases' }, { rule: 'bulkSms', allow: null, knownMs: at.getTime() }],
    policy: { 'watch.loadPerMinute': 900 },
  });
  expect((await watchGroup(web.db, contractId))?.contracts).toMatchObject([
    { id: contractId, policy: { 'watch.loadPerMinute': 900 } },
  ]);
  const page = await legal.browser.get(path);
  expect(page.html).toContain('認める件数：30件まで');
});
