import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readContractFuture } from '../../db/queries/future/read.ts';
import type { ApplicationInput } from '../../domain/application/application-input.ts';
import { civilDate, firstOfNextMonth, formatDateJa, jstDate } from '../../domain/calendar/civil-date.ts';
import { whatIf } from '../../domain/ending/what-if.ts';
import { contentsOn } from '../../domain/future/project.ts';
import { certificateKey } from '../../domain/period/certificate-cause.ts';
import { createFileStorage } from '../../storage/file-storage.ts';
import { type ContractDriver, contractDriver, lifeCalendar } from '../support/contract-life.ts';
import { mailText } from '../support/mail-text.ts';
import { applicants, eventually } from '../support/people.ts';
import { type RunningWorkers, startWorkers } from '../support/workers.ts';
import { pdfText, withoutSpace } from '../templates/pdf/read-pdf.ts';

let workers: RunningWorkers;
beforeAll(async () => {
  workers = await startWorkers();
});
afterAll(async () => workers.stop());

async function concluded(changes: Partial<ApplicationInput> = {}) {
  const { db } = workers.composed;
  const contractId = await applicants(db, workers.client).conclude(changes);
  return contractDriver(db, workers.client, contractId);
}

/** Two moments of today, the later one second. */
function moments() {
  const now = Date.now();
  return [2_000, 1_000].map((ago) => new Date(now - ago).toISOString()) as [string, string];
}

const calendar = () => lifeCalendar(firstOfNextMonth(jstDate(Date.now())));

const outcomeOf = async (driver: ContractDriver, requestId: string) =>
  (await driver.request(requestId))?.outcome;

async function textOf(driver: ContractDriver, kind: string, times = 1): Promise<string> {
  await driver.mailed(kind, times);
  const sent = (await driver.mails()).filter((mail) => mail.kind === kind);
  const texts = await Promise.all(
    sent.map(({ storageKey }) => mailText(workers.config.DOCUMENTS_DIR, storageKey)),
  );
  return texts.map((text) => text.replaceAll(/\s/g, '')).join('\n');
}

const causes = async (driver: ContractDriver) =>
  (await driver.certificates()).map((row) => certificateKey({ kind: row.causeKind, ref: row.causeRef }));

