import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ApplicationInput } from '../../domain/application/application-input.ts';
import {
  addDays,
  addMonths,
  civilDate,
  firstOfNextMonth,
  formatDateJa,
  jstDate,
  lastOfMonth,
  monthOf,
} from '../../domain/calendar/civil-date.ts';
import { createFileStorage } from '../../storage/file-storage.ts';
import { contractUpdates, contractWorkflowId } from '../../workflows/contract/messages.ts';
import { contractDriver, lifeCalendar, liveThrough, transcript } from '../support/contract-life.ts';
import { deliveries } from '../support/delivered.ts';
import { applicants, staff } from '../support/people.ts';
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

describe('the life of an annual contract on the test clock', () => {
  test('three renewals, a change, a refused downgrade, cancellations on both sides of the cut-off, the end', async () => {
    const driver = await concluded();
    const concludedOn = jstDate(Date.now());
    const { day, lastBefore, month } = lifeCalendar(firstOfNextMonth(concludedOn));
    const answers = await liveThrough(driver);
    expect(answers).toEqual([
      { ok: true, effectiveOn: day(17, 1) },
      { ok: false, code: 'ruleRefuses', clause: '第8条3項' },
      { ok: true, effectiveOn: lastBefore(36) },
      { ok: true, effectiveOn: day(34, 20) },
      { ok: true, effectiveOn: lastBefore(37) },
    ]);
    const life = await transcript(driver);
    expect(life).toMatchObject({ status: 'ended', endsOn: lastBefore(37), planCode: 'premium' });
    expect(life.periods).toEqual([1, 2, 3, 4].map((n) => [n, day(12 * (n - 1), 1), lastBefore(12 * n)]));
    const period = (n: number) => `${day(12 * (n - 1), 1)}..${lastBefore(12 * n)}`;
    expect(life.certificates).toEqual([
      [1, 'initial', concludedOn, period(1), 'superseded'],
      [2, 'renewal/2', day(12, 1), period(2), 'superseded'],
      [3, 'change/<request>', day(17, 1), period(2), 'superseded'],
      [4, 'renewal/3', day(24, 1), period(3), 'superseded'],
      [5, 'end/<request>', day(34, 20), period(3), 'superseded'],
      [6, 'end/<request>', day(34, 20), period(3), 'superseded'],
      [7, 'end/<request>', day(34, 21), period(3), 'superseded'],
      [8, 'renewal/4', day(36, 1), `${day(36, 1)}..${lastBefore(37)}`, 'current'],
    ]);
    expect(life.mails).toEqual([
      ['certificateIssued', 'accepted', monthOf(concludedOn)],
      ['cancelByReminder', 'accepted', month(9)],
      ['certificateIssued', 'accepted', month(12)],
      ['changeAccepted', 'accepted', month(16)],
      ['certificateIssued', 'accepted', month(17)],
      ['changeRefused', 'accepted', month(18)],
      ['cancelByReminder', 'accepted', month(21)],
      ['certificateIssued', 'accepted', month(24)],
      ['cancelByReminder', 'accepted', month(33)],
      ['cancellationAccepted', 'accepted', month(34)],
      ['certificateIssued', 'accepted', month(34)],
      ['cancellationWithdrawn', 'accepted', month(34)],
      ['certificateIssued', 'accepted', month(34)],
      ['cancellationAccepted', 'accepted', month(34)],
      ['certificateIssued', 'accepted', month(34)],
      ['staffReminder', 'accepted', month(34)],
      ['staffReminder', 'accepted', month(34)],
      ['certificateIssued', 'accepted', month(36)],
      ['contractEnded', 'accepted', month(37)],
    ]);
    const storage = createFileStorage(workers.config.DOCUMENTS_DIR);
    for (const { storageKey, number, periodFrom, periodTo, revision } of await driver.certificates()) {
      const text = withoutSpace(pdfText(await storage.get(storageKey)));
      expect(text, `revision ${revision}`).toContain(number);
      expect(text).toContain('株式会社青葉テスト商会');
      for (const date of [periodFrom, periodTo]) expect(text).toContain(formatDateJa(civilDate(date)));
      expect(text).toContain(revision < 3 ? 'スタンダード' : 'プレミアム');
    }
    const sent = (await driver.mails()).map(({ messageId }) =>
      deliveries(workers.config.OUTBOX_DIR ?? '', messageId),
    );
    expect(sent).toEqual(sent.map(() => 1));
    const renewing = (await driver.tasks()).filter(({ kind }) => kind === 'renewsAlthoughCancelled');
    expect(renewing).toHaveLength(1);
  });
});

