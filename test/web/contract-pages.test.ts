import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  addDays,
  addMonths,
  type CivilDate,
  firstOfNextMonth,
  formatDateJa,
  jstDate,
  lastOfMonth,
} from '../../domain/calendar/civil-date.ts';
import { earliestEnd } from '../../domain/ending/cancellation.ts';
import { POLICIES } from '../../domain/policy/policies.ts';
import { skipTo } from '../../gateway/clock.ts';
import { contractGateway } from '../../gateway/contract.ts';
import { createOutbox } from '../../gateway/outbox.ts';
import { contractUpdates, contractWorkflowId } from '../../workflows/contract/messages.ts';
import { eventually, staff } from '../support/people.ts';
import { arrival, type ContractWeb, type Person, preview, startContractWeb } from './contract-support.ts';
import { Browser } from './support.ts';

let web: ContractWeb;
let operations: Person;
beforeAll(async () => {
  web = await startContractWeb();
  operations = await web.signedIn('operations');
});
afterAll(async () => web.close());

const firstDay = () => firstOfNextMonth(jstDate(Date.now()));
const monthText = (day: CivilDate) => `${day.slice(0, 4)}年${Number(day.slice(5, 7))}月`;
const json = (
  text: string,
): Record<string, { value: Record<string, unknown>; reasons: { clause: string }[] }> => JSON.parse(text);

describe('what-if', () => {
  test('page and API give the dates of the rules with their reasons, the same as the request gets later', async () => {
    const { path, contractId } = await web.concluded();
    const day = addMonths(firstDay(), 3);
    const at = `${addDays(day, 19)}T23:59`;
    const endsOn = lastOfMonth(addMonths(day, 1));
    const page = await operations.browser.get(`${path}/what-if?at=${at}`);
    expect(page.status).toBe(200);
    expect(page.html).toContain(formatDateJa(endsOn));
    const api = await operations.browser.get(`/api/contracts/${contractId}/what-if?at=${at}`);
    const found = json(api.html);
    expect(found.earliestEnd?.value).toMatchObject({ endsOn, outcome: 'noWish' });
    expect(found.earliestEnd?.reasons[0]?.clause).toBe('第10条1項');
    expect(found.nextCutoffs?.value).toMatchObject({ cancellation: { by: addDays(day, 19), endsOn } });
    expect(found.nextRenewal?.value).toMatchObject({ renewsOn: addMonths(firstDay(), 12), certain: false });
    expect(found.feesDue?.value).toMatchObject({ totalYen: 0 });
    const late = await operations.browser.get(
      `/api/contracts/${contractId}/what-if?at=${addDays(day, 20)}T00:00`,
    );
    expect(json(late.html).earliestEnd?.value).toMatchObject({ endsOn: lastOfMonth(addMonths(day, 2)) });
  });

  test('a contract that is to end offers no cut-off beyond its end', async () => {
    const { path, driver } = await web.concluded({ contractKind: 'monthly' });
    const first = firstDay();
    await driver.to(`${first}T12:00:00+09:00`);
    const offered = (await operations.browser.get(path)).html;
    for (const label of ['解約', '変更']) expect(offered).toContain(`次の${label}の締切`);
    expect(offered).not.toContain('ありません（終了日より後になるため）');
    const { answer } = await driver.ask({ kind: 'cancellation', arrived: `${first}T11:00:00+09:00` });
    expect(answer).toMatchObject({ ok: true, effectiveOn: lastOfMonth(addMonths(first, 1)) });
    const day = addMonths(first, 1);
    await driver.to(`${addDays(day, 4)}T12:00:00+09:00`);
    const { html } = await operations.browser.get(path);
    expect(html.match(/ありません（終了日より後になるため）/g)).toHaveLength(2);
    expect(html).not.toContain('到達 →');
  });

  test('a wish is kept, and the renewal before it is told', async () => {
    const { path, contractId } = await web.concluded();
    const wish = lastOfMonth(addMonths(firstDay(), 13));
    const query = `at=${firstDay()}T09:00&wish=${wish}`;
    const api = json((await operations.browser.get(`/api/contracts/${contractId}/what-if?${query}`)).html);
    expect(api.earliestEnd?.value).toMatchObject({ endsOn: wish, outcome: 'kept' });
    expect(api.feesDue?.value).toMatchObject({
      items: [{ reason: 'period', from: addMonths(firstDay(), 12) }],
    });
    expect((await operations.browser.get(`${path}/what-if?${query}`)).html).toContain('更新後に終了します');
  });

  test.each([
    ['no moment', 'at=abc', 'at'],
    ['a day that does not exist', 'at=2027-02-30T10:00', 'at'],
    ['before the contract', 'at=2020-01-01T00:00', 'at'],
    ['too far away', 'at=9999-01-01T00:00', 'at'],
    ['a wish that is no day', 'wish=2027-13-40', 'wish'],
  ])('%s is a 422 with words on the field, as page and as JSON', async (_, query, field) => {
    const { path, contractId } = await web.concluded({ contractKind: 'monthly' });
    const page = await operations.browser.get(`${path}/what-if?${query}`);
    expect(page.status).toBe(422);
    expect(page.html).toContain(`id="${field}-error"`);
    const api = await operations.browser.get(`/api/contracts/${contractId}/what-if?${query}`);
    expect(api.status).toBe(422);
    expect(JSON.parse(api.html)).toMatchObject({ errors: [{ field }] });
  });

  test('the API is for staff who are signed in, and an unknown contract is a 404 in words', async () => {
    const stranger = await new Browser(web.app).get(`/api/contracts/${randomUUID()}/what-if`);
    expect(stranger.status).toBe(401);
    const unknown = await operations.browser.get(`/api/contracts/${randomUUID()}/what-if`);
    expect(unknown.status).toBe(404);
    expect(JSON.parse(unknown.html)).toEqual({ message: 'この契約は見つかりません。' });
  });
});