describe('changes of one contract', () => {
  test('walk p1: an older change never undoes a later upgrade: what the later arrival altered, it has taken over', async () => {
    const driver = await concluded({ planCode: 'lite', licences: 3 });
    const { day } = calendar();
    const [first, second] = moments();
    const a = await driver.ask({
      kind: 'change',
      arrived: first,
      change: { contractKind: 'monthly', planCode: 'standard', licences: 20 },
    });
    expect(a.answer).toMatchObject({ ok: true, effectiveOn: day(12, 1) });
    const b = await driver.ask({
      kind: 'change',
      arrived: second,
      change: { planCode: 'premium', licences: 40 },
    });
    expect(b.answer).toMatchObject({ ok: true });
    expect(await driver.request(a.requestId)).toMatchObject({
      outcome: 'accepted',
      overtaken: ['planCode', 'licences'],
    });
    const told = await textOf(driver, 'changeAccepted', 2);
    expect(told).toContain('一部は後に届いたお申し込みが優先し');
    await driver.to(`${day(12, 2)}T12:00:00+09:00`);
    expect(await driver.contract()).toMatchObject({ kind: 'monthly', planCode: 'premium', licences: 40 });
    expect((await driver.snapshot())?.period).toMatchObject({ from: day(12, 1), index: 2 });
  });

  test('walk p2: a change of kind is taken back: nothing happens on its day, nothing is certified, its customer is told', async () => {
    const driver = await concluded();
    const { day, lastBefore } = calendar();
    const [first, second] = moments();
    const a = await driver.ask({ kind: 'change', arrived: first, change: { contractKind: 'monthly' } });
    const b = await driver.ask({ kind: 'change', arrived: second, change: { contractKind: 'annual' } });
    expect(b.answer).toMatchObject({ ok: true, effectiveOn: jstDate(Date.now()) });
    expect(await outcomeOf(driver, a.requestId)).toBe('superseded');
    expect(await outcomeOf(driver, b.requestId)).toBe('done');
    expect((await driver.snapshot())?.pending).toEqual([]);
    expect(await textOf(driver, 'changeTakenBack')).toContain('差し替えられ、適用されません');
    await driver.to(`${day(12, 2)}T12:00:00+09:00`);
    expect((await driver.periods()).at(-1)).toMatchObject({ from: day(12, 1), to: lastBefore(24) });
    expect(await driver.contract()).toMatchObject({ kind: 'annual' });
    await driver.mailed('certificateIssued', 2);
    expect(await causes(driver)).toEqual(['initial', 'renewal/2']);
  });

  test('walk p3: two of different months go together: what nobody touched stays pending', async () => {
    const driver = await concluded({ options: [] });
    const { day } = calendar();
    await driver.ask({
      kind: 'change',
      arrived: new Date().toISOString(),
      change: { options: [{ code: 'sms', quantity: 1 }] },
    });
    await driver.to(`${day(2, 6)}T12:00:00+09:00`);
    await driver.ask({
      kind: 'change',
      arrived: `${day(2, 6)}T10:00:00+09:00`,
      change: { planCode: 'premium' },
    });
    await driver.to(`${day(4, 2)}T12:00:00+09:00`);
    expect(await driver.contract()).toMatchObject({
      planCode: 'premium',
      options: [{ code: 'sms', quantity: 1 }],
    });
  });

  test('of two late papers the later arrival counts, whichever is confirmed last', async () => {
    const driver = await concluded();
    const { day } = calendar();
    await driver.to(`${day(3, 20)}T12:00:00+09:00`);
    const paper = (arrivedOn: string, licences: number) =>
      driver.ask({ kind: 'change', arrived: `${arrivedOn}T10:00:00+09:00`, change: { licences } });
    const earlier = await paper(day(2, 3), 20);
    const later = await paper(day(2, 4), 30);
    expect(earlier.answer).toMatchObject({ code: 'needsSecondPerson' });
    expect(await driver.confirm(later.requestId, randomUUID(), 'confirm')).toMatchObject({
      ok: true,
      effectiveOn: day(3, 1),
    });
    await driver.to(`${day(3, 21)}T12:00:00+09:00`);
    expect(await driver.contract()).toMatchObject({ licences: 30 });
    await driver.confirm(earlier.requestId, randomUUID(), 'confirm');
    await driver.to(`${day(4, 2)}T12:00:00+09:00`);
    expect(await outcomeOf(driver, earlier.requestId)).toBe('superseded');
    expect(await driver.contract()).toMatchObject({ licences: 30 });
  });

  test('a part that the operator terminated does not come back by a change from before (第10条2項)', async () => {
    const driver = await concluded({ options: [{ code: 'sms', quantity: 1 }] });
    const { day } = calendar();
    const [first] = moments();
    const change = await driver.ask({
      kind: 'change',
      arrived: first,
      change: { options: [{ code: 'sms', quantity: 3 }], licences: 20 },
    });
    const stop = await driver.ask({
      kind: 'termination',
      arrived: new Date().toISOString(),
      ground: '4',
      change: { options: [{ code: 'sms', quantity: 0 }] },
    });
    await driver.confirm(stop.requestId, randomUUID(), 'confirm');
    expect(await textOf(driver, 'changesSettled')).toContain('残りを');
    expect(await driver.request(change.requestId)).toMatchObject({ overtaken: ['option:sms'] });
    await driver.to(`${day(3, 2)}T12:00:00+09:00`);
    expect(await driver.contract()).toMatchObject({ options: [], licences: 20 });
  });

  test('a late paper about the kind takes the place of the renewal that is on record', async () => {
    const driver = await concluded();
    const { day, lastBefore } = calendar();
    await driver.to(`${day(12, 10)}T12:00:00+09:00`);
    expect((await driver.periods()).at(-1)).toMatchObject({ index: 2, to: lastBefore(24) });
    const late = await driver.ask({
      kind: 'change',
      arrived: `${day(11, 3)}T10:00:00+09:00`,
      change: { contractKind: 'monthly' },
    });
    expect(await driver.confirm(late.requestId, randomUUID(), 'confirm')).toMatchObject({
      effectiveOn: day(12, 1),
    });
    await driver.to(`${day(13, 2)}T12:00:00+09:00`);
    expect((await driver.periods()).map(({ to }) => to)).toEqual([lastBefore(12), lastBefore(13)]);
    expect((await driver.snapshot())?.period).toMatchObject({ index: 3, from: day(13, 1) });
    expect(await driver.contract()).toMatchObject({ kind: 'monthly' });
  });
});

