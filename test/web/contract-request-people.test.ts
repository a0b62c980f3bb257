import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays, type CivilDate } from '../../domain/calendar/civil-date.ts';
import { earliestEnd } from '../../domain/ending/cancellation.ts';
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

describe('who may', () => {
  test('only operations enter requests; others see no buttons and get 403 by hand', async () => {
    const { path, contractId } = await web.concluded();
    for (const role of ['support', 'billing', 'reviewer', 'approver'] as const) {
      const other = await web.signedIn(role);
      expect((await other.browser.get(path)).html).not.toContain('/requests/new/');
      expect((await other.browser.get(`${path}/requests/new/change`)).status).toBe(403);
      const posted = await other.browser.post(`${path}/requests/new/cancellation`, {
        csrf: other.csrf,
        commandId: randomUUID(),
        step: 'submit',
        ...byPost(),
      });
      expect(posted.status).toBe(403);
    }
    expect(await web.requestsOf(contractId)).toEqual([]);
  });

  test('a termination waits for another person: the same one reads why, and a POST by hand gets 403', async () => {
    const { path, driver } = await web.concluded();
    const both = await web.signedIn('operations', 'approver');
    const typed = { ...byPost(), ground: '4', scope: 'part', 'stopOption.sms': 'yes', note: '入金確認表' };
    const { page, send } = await preview(both, path, 'termination', typed);
    expect(page.html).toContain('別の担当者の確認が必要です。');
    const { location } = await send();
    const own = await both.browser.get(location ?? '');
    expect(own.html).toContain('この申込はあなたが提案しました');
    expect(own.html).not.toContain(`${location}/confirm`);
    const task = (await driver.tasks()).find(({ kind }) => kind === 'secondPerson');
    const decision = (person: Person) => ({
      csrf: person.csrf,
      commandId: randomUUID(),
      taskId: task?.id ?? '',
      verdict: 'confirm',
      reason: '入金がないことを確認',
    });
    expect((await both.browser.post(`${location}/confirm`, decision(both))).status).toBe(403);
    expect((await operations.browser.post(`${location}/confirm`, decision(operations))).status).toBe(403);
    expect((await approver.browser.get(location ?? '')).html).toContain('確認すると…');
    const empty = await approver.browser.post(`${location}/confirm`, {
      ...decision(approver),
      reason: '',
      verdict: '',
    });
    expect(empty.status).toBe(422);
    // 12: the notice by which it takes effect is read before; it states the number, and that look is noted.
    const shown = await approver.browser.post(`${location}/confirm`, {
      ...decision(approver),
      step: 'mail',
    });
    expect(shown.html).toContain('まだ送っていません');
    expect(shown.html).toContain('第10条2項');
    const looks = await web.db.query.auditEntries.findMany({
      where: (t, { and, eq }) => and(eq(t.actor, approver.id), eq(t.action, 'contract.numberShown')),
    });
    expect(looks.length).toBeGreaterThan(0);
    const sure = decision(approver);
    expect((await approver.browser.post(`${location}/confirm`, sure)).status).toBe(303);
    expect((await approver.browser.post(`${location}/confirm`, sure)).status).toBe(303);
    expect((await approver.browser.post(`${location}/confirm`, decision(approver))).status).toBe(409);
    await driver.mailed('terminationNotice');
    const after = await approver.browser.get(location ?? '');
    expect(after.html).toContain('入金がないことを確認');
    expect(after.html).not.toContain('二人目の確認待ち');
  });

  test('a backdated cancellation needs its original, waits, and counts from its arrival once another person confirmed it', async () => {
    const { path, driver } = await web.concluded();
    const { firstDay = '' } = (await driver.contract()) ?? {};
    await driver.to(`${addDays(firstDay as CivilDate, 24)}T12:00:00+09:00`);
    const typed = { channel: 'post', arrivedOn: addDays(firstDay as CivilDate, 9), arrivedTime: '10:00' };
    const bare = await preview(operations, path, 'cancellation', typed);
    expect(bare.page.status).toBe(422);
    expect(bare.page.html).toContain('href="#scanFile"');
    expect((await bare.send()).status).toBe(422);
    const target = `${path}/requests/new/cancellation`;
    const body = new FormData();
    const form = await operations.browser.get(target);
    for (const [name, value] of Object.entries({ ...hiddenFields(form), ...typed })) body.set(name, value);
    body.set('scanFile', new File([await readFile('test/data/seal.png')], 'letter.png'));
    const page = await operations.browser.post(target, body);
    expect(page.html).toContain('別の担当者の確認が必要です。');
    const { location } = await operations.browser.post(target, { ...hiddenFields(page), step: 'submit' });
    expect((await operations.browser.get(location ?? '')).html).toContain(
      'あなたが到達日時をさかのぼって入力しました',
    );
    expect((await driver.contract())?.status).toBe('active');
    const task = (await driver.tasks()).find(({ kind }) => kind === 'secondPerson');
    await approver.browser.post(`${location}/confirm`, {
      csrf: approver.csrf,
      commandId: randomUUID(),
      taskId: task?.id ?? '',
      verdict: 'confirm',
      reason: '消印と受付印を確認',
    });
    const endsOn = earliestEnd(Date.parse(`${typed.arrivedOn}T10:00:00+09:00`)).value;
    expect(await driver.contract()).toMatchObject({ status: 'ending', endsOn });
  });

  test('a withdrawal needs consent and a reason, and only where there is a cancellation', async () => {
    const { path, driver } = await web.concluded();
    expect((await operations.browser.get(`${path}/requests/new/cancellationWithdrawal`)).status).toBe(409);
    await driver.ask({ kind: 'cancellation', arrived: new Date().toISOString() });
    const { page } = await preview(operations, path, 'cancellationWithdrawal', byPost());
    expect(page.status).toBe(422);
    expect(page.html).toContain('href="#consent"');
    expect(page.html).toContain('href="#note"');
    const typed = { ...byPost(), consent: 'yes', note: '継続の意向' };
    const { send } = await preview(operations, path, 'cancellationWithdrawal', typed);
    expect((await send()).status).toBe(303);
    expect(await driver.contract()).toMatchObject({ status: 'active', endsOn: null });
  });
});
