import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { registerTelephonyAccount } from '../../db/queries/telephony/account.ts';
import { formatDateTimeField } from '../support/date-field.ts';
import { startOwnStack } from '../support/own-stack.ts';
import { eventually } from '../support/people.ts';
import { suspensionDriver } from '../support/suspensions.ts';
import { startTwilioServer, type TwilioServer } from '../support/twilio-server.ts';
import { type ContractWeb, hiddenFields, type Person, startContractWeb } from './contract-support.ts';
import { fieldValue, type Page } from './support.ts';

const PATH = '/staff/suspensions';
const HOUR_MS = 3_600_000;

let stack: Awaited<ReturnType<typeof startOwnStack>>;
let provider: TwilioServer;
let web: ContractWeb;
let drive: ReturnType<typeof suspensionDriver>;
let operations: Person;
let legal: Person;
let support: Person;
let approver: Person;
/** Contracts of two plans, each with a subaccount. */
let lite: { id: string; path: string; sid: string };
let premium: { id: string; path: string; sid: string };
beforeAll(async () => {
  [stack, provider] = await Promise.all([startOwnStack(), startTwilioServer()]);
  web = await startContractWeb({
    ...stack.env,
    TWILIO_ACCOUNT_SID: provider.accountSid,
    TWILIO_AUTH_TOKEN: provider.authToken,
    TWILIO_BASE_URL: provider.url,
  });
  drive = suspensionDriver(web.db, web.client);
  operations = await web.signedIn('operations');
  legal = await web.signedIn('legal');
  support = await web.signedIn('support');
  approver = await web.signedIn('approver');
  lite = await withSubaccount('lite');
  premium = await withSubaccount('premium');
});
afterAll(async () => {
  await web.close();
  await provider.close();
  await stack.stop();
});

async function withSubaccount(planCode: string) {
  const { contractId, path } = await web.concluded({ planCode });
  const sid = provider.addAccount();
  await registerTelephonyAccount(web.db, {
    ...{ contractId, subaccountSid: sid, state: 'active' },
    ...{ staffId: randomUUID(), commandId: randomUUID() },
  });
  return { id: contractId, path, sid };
}

const becomes = (sid: string, status: string) =>
  eventually(`the account is ${status}`, async () => (provider.statusOf(sid) === status ? true : null));
const idOf = ({ location }: Page) => location?.split('/').at(-1) ?? '';
const rows = async () => (await web.db.query.suspensions.findMany()).length;

const WHOLE = { scope: 'service', environment: 'sandbox' };
const EMERGENCY = { ground: '15-1', timing: 'now', reason: '基盤に障害の兆候があるため。' };

async function enter(person: Person, fields: Record<string, string>, query = ''): Promise<Page> {
  const form = await person.browser.get(`${PATH}/new${query}`);
  return person.browser.post(PATH, { ...hiddenFields(form), ...fields });
}

/** The hidden fields of the form that goes to an address of the suspension's page. */
function formTo(page: Page, id: string, action: string): Record<string, string> {
  const from = page.html.indexOf(`action="${PATH}/${id}/${action}"`);
  if (from < 0) throw new Error(`no form for ${action}: ${page.title}`);
  return hiddenFields({
    ...page,
    html: `<form ${page.html.slice(from, page.html.indexOf('</form>', from))}`,
  });
}

async function act(
  person: Person,
  id: string,
  action: string,
  fields: Record<string, string> = {},
): Promise<Page> {
  const page = await person.browser.get(`${PATH}/${id}`);
  return person.browser.post(`${PATH}/${id}/${action}`, { ...formTo(page, id, action), ...fields });
}

async function decide(person: Person, id: string, verdict: 'agree' | 'reject'): Promise<Page> {
  await drive.taskOf(id);
  return act(person, id, 'decide', { verdict, reason: '記録を確かめました。' });
}

/** In an emergency, by one person; where two have decided a second one confirms it afterwards. */
async function lift(id: string): Promise<void> {
  const why = { how: 'now', reason: '障害が解消したため。' };
  expect((await act(operations, id, 'lift', why)).status).toBe(303);
  await drive.over(id);
}

/** The second person's word on what was proposed about a suspension. */
async function settled(proposal: string, verdict: 'confirm' | 'reject'): Promise<void> {
  const shown = await approver.browser.get(proposal);
  const form = { ...hiddenFields(shown), verdict, reason: '記録を確かめました。' };
  expect((await approver.browser.post(`${proposal}/decision`, form)).status).toBe(303);
}