describe('requests', () => {
  const nextMonth = () => firstOfNextMonth(jstDate(Date.now()));

  test('a change sent twice is accepted once', async () => {
    const driver = await concluded();
    const commandId = randomUUID();
    const arrived = new Date().toISOString();
    const change = { planCode: 'premium' };
    const [first, second] = await Promise.all(
      [1, 2].map(() => driver.ask({ kind: 'change', arrived, change, commandId })),
    );
    expect(first?.answer).toMatchObject({ ok: true });
    expect(second?.answer).toEqual(first?.answer);
    expect((await driver.snapshot())?.pending).toHaveLength(1);
  });

  test('of two changes for one month the later arrival wins, whichever is entered first', async () => {
    const driver = await concluded();
    const now = Date.now();
    const at = (ms: number) => new Date(now + ms).toISOString();
    const earlier = { kind: 'change' as const, arrived: at(-2_000), change: { licences: 20 } };
    const later = await driver.ask({ kind: 'change', arrived: at(-1_000), change: { licences: 30 } });
    const lost = await driver.ask(earlier);
    expect(lost.answer).toMatchObject({ ok: false, clause: '第8条2項' });
    expect(await driver.request(lost.requestId)).toMatchObject({ outcome: 'superseded' });
    expect(await driver.request(later.requestId)).toMatchObject({ outcome: 'accepted' });
    const latest = await driver.ask({ kind: 'change', arrived: at(-500), change: { licences: 40 } });
    expect(latest.answer).toMatchObject({ ok: true });
    expect(await driver.request(later.requestId)).toMatchObject({ outcome: 'superseded' });
  });

  test('year to month waits for the renewal and starts periods of its own there', async () => {
    const driver = await concluded();
    const { answer } = await driver.ask({
      kind: 'change',
      arrived: new Date().toISOString(),
      change: { contractKind: 'monthly' },
    });
    const renewal = addMonths(nextMonth(), 12);
    expect(answer).toMatchObject({ ok: true, effectiveOn: renewal });
    await driver.to(`${addDays(renewal, 40)}T00:00:00+09:00`);
    expect((await driver.snapshot())?.period).toMatchObject({ from: addMonths(renewal, 1), index: 3 });
    expect(await driver.contract()).toMatchObject({ kind: 'monthly' });
  });

  test('a change that would take effect after the end is refused, or dropped when the end comes in later', async () => {
    const driver = await concluded();
    const arrived = new Date().toISOString();
    const pending = await driver.ask({ kind: 'change', arrived, change: { contractKind: 'monthly' } });
    const end = await driver.ask({ kind: 'cancellation', arrived });
    expect(end.answer).toMatchObject({
      ok: true,
      effectiveOn: lastOfMonth(
        addMonths(jstDate(Date.now()), new Date(Date.now() + 9 * 3_600_000).getUTCDate() <= 20 ? 1 : 2),
      ),
    });
    expect(await driver.request(pending.requestId)).toMatchObject({ outcome: 'dropped' });
    const late = await driver.ask({ kind: 'change', arrived, change: { contractKind: 'monthly' } });
    expect(late.answer).toMatchObject({ ok: false, clause: '第10条1項' });
  });

  test('an arrival in the future or before the contract is refused and recorded', async () => {
    const driver = await concluded();
    const future = await driver.ask({
      kind: 'cancellation',
      arrived: new Date(Date.now() + 60_000).toISOString(),
    });
    expect(future.answer).toMatchObject({ ok: false, code: 'invalid' });
    expect(await driver.request(future.requestId)).toMatchObject({ outcome: 'refused' });
    const before = await driver.ask({
      kind: 'cancellation',
      arrived: '2020-01-01T00:00:00+09:00',
      enteredAtMs: 0,
    });
    expect(before.answer).toMatchObject({ ok: false, code: 'invalid' });
    expect((await driver.snapshot())?.status).toBe('active');
  });

  test('a backdated arrival has no effect until another person confirms it', async () => {
    const driver = await concluded();
    const arrived = new Date().toISOString();
    const { requestId, answer } = await driver.ask({
      kind: 'cancellation',
      arrived,
      enteredAtMs: Date.now() + 2 * 86_400_000,
    });
    expect(answer).toMatchObject({ ok: false, code: 'needsSecondPerson' });
    expect(await driver.confirm(requestId, driver.enteredBy, 'confirm')).toMatchObject({
      code: 'samePerson',
    });
    expect((await driver.snapshot())?.endsOn).toBeNull();
    expect(await driver.confirm(requestId, randomUUID(), 'confirm')).toMatchObject({ ok: true });
    expect((await driver.snapshot())?.endsOn).not.toBeNull();
    expect(await driver.request(requestId)).toMatchObject({ outcome: 'accepted' });
  });

  test('immediate termination needs two people and takes effect when the notice was taken', async () => {
    const driver = await concluded({ contractKind: 'monthly' });
    const { requestId, answer } = await driver.ask({
      kind: 'termination',
      arrived: new Date().toISOString(),
      ground: '4',
    });
    expect(answer).toMatchObject({ ok: false, code: 'needsSecondPerson', clause: '第10条2項' });
    expect(await driver.confirm(requestId, randomUUID(), 'confirm')).toMatchObject({ ok: true });
    await driver.over();
    expect(await driver.contract()).toMatchObject({ status: 'terminated', endsOn: jstDate(Date.now()) });
    const late = await driver.ask({ kind: 'cancellation', arrived: new Date().toISOString() });
    expect(late.answer).toMatchObject({ ok: false, code: 'wrongState' });
  });

  test('two cancellations at once: one is accepted, the other is told the end that stands', async () => {
    const driver = await concluded();
    const arrived = new Date().toISOString();
    const both = await Promise.all([1, 2].map(() => driver.ask({ kind: 'cancellation', arrived })));
    expect(both.map(({ answer }) => answer.ok).sort()).toEqual([false, true]);
    await driver.mailed('cancellationAccepted');
  });

  test('an unknown contract is a refusal, not an error', async () => {
    const driver = contractDriver(workers.composed.db, workers.client, randomUUID());
    const command = { commandId: randomUUID(), actor: staff(randomUUID()), requestId: randomUUID() };
    expect(await driver.gateway.request(randomUUID(), 'cancellation', command)).toMatchObject({
      ok: false,
      code: 'wrongState',
    });
  });
});

