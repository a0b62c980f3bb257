import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addMonths, formatDateJa, jstDate } from '../../domain/calendar/civil-date.ts';
import { changeEffectiveOn } from '../../domain/change/changes.ts';
import { arrival, type ContractWeb, type Person, preview, startContractWeb } from './contract-support.ts';

let web: ContractWeb;
let operations: Person;
beforeAll(async () => {
  web = await startContractWeb();
  operations = await web.signedIn('operations');
});
afterAll(async () => web.close());

const byPost = () => ({ channel: 'post', ...arrival(Date.now()) });

async function enter(path: string, kind: string, fields: Readonly<Record<string, string>>) {
  const { page, send } = await preview(operations, path, kind, { ...byPost(), ...fields });
  const sent = await send();
  expect(sent.status, page.html).toBe(303);
  return { page, requestId: (sent.location ?? '').split('/').at(-1) ?? '' };
}

describe('the form of a change asks for what was touched', () => {
  test('an option that is pending stays, shown as what will hold on that day', async () => {
    const { path, driver } = await web.concluded({ options: [] });
    const first = await enter(path, 'change', { 'option.sms': '1' });
    const day = changeEffectiveOn(Date.now()).value;
    const form = await operations.browser.get(`${path}/requests/new/change`);
    expect(form.html).toContain(`${formatDateJa(day)}の時点の内容`);
    expect(form.html).toMatch(/name="option.sms" value="1"/);
    await enter(path, 'change', { planCode: 'premium' });
    expect(await driver.request(first.requestId)).toMatchObject({ outcome: 'superseded' });
    await driver.to(`${addMonths(day, 1)}T12:00:00+09:00`);
    expect(await driver.contract()).toMatchObject({
      planCode: 'premium',
      options: [{ code: 'sms', quantity: 1 }],
    });
  });

  test('a change of another month is not repeated, and not undone', async () => {
    const { path, driver } = await web.concluded({ options: [] });
    await enter(path, 'change', { 'option.sms': '1' });
    const next = changeEffectiveOn(Date.now()).value;
    await driver.to(`${addMonths(next, 1).slice(0, 8)}06T12:00:00+09:00`);
    const at = arrival(Date.parse(`${addMonths(next, 1).slice(0, 8)}06T10:00:00+09:00`));
    const { requestId } = await enter(path, 'change', { ...at, planCode: 'premium' });
    expect(await driver.request(requestId)).toMatchObject({ requested: { planCode: 'premium' } });
    await driver.to(`${addMonths(next, 3).slice(0, 8)}02T12:00:00+09:00`);
    expect(await driver.contract()).toMatchObject({
      planCode: 'premium',
      options: [{ code: 'sms', quantity: 1 }],
    });
  });

  test('a change of kind is taken back by choosing the present one, and the check page says so before', async () => {
    const { path, driver } = await web.concluded();
    const first = await enter(path, 'change', { contractKind: 'monthly' });
    const form = await operations.browser.get(`${path}/requests/new/change`);
    expect(form.html).toContain('月額契約（受付済みの変更）');
    const { page, requestId } = await enter(path, 'change', { contractKind: 'annual' });
    expect(page.html).toContain('先にお申し込みの変更を取りやめました');
    expect(page.html).toContain(`${formatDateJa(jstDate(Date.now()))}に到達した変更`);
    expect(await driver.request(first.requestId)).toMatchObject({ outcome: 'superseded' });
    expect(await driver.request(requestId)).toMatchObject({ outcome: 'done' });
  });

  test('what is accepted for a later day can be kept from happening, field by field', async () => {
    const { path, driver } = await web.concluded();
    const first = await enter(path, 'change', { contractKind: 'monthly', planCode: 'premium' });
    const form = await operations.browser.get(`${path}/requests/new/change`);
    expect(form.html).toContain('この変更を取りやめ');
    await enter(path, 'change', { 'keep.planCode': 'yes' });
    expect(await driver.request(first.requestId)).toMatchObject({
      outcome: 'accepted',
      overtaken: ['planCode'],
    });
    const shown = await operations.browser.get(path);
    expect(shown.html).toContain('利用内容の変更の適用（契約の種類）');
  });
});

describe('a contract page tells one future', () => {
  test('that becomes monthly: periods, strip, what comes next and what a cancellation would cost agree', async () => {
    const { path, driver } = await web.concluded({ licences: 12, options: [] });
    const { requestId } = await enter(path, 'change', { contractKind: 'monthly' });
    const renewal = (await driver.request(requestId))?.computedOn ?? '';
    const before = `${addMonths(renewal as never, -1).slice(0, 8)}10T12:00:00+09:00`;
    await driver.to(before);
    const { html } = await operations.browser.get(path);
    expect(html).toContain('38,400円（税抜）');
    expect(html).toContain(`から月額契約になります（第5条3項）`);
    expect(html).toContain('自動更新（月額契約となり、');
    expect(html).toContain('自動更新、ここから月額契約（第5条3項）');
    expect(html).not.toContain('更新後に終了');
  });

  test('that is about to end: nothing is offered that lies beyond the end', async () => {
    const { path, driver } = await web.concluded();
    const { requestId } = await enter(path, 'cancellation', {});
    const endsOn = (await driver.request(requestId))?.computedOn ?? '';
    await driver.to(`${endsOn.slice(0, 8)}21T12:00:00+09:00`);
    const { html } = await operations.browser.get(path);
    expect(html.match(/ありません（終了日より後になるため）/g)).toHaveLength(2);
    expect(html).not.toContain('到達 →');
  });
});