describe('the entry', () => {
  test('says everything that is wrong and loses nothing that was typed', async () => {
    const before = await rows();
    const page = await enter(operations, {
      ...{ scope: 'plan:unknown', environment: 'elsewhere', ground: '99-1', timing: 'planned' },
      ...{ startsAt: '2020-01-01T10:00', endsAt: 'いつか', reason: ' ' },
    });
    expect(page.status).toBe(422);
    expect(page.title).toMatch(/^エラー：/);
    for (const field of ['scope', 'environment', 'ground', 'startsAt', 'endsAt', 'reason']) {
      expect(page.html, field).toContain(`href="#${field}"`);
    }
    expect(page.html).toContain('value="2020-01-01T10:00"');
    expect(page.html).toContain('value="いつか"');
    expect(await rows()).toBe(before);
  });

  test('keeps the command of the form that comes back, and what was chosen', async () => {
    const form = await operations.browser.get(`${PATH}/new`);
    const fields = { ...hiddenFields(form), ...WHOLE, ...EMERGENCY, reason: '' };
    const page = await operations.browser.post(PATH, fields);
    expect(page.status).toBe(422);
    expect(fieldValue(page, 'commandId')).toBe(fieldValue(form, 'commandId'));
    expect(page.html).toMatch(/value="service" checked/);
    expect(page.html).toMatch(/value="15-1" selected/);
  });

  test('takes no planned maintenance without a time: it is told before (第15条)', async () => {
    const page = await enter(operations, { ...WHOLE, ...EMERGENCY, ground: '15-planned' });
    expect(page.status).toBe(422);
    expect(page.html).toContain('href="#timing"');
    const silent = await enter(operations, { ...WHOLE, ...EMERGENCY, regular: 'yes' });
    expect(silent.status).toBe(422);
    expect(silent.html).toContain('href="#regular"');
  });

  test('is for operations and legal only, with the token of the session', async () => {
    const before = await rows();
    expect((await support.browser.get(`${PATH}/new`)).status).toBe(403);
    const form = await operations.browser.get(`${PATH}/new`);
    const fields = { ...hiddenFields(form), ...WHOLE, ...EMERGENCY };
    expect((await support.browser.post(PATH, { ...fields, csrf: support.csrf })).status).toBe(403);
    expect((await operations.browser.post(PATH, { ...fields, csrf: support.csrf })).status).toBe(403);
    expect(await rows()).toBe(before);
  });

  test('knows no contract that is not there, and none that has ended', async () => {
    expect((await operations.browser.get(`${PATH}/new?contractId=${randomUUID()}`)).status).toBe(404);
    expect((await operations.browser.get(`${PATH}/new?contractId=x`)).status).toBe(404);
    const { contractId, driver } = await web.concluded();
    const form = await operations.browser.get(`${PATH}/new?contractId=${contractId}`);
    const { requestId } = await driver.ask({
      ...{ kind: 'termination', arrived: new Date().toISOString(), ground: '4' },
    });
    await driver.confirm(requestId, randomUUID(), 'confirm');
    await driver.over();
    const before = await rows();
    expect((await operations.browser.get(`${PATH}/new?contractId=${contractId}`)).status).toBe(409);
    const late = await operations.browser.post(PATH, { ...hiddenFields(form), ...EMERGENCY });
    expect(late.status).toBe(409);
    expect(await rows()).toBe(before);
  });
});

test('the whole service: stopped at once by one person, confirmed, told on the web; a double submit is one suspension, also after it is over', async () => {
  const form = await operations.browser.get(`${PATH}/new`);
  const fields = { ...hiddenFields(form), ...WHOLE, ...EMERGENCY };
  const [first, second] = await Promise.all([
    operations.browser.post(PATH, fields),
    operations.browser.post(PATH, fields),
  ]);
  expect([first.status, second.status]).toEqual([303, 303]);
  expect(first.location).toBe(second.location);
  const id = idOf(first);
  await drive.inStatus(id, 'active');
  await Promise.all([becomes(lite.sid, 'suspended'), becomes(premium.sid, 'suspended')]);
  for (const { path } of [lite, premium]) {
    expect((await support.browser.get(path)).html).toContain('第15条① 緊急の保守');
  }

  await drive.taskOf(id);
  const own = await operations.browser.get(`${PATH}/${id}`);
  expect(own.html).toContain('この停止はあなたが入力しました');
  expect(own.html).not.toContain('name="verdict"');
  const page = await legal.browser.get(`${PATH}/${id}`);
  expect(page.html).toContain('停止の確認（二人目）');
  const decision: Record<string, string> = {
    ...formTo(page, id, 'decide'),
    verdict: 'agree',
    reason: '障害の記録を確かめました。',
  };
  const wrong = await operations.browser.post(`${PATH}/${id}/decide`, { ...decision, csrf: operations.csrf });
  expect(wrong.status).toBe(403);
  const silent = await legal.browser.post(`${PATH}/${id}/decide`, {
    ...decision,
    verdict: '',
    reason: '見ました',
  });
  expect(silent.status).toBe(422);
  expect(silent.html).toContain('href="#decide-verdict"');
  expect(silent.html).toContain('見ました');
  expect(formTo(silent, id, 'decide').commandId).toBe(decision.commandId);
  expect((await legal.browser.post(`${PATH}/${id}/decide`, decision)).status).toBe(303);
  expect((await legal.browser.post(`${PATH}/${id}/decide`, decision)).status).toBe(303);
  const other = { ...decision, verdict: 'reject' };
  expect((await legal.browser.post(`${PATH}/${id}/decide`, other)).status).toBe(409);

  const posted = await eventually('it is on the web', async () => {
    const notice = (await drive.notices(id)).find(({ causeStep }) => causeStep === 'started');
    return notice?.postedAt == null ? null : notice;
  });
  expect(posted).toMatchObject({ audience: 'all', reviewedBy: operations.id, approvedBy: legal.id });
  expect(posted.recipientCount).toBe(2);
  expect((await legal.browser.get(`${PATH}/${id}`)).html).toContain(`/staff/notices/${posted.id}`);

  await lift(id);
  await Promise.all([becomes(lite.sid, 'active'), becomes(premium.sid, 'active')]);
  const late = await operations.browser.post(PATH, fields);
  expect(late.location).toBe(first.location);
  expect(await drive.inStatus(id, 'lifted')).toMatchObject({ decidedBy: legal.id });
  expect((await drive.notices(id)).map(({ causeStep }) => causeStep)).toEqual(['started', 'lifted']);
  const effects = provider.effects.filter((effect) => effect.includes(lite.sid));
  expect(effects).toHaveLength(2);
});