describe('what the contract page tells', () => {
  test('the months of a monthly contract follow from the calendar, on the contract’s own clock', async () => {
    const { path, driver } = await web.concluded({ contractKind: 'monthly' });
    const month = addMonths(firstDay(), 6);
    await driver.to(`${addDays(month, 9)}T00:00:00+09:00`);
    const { html } = await operations.browser.get(path);
    expect(html).toContain('第7期 <b class="period-word">現在</b>');
    expect(html).toContain(formatDateJa(addMonths(month, 1)));
    expect(html).toContain('第8期 <b class="period-word">予定</b>');
  });

  test('the calendar strip and its table show cut-offs, the accepted change and the end', async () => {
    const { path, driver } = await web.concluded();
    const arrived = new Date().toISOString();
    const change = await driver.ask({ kind: 'change', arrived, change: { licences: 20 } });
    const end = lastOfMonth(addMonths(firstDay(), 7));
    await driver.ask({ kind: 'cancellation', arrived, wish: end });
    const { html } = await operations.browser.get(path);
    expect(html.match(/class="strip-end"/g)).toHaveLength(1);
    expect(html.match(/class="strip-change"/g)).toHaveLength(1);
    const table = html.slice(html.indexOf('予定を表で見る')).replaceAll(/<[^>]+>/g, '');
    const effectiveOn = (change.answer.ok ? change.answer.effectiveOn : '') as CivilDate;
    expect(table).toMatch(new RegExp(`${monthText(firstDay())}.*?5日　変更の締切（第8条2項）`, 's'));
    expect(table).toMatch(new RegExp(`${monthText(firstDay())}.*?20日　解約の締切（第10条1項）`, 's'));
    expect(table).toMatch(new RegExp(`${monthText(effectiveOn)}1日　変更の適用`));
    expect(table).toMatch(new RegExp(`${monthText(end)}.*?${Number(end.slice(8))}日　契約の終了`, 's'));
  });

  test('what comes next has dates and clauses', async () => {
    const { path } = await web.concluded();
    const { html } = await operations.browser.get(path);
    const coming = html.slice(html.indexOf('次に行われること'), html.indexOf('テスト時計を'));
    expect(coming).toContain(formatDateJa(addMonths(firstDay(), 12)));
    expect(coming).toContain('次の更新を止める解約の到達期限');
    expect(coming).toContain('第10条1項');
  });
});

