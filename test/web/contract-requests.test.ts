import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays, type CivilDate, formatDateJa, jstDate } from '../../domain/calendar/civil-date.ts';
import { changeEffectiveOn } from '../../domain/change/changes.ts';
import { earliestEnd } from '../../domain/ending/cancellation.ts';
import { contractWorkflowId } from '../../workflows/contract/messages.ts';
import {
  arrival,
  type ContractWeb,
  hiddenFields,
  type Person,
  preview,
  startContractWeb,
} from './contract-support.ts';

let web: ContractWeb;
let operations: Person;
let approver: Person;
beforeAll(async () => {
  web = await startContractWeb();
  operations = await web.signedIn('operations');
  approver = await web.signedIn('approver');
});
afterAll(async () => web.close());

const now = () => arrival(Date.now());
const byPost = () => ({ channel: 'post', ...now() });

describe('what cannot be right is told beside the field, and nothing is written', () => {
  const tomorrow = () => addDays(jstDate(Date.now()), 1);
  const cases: [string, string, Record<string, () => string>, string, string][] = [
    ['an arrival in the future', 'cancellation', { arrivedOn: tomorrow }, 'arrivedOn', '到達日時が未来です'],
    [
      'an arrival before the contract',
      'cancellation',
      { arrivedOn: () => '2020-01-01' },
      'arrivedOn',
      '契約締結日',
    ],
    [
      'a day that does not exist',
      'cancellation',
      { arrivedOn: () => '2027-02-30' },
      'arrivedOn',
      '正しい日付',
    ],
    ['a time that does not exist', 'cancellation', { arrivedTime: () => '25:00' }, 'arrivedTime', '24時間'],
    ['no arrival', 'change', { arrivedOn: () => '', arrivedTime: () => '' }, 'arrivedTime', '到達時刻を入力'],
    ['a wish in the past', 'cancellation', { wishedOn: () => '2020-03-31' }, 'wishedOn', '過去の日付'],
    ['a wish that is no day', 'cancellation', { wishedOn: () => '2027-13-01' }, 'wishedOn', '正しい日付'],
    ['no channel', 'cancellation', { channel: () => 'pigeon' }, 'channel', '受付方法'],
    [
      'half an arrival at the partner',
      'change',
      { partnerArrivedOn: tomorrow },
      'partnerArrivedTime',
      '入力してください',
    ],
    ['a change that changes nothing', 'change', {}, 'planCode', '変更する項目がありません'],
    ['licences that are no number', 'change', { licences: () => '十二' }, 'licences', '整数'],
    ['an option quantity below zero', 'change', { 'option.sms': () => '-1' }, 'options', '整数'],
    ['an unknown plan', 'change', { planCode: () => 'gold' }, 'planCode', '料金プラン'],
    [
      'no evidence for a termination',
      'termination',
      { ground: () => '1', scope: () => 'whole' },
      'note',
      '証拠',
    ],
    [
      'a ground that there is not',
      'termination',
      { ground: () => '5', scope: () => 'whole' },
      'ground',
      '事由',
    ],
    [
      'a part of nothing',
      'termination',
      { ground: () => '1', scope: () => 'part' },
      'stopOptions',
      'オプション',
    ],
  ];
  let path: string;
  let contractId: string;
  beforeAll(async () => {
    ({ path, contractId } = await web.concluded());
  });

  test.each(cases)('%s', async (_, kind, wrong, field, message) => {
    const typed = Object.fromEntries(Object.entries(wrong).map(([name, value]) => [name, value()]));
    const { page } = await preview(operations, path, kind, { ...byPost(), ...typed });
    expect(page.status).toBe(422);
    expect(page.title).toMatch(/^エラー：/);
    expect(page.html).toContain(`href="#${field}"`);
    expect(page.html).toContain(message);
    expect(await web.requestsOf(contractId)).toEqual([]);
  });

  test('what was typed comes back with the errors', async () => {
    const { page } = await preview(operations, path, 'cancellation', {
      ...byPost(),
      note: '電話でも確認',
      wishedOn: '1',
    });
    expect(page.html).toContain('電話でも確認');
    expect(page.html).toContain('value="post" checked');
  });

  test('a file that is no scan', async () => {
    const form = await operations.browser.get(`${path}/requests/new/cancellation`);
    const body = new FormData();
    for (const [name, value] of Object.entries({ ...hiddenFields(form), ...byPost() })) body.set(name, value);
    body.set('scanFile', new File(['<html>'], 'letter.pdf'));
    const page = await operations.browser.post(`${path}/requests/new/cancellation`, body);
    expect(page.status).toBe(422);
    expect(page.html).toContain('letter.pdf：PDF、PNG、JPEG、TIFF');
  });

  test('an unknown contract, a malformed id and an unknown kind are no pages', async () => {
    for (const address of [
      `/staff/contracts/${randomUUID()}/requests/new/change`,
      '/staff/contracts/abc/requests/new/change',
      `${path}/requests/new/wish`,
      `${path}/requests/${randomUUID()}`,
    ]) {
      expect((await operations.browser.get(address)).status).toBe(404);
    }
    const posted = await operations.browser.post(`/staff/contracts/${randomUUID()}/requests/new/change`, {
      csrf: operations.csrf,
    });
    expect(posted.status).toBe(404);
  });

  test('a form without the session’s token or with a forged command is refused', async () => {
    const { page } = await preview(operations, path, 'cancellation', byPost());
    const fields = { ...hiddenFields(page), step: 'submit' };
    const target = `${path}/requests/new/cancellation`;
    expect((await operations.browser.post(target, { ...fields, csrf: '' })).status).toBe(403);
    expect((await operations.browser.post(target, { ...fields, commandId: 'x' })).status).toBe(400);
    expect(await web.requestsOf(contractId)).toEqual([]);
  });
});