describe('a cancellation and what is pending', () => {
  test('walk p4: the change that it drops is told, and comes back when the cancellation is withdrawn', async () => {
    const driver = await concluded({ licences: 12 });
    const { day } = calendar();
    await driver.to(`${day(0, 6)}T12:00:00+09:00`);
    const arrived = `${day(0, 6)}T11:00:00+09:00`;
    const change = await driver.ask({ kind: 'change', arrived, change: { licences: 20 } });
    expect(change.answer).toMatchObject({ effectiveOn: day(2, 1) });
    await driver.ask({ kind: 'cancellation', arrived });
    expect(await outcomeOf(driver, change.requestId)).toBe('dropped');
    expect(await textOf(driver, 'cancellationAccepted')).toContain(
      '到着の変更（ユーザーライセンスを20に）：適用されません',
    );
    await driver.ask({ kind: 'cancellationWithdrawal', arrived });
    expect(await driver.request(change.requestId)).toMatchObject({
      outcome: 'accepted',
      computedOn: day(2, 1),
    });
    expect(await textOf(driver, 'cancellationWithdrawn')).toContain('あらためて有効となり');
    await driver.to(`${day(2, 2)}T12:00:00+09:00`);
    expect(await driver.contract()).toMatchObject({ licences: 20 });
  });

  test('walk q1: a contract that becomes monthly is told, reminded and cancelled as one', async () => {
    const driver = await concluded({ licences: 12, options: [] });
    const { day, lastBefore } = calendar();
    const [arrived] = moments();
    await driver.ask({ kind: 'change', arrived, change: { contractKind: 'monthly' } });
    await driver.to(`${day(11, 10)}T12:00:00+09:00`);
    expect(await textOf(driver, 'cancelByReminder')).toContain('更新日から月額契約として1か月ごとに更新');
    const { facts, future } = await readContractFuture(workers.composed.db, {
      contractId: (await driver.contract())?.id ?? '',
      today: civilDate(day(11, 10)),
    });
    expect(contentsOn(future, day(12, 1)).kind).toBe('monthly');
    const instantMs = Date.parse(`${day(11, 10)}T00:00:00+09:00`);
    const asked = whatIf({ facts, instantMs, balanceYen: 0 });
    expect(asked.feesDue.value.totalYen).toBe(38_400);
    const end = await driver.ask({ kind: 'cancellation', arrived: `${day(11, 10)}T00:00:00+09:00` });
    expect(end.answer).toMatchObject({ ok: true, effectiveOn: lastBefore(13) });
    expect((await driver.tasks()).map(({ kind }) => kind)).not.toContain('renewsAlthoughCancelled');
    const told = await textOf(driver, 'cancellationAccepted');
    expect(told).not.toContain(formatDateJa(civilDate(lastBefore(24))));
    await driver.to(`${day(13, 2)}T12:00:00+09:00`);
    expect(await driver.contract()).toMatchObject({ status: 'ended', kind: 'monthly' });
  });

  test('walk w1: the task that warns of a renewal is reminded of, escalated, and ends with its cause', async () => {
    const driver = await concluded();
    const { day } = calendar();
    await driver.to(`${day(11, 1)}T12:00:00+09:00`);
    await driver.ask({ kind: 'cancellation', arrived: `${day(11, 1)}T11:00:00+09:00` });
    const task = async () =>
      (await driver.tasks()).find(({ kind }) => kind === 'renewsAlthoughCancelled') ?? null;
    expect(await task()).toMatchObject({ status: 'open' });
    await driver.to(`${day(11, 12)}T12:00:00+09:00`);
    expect(await task()).toMatchObject({
      status: 'open',
      remindedAt: expect.any(Date),
      escalatedAt: expect.any(Date),
    });
    await driver.mailed('staffReminder', 2);
    await driver.ask({ kind: 'cancellationWithdrawal', arrived: `${day(11, 12)}T11:00:00+09:00` });
    expect(await task()).toMatchObject({ status: 'cancelled' });
    await driver.to(`${day(13, 2)}T12:00:00+09:00`);
    expect((await driver.mails()).filter(({ kind }) => kind === 'staffReminder')).toHaveLength(2);
  });

  test('a wish that is no month end opens a task and asks the customer; both end with the cancellation', async () => {
    const driver = await concluded({ contractKind: 'monthly' });
    const { day } = calendar();
    const [arrived] = moments();
    await driver.ask({ kind: 'cancellation', arrived, wish: day(4, 10) });
    const task = async () => (await driver.tasks()).find(({ kind }) => kind === 'endToConfirm') ?? null;
    expect(await task()).toMatchObject({ status: 'open', role: 'operations' });
    expect(await textOf(driver, 'cancellationAccepted')).toContain('この日でよろしいか');
    await driver.ask({ kind: 'cancellationWithdrawal', arrived });
    expect(await task()).toMatchObject({ status: 'cancelled' });
  });
});