test('a plan: only its contracts are stopped', async () => {
  const id = idOf(await enter(operations, { ...EMERGENCY, scope: 'plan:lite', environment: 'sandbox' }));
  await becomes(lite.sid, 'suspended');
  expect(provider.statusOf(premium.sid)).toBe('active');
  expect((await support.browser.get(premium.path)).html).not.toContain('第15条① 緊急の保守（');
  expect((await decide(legal, id, 'agree')).status).toBe(303);
  const notice = await eventually('it is told', async () => {
    const [found] = await drive.notices(id);
    return found?.recipientCount == null ? null : found;
  });
  expect(notice).toMatchObject({ audience: 'plan', planCode: 'lite', recipientCount: 1 });
  await lift(id);
  await becomes(lite.sid, 'active');
});

test('nesting: a contract under its own suspension and that of the service runs when both are lifted, in either order', async () => {
  const ofContract = async () => {
    const entered = { ground: '18-10', timing: 'now', reason: '緊急通報番号への発信が続いたため。' };
    const id = idOf(await enter(operations, entered, `?contractId=${lite.id}`));
    expect((await drive.inStatus(id, 'approval')).contractId).toBe(lite.id);
    expect((await decide(legal, id, 'agree')).status).toBe(303);
    await drive.inStatus(id, 'active');
    return id;
  };
  const ofService = async () => {
    const id = idOf(await enter(operations, { ...WHOLE, ...EMERGENCY }));
    await drive.inStatus(id, 'active');
    return id;
  };
  const own = await ofContract();
  await becomes(lite.sid, 'suspended');
  const service = await ofService();
  await becomes(premium.sid, 'suspended');
  await lift(service);
  await becomes(premium.sid, 'active');
  expect(provider.statusOf(lite.sid)).toBe('suspended');
  const shown = (await support.browser.get(lite.path)).html;
  expect(shown).toContain('緊急通報番号への発信');

  const again = await ofService();
  await becomes(premium.sid, 'suspended');
  await lift(own);
  expect(provider.statusOf(lite.sid)).toBe('suspended');
  await lift(again);
  await becomes(lite.sid, 'active');
  await becomes(premium.sid, 'active');
});