describe('the test clock', () => {
  test('a target that no server can skip to is taken away again', async () => {
    const driver = await concluded({ contractKind: 'monthly' });
    const workflowId = contractWorkflowId((await driver.contract())?.id ?? '');
    const aim = (targetMs: number | null) =>
      workers.outbox.update(workflowId, contractUpdates.clock, {
        commandId: randomUUID(),
        actor: staff(randomUUID()),
        targetMs,
      });
    expect(await aim(Date.now() + 86_400_000)).toEqual({ ok: true });
    expect((await driver.snapshot())?.clockTargetMs).not.toBeNull();
    expect(await aim(null)).toEqual({ ok: true });
    expect((await driver.snapshot())?.clockTargetMs).toBeNull();
  });
});

describe('monthly contracts', () => {
  test('months roll over by the calendar: a year wakes nobody, writes nothing and mails nothing', async () => {
    const driver = await concluded({ contractKind: 'monthly' });
    await driver.mailed('certificateIssued');
    expect(await driver.snapshot()).toMatchObject({ nextDue: null });
    const { day, lastBefore } = lifeCalendar(firstOfNextMonth(jstDate(Date.now())));
    await driver.to(`${day(11, 15)}T12:00:00+09:00`);
    expect((await driver.snapshot())?.period).toMatchObject({
      index: 12,
      from: day(11, 1),
      to: lastBefore(12),
    });
    expect(await driver.mails()).toHaveLength(1);
    expect(await driver.certificates()).toHaveLength(1);
  });
});