describe('what is certified', () => {
  test('follows the end: fixed, withdrawn, and no period past it', async () => {
    const driver = await concluded();
    const { lastBefore } = calendar();
    const [arrived] = moments();
    const cancelled = await driver.ask({ kind: 'cancellation', arrived });
    const endsOn = cancelled.answer.ok ? cancelled.answer.effectiveOn : '';
    await driver.mailed('certificateIssued', 2);
    await driver.ask({ kind: 'cancellationWithdrawal', arrived });
    await driver.mailed('certificateIssued', 3);
    const rows = await driver.certificates();
    expect(rows.map(({ status, periodTo }) => [status, periodTo])).toEqual([
      ['superseded', lastBefore(12)],
      ['superseded', endsOn],
      ['current', lastBefore(12)],
    ]);
    const storage = createFileStorage(workers.config.DOCUMENTS_DIR);
    const texts = await Promise.all(
      rows.map(async ({ storageKey }) => withoutSpace(pdfText(await storage.get(storageKey)))),
    );
    expect(texts[1]).toContain('自動更新なし');
    expect(texts[1]).toContain('契約終了日');
    expect(texts[1]).not.toContain('次回の解約申請期限');
    expect(texts[2]).toContain('自動更新あり');
    expect(texts[2]).not.toContain('契約終了日');
  });

  test('a certificate that cannot be drawn silences no mail', async () => {
    const driver = await concluded();
    const { day } = calendar();
    await driver.mailed('certificateIssued');
    await driver.spoilName('株式会社\u2064サンプル');
    await driver.ask({ kind: 'change', arrived: new Date().toISOString(), change: { licences: 20 } });
    await driver.to(`${day(10, 25)}T12:00:00+09:00`);
    await eventually('a task about the certificate', async () =>
      (await driver.tasks()).find(({ kind }) => kind === 'certificateProblem'),
    );
    await driver.mailed('cancelByReminder');
    await driver.ask({ kind: 'cancellation', arrived: `${day(10, 20)}T11:00:00+09:00` });
    expect(await causes(driver)).toEqual(['initial']);
  });
});