describe('the outlook is what the contract then does', () => {
  test('a change: date, clause and steps before and after are the same', async () => {
    const { path, driver } = await web.concluded();
    const effectiveOn = changeEffectiveOn(Date.now()).value;
    const { page, send } = await preview(operations, path, 'change', { ...byPost(), planCode: 'premium' });
    expect(page.status).toBe(200);
    expect(page.html).toContain('この内容で受け付けると…');
    expect(page.html).toContain(`${formatDateJa(effectiveOn)}から適用されます。`);
    const sent = await send();
    expect(sent.status).toBe(303);
    const shown = await operations.browser.get(sent.location ?? '');
    expect(shown.html).toContain(formatDateJa(effectiveOn));
    expect(shown.html).toContain('第8条2項');
    const stored = await driver.request((sent.location ?? '').split('/').at(-1) ?? '');
    expect(stored).toMatchObject({
      outcome: 'accepted',
      computedOn: effectiveOn,
      requested: { planCode: 'premium' },
      enteredBy: operations.id,
      backdated: false,
    });
    for (const { text } of stored?.reasons ?? []) expect(page.html).toContain(text);
  });

  test('a refused downgrade is told beside the plan with clause and reason, and is on record', async () => {
    const { path, contractId } = await web.concluded();
    const { page, send } = await preview(operations, path, 'change', { ...byPost(), planCode: 'lite' });
    expect(page.html).toContain('受付不可として記録する');
    const refused = await send();
    expect(refused.status).toBe(422);
    expect(refused.html).toContain('href="#planCode"');
    expect(refused.html).toContain('下位の料金プランへの変更はできません。（第8条3項）');
    expect(await web.requestsOf(contractId)).toMatchObject([{ outcome: 'refused', clause: '第8条3項' }]);
  });

  test('an original goes in with the request and comes out as it was, the look on record', async () => {
    const { path, contractId } = await web.concluded();
    const bytes = await readFile('test/data/seal.png');
    const target = `${path}/requests/new/cancellation`;
    const body = new FormData();
    const form = await operations.browser.get(target);
    for (const [name, value] of Object.entries({ ...hiddenFields(form), ...byPost() })) body.set(name, value);
    body.set('scanFile', new File([bytes], 'letter.png'));
    const shown = await operations.browser.post(target, body);
    expect(shown.html).toContain('letter.png');
    const sent = await operations.browser.post(target, { ...hiddenFields(shown), step: 'submit' });
    const original = await operations.browser.get(`${sent.location}/original`);
    expect(original.html).toBe(bytes.toString());
    expect(original.headers.get('content-type')).toBe('image/png');
    expect(original.headers.get('content-disposition')).toMatch(/^attachment/);
    const billing = await web.signedIn('billing');
    expect((await billing.browser.get(`${sent.location}/original`)).status).toBe(403);
    const looks = await web.db.query.auditEntries.findMany({
      where: (t, { and, eq }) => and(eq(t.subjectId, contractId), eq(t.action, 'document.downloaded')),
    });
    expect(looks).toMatchObject([{ actor: operations.id }]);
  });

  test('an e-mail is an original too, kept as it came', async () => {
    const { path } = await web.concluded();
    const target = `${path}/requests/new/cancellation`;
    const mail = ['From: a@b.example', 'Date: Sun, 22 Nov 2026 10:00:00 +0900', '', 'please'].join('\r\n');
    const body = new FormData();
    const form = await operations.browser.get(target);
    for (const [name, value] of Object.entries({ ...hiddenFields(form), ...byPost() })) body.set(name, value);
    body.set('scanFile', new File([mail], 'cancel.eml'));
    const shown = await operations.browser.post(target, body);
    const sent = await operations.browser.post(target, { ...hiddenFields(shown), step: 'submit' });
    const original = await operations.browser.get(`${sent.location}/original`);
    expect(original.html).toBe(mail);
    expect(original.headers.get('content-disposition')).toContain('.eml');
  });

  test('a cancellation that misses the period’s last cut-off warns before, and leaves a task to look at', async () => {
    const { path, driver } = await web.concluded();
    const { firstDay = '' } = (await driver.contract()) ?? {};
    const lastDay = addDays(firstDay as CivilDate, 364);
    await driver.to(`${addDays(lastDay, -20)}T12:00:00+09:00`);
    const clock = Date.parse(`${addDays(lastDay, -20)}T12:00:00+09:00`);
    const { page, send } = await preview(operations, path, 'cancellation', {
      channel: 'fax',
      ...arrival(clock),
    });
    expect(page.html).toContain('更新後に終了します（解約済みだが更新される）');
    const sent = await send();
    expect(sent.status).toBe(303);
    expect((await operations.browser.get(sent.location ?? '')).html).toContain('更新後に終了します');
    const [task] = (await driver.tasks()).filter(({ kind }) => kind === 'renewsAlthoughCancelled');
    const contractPage = await operations.browser.get(path);
    expect(contractPage.html).toContain('お客様に確認した');
    const done = { csrf: operations.csrf, commandId: randomUUID() };
    const address = `${path}/tasks/${task?.id}/done`;
    expect((await approver.browser.post(address, { ...done, csrf: approver.csrf })).status).toBe(403);
    expect((await operations.browser.post(address, done)).status).toBe(303);
    expect((await operations.browser.post(address, done)).status).toBe(409);
  });
});