describe('the test clock', () => {
  const move = (person: Person, path: string, fields: Record<string, string>) =>
    person.browser.post(`${path}/clock`, { csrf: person.csrf, ...fields });

  test('shows progress while it runs, and takes no second target meanwhile', async () => {
    const { path, contractId } = await web.concluded();
    const cookie = [...operations.browser.cookies].map((pair) => pair.join('=')).join('; ');
    const poll = () => web.app.request(`${path}/clock`, { headers: { cookie, 'HX-Request': 'true' } });
    // A target alone, as a server without time skipping leaves it: the clock does not move by itself.
    await createOutbox(web.db, web.client).update(contractWorkflowId(contractId), contractUpdates.clock, {
      ...{ commandId: randomUUID(), actor: staff(operations.id), targetMs: Date.now() + 86_400_000 },
    });
    const page = await operations.browser.get(path);
    expect(page.html).toContain('テスト時計を進めています');
    expect(page.html).toContain('<progress');
    expect(page.html).toContain('対応していないか');
    const running = await poll();
    expect(running.headers.get('HX-Refresh')).toBeNull();
    expect(await running.text()).toContain('hx-trigger="every 1s"');
    expect((await move(operations, path, { by: 'P1Y' })).status).toBe(409);
    const skip = { workflowId: contractWorkflowId(contractId), targetMs: Date.now() + 90_000_000 };
    await skipTo(web.client, { ...skip, id: randomUUID() });
    const last = await eventually('the clock is there', async () => {
      const answer = await poll();
      return answer.headers.get('HX-Refresh') === null ? null : answer;
    });
    expect(await last.text()).toContain('この日まで進める');
  });

  test('runs to the day with everything on the way, and is gone when it is there', async () => {
    const { path, driver } = await web.concluded();
    const target = addDays(addMonths(firstDay(), 24), 1);
    expect((await move(operations, path, { to: target })).status).toBe(303);
    const shown = await eventually('the clock is there', async () => {
      const page = await operations.browser.get(path);
      return page.html.includes('テスト時計を進めています') ? null : page;
    });
    expect(shown.html).toContain(`${formatDateJa(target)} 0:0`);
    expect((await driver.periods()).map(({ index }) => index)).toEqual([1, 2, 3]);
    expect((await operations.browser.get(`${path}/clock`)).location).toBe(`${path}#clock`);
    await driver.mailed('certificateIssued', 3);
    expect((await move(operations, path, { by: 'P1M' })).status).toBe(303);
  });

  test.each([
    ['a day that has passed', { to: '2020-01-01' }, '後の日を入力'],
    ['no day', { to: '' }, '正しい日付'],
    ['a day that does not exist', { to: '2027-02-30' }, '正しい日付'],
    ['a day too far away', { to: '2999-01-01' }, '年以内'],
  ])('%s is told on the field', async (_, fields, message) => {
    const { path } = await web.concluded({ contractKind: 'monthly' });
    const page = await move(operations, path, fields);
    expect(page.status).toBe(422);
    expect(page.title).toMatch(/^エラー：/);
    expect(page.html).toContain(message);
  });

  test('a live contract has no panel, the page refuses a POST by hand, and the contract itself refuses too', async () => {
    const contractId = await web.concludedLive();
    const path = `/staff/contracts/${contractId}`;
    expect((await operations.browser.get(path)).html).not.toContain('テスト時計');
    const byHand = await move(operations, path, { by: 'P1Y' });
    expect(byHand.status).toBe(403);
    expect(byHand.html).toContain('本番の契約の時計は進められません');
    const gateway = contractGateway(web.outbox);
    const input = { targetMs: Date.now() + 86_400_000, actorId: operations.id };
    expect(await gateway.startClock(contractId, input)).toMatchObject({ ok: false, code: 'notAllowed' });
    const seen = await gateway.now(contractId);
    expect(Math.abs((seen ?? 0) - Date.now())).toBeLessThan(60_000);
  });

  test('others may not move it', async () => {
    const { path } = await web.concluded({ contractKind: 'monthly' });
    const support = await web.signedIn('support');
    expect((await support.browser.get(path)).html).not.toContain('この日まで進める');
    expect((await move(support, path, { by: 'P1M' })).status).toBe(403);
  });
});