test('what two people decided is lifted by two, or in an emergency by one and confirmed afterwards', async () => {
  const stopped = async () => {
    const entered = { ground: '18-10', timing: 'now', reason: '緊急通報番号への発信が続いたため。' };
    const id = idOf(await enter(operations, entered, `?contractId=${lite.id}`));
    expect((await decide(legal, id, 'agree')).status).toBe(303);
    await drive.inStatus(id, 'active');
    return id;
  };
  const id = await stopped();
  expect((await act(operations, id, 'lift')).status).toBe(422);
  const asked = await act(operations, id, 'lift', { reason: 'お客様が是正したため。' });
  expect(asked.location).toMatch(/^\/staff\/proposals\//);
  expect((await drive.inStatus(id, 'active')).liftedAt).toBeNull();
  expect((await operations.browser.get(`${PATH}/${id}`)).html).toContain(asked.location ?? '');
  await settled(asked.location ?? '', 'confirm');
  await drive.over(id);
  await drive.inStatus(id, 'lifted');

  const urgent = await stopped();
  await lift(urgent);
  const later = await web.db.query.proposals.findFirst({
    where: (t, { eq }) => eq(t.about, `lifted/${urgent}`),
  });
  expect(later).toMatchObject({ kind: 'suspensionLifted', status: 'waiting', proposedBy: operations.id });
  await settled(`/staff/proposals/${later?.id}`, 'reject');
});

describe('one that is planned', () => {
  const startsAt = () => formatDateTimeField(Date.now() + 72 * HOUR_MS);
  const planned = async (fields: Record<string, string> = {}) =>
    idOf(
      await enter(operations, {
        ...{ ...WHOLE, ground: '15-planned', timing: 'planned', reason: '交換機の更新のため。' },
        ...{ startsAt: startsAt(), endsAt: formatDateTimeField(Date.now() + 74 * HOUR_MS), ...fields },
      }),
    );

  test('is told when the second person has approved, can get other times with errors shown, and called off is told too', async () => {
    const id = await planned();
    expect(await drive.notices(id)).toEqual([]);
    expect((await decide(legal, id, 'agree')).status).toBe(303);
    await drive.inStatus(id, 'planned');
    const page = await operations.browser.get(`${PATH}/${id}`);
    const times = formTo(page, id, 'times');
    const reason = '作業の日程が変わったため。';
    const bad = { startsAt: startsAt(), endsAt: '2020-01-01T00:00', reason };
    const refused = await operations.browser.post(`${PATH}/${id}/times`, { ...times, ...bad });
    expect(refused.status).toBe(422);
    expect(refused.html).toContain('value="2020-01-01T00:00"');
    expect(formTo(refused, id, 'times').commandId).toBe(times.commandId);
    expect((await support.browser.post(`${PATH}/${id}/times`, { ...times, csrf: support.csrf })).status).toBe(
      403,
    );
    const moved = { startsAt: formatDateTimeField(Date.now() + 96 * HOUR_MS), endsAt: '', reason };
    expect(
      (await operations.browser.post(`${PATH}/${id}/times`, { ...times, ...moved, reason: '' })).status,
    ).toBe(422);
    const asked = await Promise.all(
      [1, 2].map(() => operations.browser.post(`${PATH}/${id}/times`, { ...times, ...moved })),
    );
    expect(asked.map(({ status }) => status)).toEqual([303, 303]);
    // Two people decided it: nothing moves until a second one agrees, and never by the word of the first.
    expect((await drive.inStatus(id, 'planned')).endsAt).not.toBeNull();
    const proposal = asked[0]?.location ?? '';
    expect((await legal.browser.get(proposal)).html).not.toContain('name="verdict"');
    await settled(proposal, 'confirm');
    expect(await drive.inStatus(id, 'planned')).toMatchObject({ endsAt: null });
    const off = await act(operations, id, 'cancel', { reason: '作業が取りやめになったため。' });
    await drive.inStatus(id, 'planned');
    await settled(off.location ?? '', 'confirm');
    await drive.over(id);
    const told = (await drive.notices(id)).map(({ causeStep }) => causeStep);
    expect(told).toEqual(['planned', 'changed', 'cancelled']);
    expect((await operations.browser.get(`${PATH}/${id}`)).html).not.toContain(`${PATH}/${id}/times`);
    const late = await operations.browser.post(`${PATH}/${id}/times`, {
      ...times,
      ...moved,
      commandId: randomUUID(),
    });
    expect(late.status).toBe(409);
    expect(
      (await operations.browser.post(`${PATH}/${id}/lift`, { ...times, commandId: randomUUID() })).status,
    ).toBe(409);
  });

  test('rejected by the second person, nothing happens and nobody is told', async () => {
    const id = await planned();
    expect((await decide(legal, id, 'reject')).status).toBe(303);
    await drive.over(id);
    expect(await drive.inStatus(id, 'rejected')).toMatchObject({ startedAt: null });
    expect(await drive.notices(id)).toEqual([]);
    expect((await operations.browser.get(PATH)).html).toContain('サービス全体');
  });

  test('regular maintenance takes a second person as any other; nobody is told before', async () => {
    const id = await planned({ regular: 'yes' });
    await drive.inStatus(id, 'approval');
    await drive.taskOf(id);
    const own = await operations.browser.get(`${PATH}/${id}`);
    expect(own.html).toContain('この停止はあなたが入力しました');
    expect((await decide(legal, id, 'agree')).status).toBe(303);
    await drive.inStatus(id, 'planned');
    expect(await drive.notices(id)).toEqual([]);
    const off = await act(operations, id, 'cancel', { reason: '延期のため。' });
    await settled(off.location ?? '', 'confirm');
    await drive.over(id);
  });
});