describe('twice, at once, too late', () => {
  test('a form sent twice is one request, and both answers show it', async () => {
    const { path, contractId } = await web.concluded();
    const { send } = await preview(operations, path, 'cancellation', byPost());
    const [first, second] = await Promise.all([send(), send()]);
    const third = await send();
    expect([first?.status, second?.status, third.status]).toEqual([303, 303, 303]);
    expect(second?.location).toBe(first?.location);
    expect(third.location).toBe(first?.location);
    expect(await web.requestsOf(contractId)).toHaveLength(1);
  });

  test('of two cancellations at once one counts, the other is told the end that stands', async () => {
    const { path, driver, contractId } = await web.concluded();
    const both = await Promise.all([1, 2].map(() => preview(operations, path, 'cancellation', byPost())));
    const answers = await Promise.all(both.map(({ send }) => send()));
    expect(answers.map(({ status }) => status).toSorted()[0]).toBe(303);
    const lost = answers.find(({ status }) => status !== 303);
    expect([409, 422]).toContain(lost?.status);
    expect(lost?.html).toMatch(/すでに.*終了する予定です/);
    const outcomes = (await web.requestsOf(contractId)).map(({ outcome }) => outcome);
    expect(outcomes.filter((outcome) => outcome === 'accepted')).toHaveLength(1);
    expect((await driver.contract())?.endsOn).toBe(earliestEnd(Date.now()).value);
  });

  test('a check page that is stale shows the new outlook and writes nothing', async () => {
    const { path, driver, contractId } = await web.concluded();
    const { send } = await preview(operations, path, 'change', { ...byPost(), licences: '20' });
    await driver.ask({ kind: 'cancellation', arrived: new Date().toISOString() });
    const stale = await send();
    expect(stale.status).toBe(409);
    expect(stale.html).toContain('画面を開いたあとに契約の状態が変わりました');
    expect(await web.requestsOf(contractId)).toHaveLength(1);
    expect((await send(stale)).status).toBe(303);
  });

  test('a contract whose process is over refuses: the request says so and nothing waits', async () => {
    const { path, contractId } = await web.concluded();
    const { send } = await preview(operations, path, 'cancellation', byPost());
    await web.client.workflow.getHandle(contractWorkflowId(contractId)).terminate('test');
    const late = await send();
    expect(late.status).toBe(409);
    expect(await web.requestsOf(contractId)).toMatchObject([{ outcome: 'refused' }]);
  });

  test('an ended contract takes no request', async () => {
    const { path, driver, contractId } = await web.concluded({ contractKind: 'monthly' });
    const { answer } = await driver.ask({ kind: 'cancellation', arrived: new Date().toISOString() });
    const { send } = await preview(operations, path, 'change', { ...byPost(), licences: '20' });
    const endsOn = answer.ok ? answer.effectiveOn : '';
    await driver.to(`${addDays(endsOn as CivilDate, 2)}T00:00:00+09:00`);
    await driver.over();
    expect((await operations.browser.get(`${path}/requests/new/change`)).status).toBe(409);
    const late = await send();
    expect(late.status).toBe(409);
    expect(late.html).toContain('この契約は終了しています');
    expect(await web.requestsOf(contractId)).toHaveLength(1);
  });
});