describe('policies', () => {
  let admin: Person;
  beforeAll(async () => {
    admin = await web.signedIn('admin');
  });

  /** The version that the page shows for a policy. */
  const versionOf = async (key: string) => {
    const { html } = await admin.browser.get('/staff/policies');
    const form = html.slice(html.indexOf(`name="key" value="${key}"`));
    return /name="version" value="(\d+)"/.exec(form)?.[1] ?? '';
  };
  const set = async (key: string, fields: Record<string, string>, person = admin) =>
    person.browser.post('/staff/policies', {
      csrf: person.csrf,
      key,
      version: await versionOf(key),
      reason: '試験のため',
      ...fields,
    });

  test('admin sets, legal reads, others see nothing', async () => {
    const legal = await web.signedIn('legal');
    const page = await legal.browser.get('/staff/policies');
    expect(page.html).toContain('締切が休日のときの扱い');
    expect(page.html).not.toContain('この値にする');
    expect((await set('cutoff.holiday', { value: 'none' }, legal)).status).toBe(403);
    expect((await operations.browser.get('/staff/policies')).status).toBe(403);
    expect((await operations.browser.get('/staff')).html).not.toContain('/staff/policies');
  });

  test.each([
    ['renewal.reminderDays', { value: '366' }, '0から365'],
    ['renewal.reminderDays', { value: '三十' }, '0から365'],
    ['cutoff.holiday', { value: 'lastBusinessDay' }, '選択肢'],
    ['cancel.channels', {}, '一つ以上'],
    ['dunning.days', { value: '1, 3, 3, 20, 30' }, '整数5個'],
    ['dunning.days', { value: '1, 3, 10, 二十, 30' }, '整数5個'],
    ['watch.similarNumbers', { value: '1'.repeat(41) }, '40文字以内'],
    ['retention.years', { value: '10', reason: '' }, '理由を入力'],
  ])('%s does not take %j', async (key, fields, message) => {
    const before = await versionOf(key);
    const page = await set(key, fields);
    expect(page.status).toBe(422);
    expect(page.html).toContain(message);
    expect(await versionOf(key)).toBe(before);
  });

  test('numbers of one’s own are typed one after the other, and none at all is a choice', async () => {
    const shown = async () => {
      const { html } = await admin.browser.get('/staff/policies');
      const panel = html.slice(html.indexOf('id="watch-similarNumbers-policy"'));
      return /class="policy-value">([^<]*)</.exec(panel)?.[1];
    };
    expect(await shown()).toBe('171、188、189、#7119、#8000、#9110');
    expect((await set('watch.similarNumbers', { value: ' 171　#7119、117 ' })).status).toBe(303);
    expect(await shown()).toBe('171、#7119、117');
    expect((await set('watch.similarNumbers', { value: '' })).status).toBe(303);
    expect(await shown()).toBe('なし');
    const usual = POLICIES['watch.similarNumbers'].default.join(' ');
    expect((await set('watch.similarNumbers', { value: usual })).status).toBe(303);
  });

  test('numbers in a row are typed as one text, and none is chosen where the policy allows it', async () => {
    const companies = Object.fromEntries([301, 302, 303, 304, 305].map((kind) => [`value.${kind}`, 'yes']));
    try {
      expect((await set('dunning.days', { value: '２、5 8,12, 15' })).status).toBe(303);
      expect((await set('prepaid.exemptKinds', {})).status).toBe(303);
      const { html } = await admin.browser.get('/staff/policies');
      expect(html).toContain('2営業日、5営業日、8営業日、12営業日、15営業日');
      expect(html).toContain('value="2, 5, 8, 12, 15"');
      expect(html).toContain('初期値は「株式会社、有限会社、合名会社、合資会社、合同会社」です。');
    } finally {
      expect((await set('dunning.days', { value: '1, 3, 10, 20, 30' })).status).toBe(303);
      expect((await set('prepaid.exemptKinds', companies)).status).toBe(303);
    }
  });

  test('a change counts from now on and never alters a date already told; every version is kept', async () => {
    const { path, contractId, driver } = await web.concluded();
    // A cut-off on a Sunday or holiday shows which policy was used.
    const weekend = Array.from({ length: 24 }, (_, n) => addDays(addMonths(firstDay(), n), 19)).find(
      (day) => new Date(day).getUTCDay() === 0,
    ) as CivilDate;
    const after = addDays(weekend, 1);
    await driver.to(`${after}T09:00:00+09:00`);
    const typed = { channel: 'email', ...arrival(Date.parse(`${after}T08:00:00+09:00`)) };
    const { send } = await preview(operations, path, 'cancellation', typed);
    const { location } = await send();
    const told = earliestEnd(Date.parse(`${after}T08:00:00+09:00`)).value;
    const stored = async () => driver.request((location ?? '').split('/').at(-1) ?? '');
    const before = await stored();
    expect(before).toMatchObject({ computedOn: told });
    const version = await versionOf('cutoff.holiday');
    expect((await set('cutoff.holiday', { value: 'nextBusinessDay' })).status).toBe(303);
    try {
      expect(await stored()).toEqual(before);
      expect(await driver.contract()).toMatchObject({ endsOn: told });
      const other = await web.concluded();
      const query = `at=${after}T08:00`;
      const api = await operations.browser.get(`/api/contracts/${other.contractId}/what-if?${query}`);
      expect(json(api.html).earliestEnd?.value.endsOn).not.toBe(told);
      const stale = await set('cutoff.holiday', { value: 'none', version, reason: '別の理由' });
      expect(stale.status).toBe(409);
      const repeat = await set('cutoff.holiday', { value: 'nextBusinessDay', version });
      expect(repeat.status).toBe(303);
      expect(await versionOf('cutoff.holiday')).toBe(String(Number(version) + 1));
      const page = await admin.browser.get('/staff/policies');
      expect(page.html).toContain('試験のため');
      expect(page.html).toContain(`第${Number(version) + 1}版`);
      const entries = await web.db.query.auditEntries.findMany({
        where: (t, { and, eq }) => and(eq(t.subjectId, 'cutoff.holiday'), eq(t.actor, admin.id)),
      });
      expect(entries).toMatchObject([{ action: 'policy.set', after: { value: 'nextBusinessDay' } }]);
      expect(await web.requestsOf(contractId)).toHaveLength(1);
    } finally {
      expect((await set('cutoff.holiday', { value: 'none' })).status).toBe(303);
    }
  });

  test('a channel that the policy does not take for cancellations is refused on the field', async () => {
    const { path } = await web.concluded();
    const paper = { 'value.post': 'yes', 'value.fax': 'yes' };
    expect((await set('cancel.channels', paper)).status).toBe(303);
    try {
      const typed = { channel: 'email', ...arrival(Date.now()) };
      const { page } = await preview(operations, path, 'cancellation', typed);
      expect(page.status).toBe(422);
      expect(page.html).toContain('この方法では解約の申請を受け付けられません');
    } finally {
      const all = { ...paper, 'value.email': 'yes', 'value.web': 'yes' };
      expect((await set('cancel.channels', all)).status).toBe(303);
    }
  });
});
