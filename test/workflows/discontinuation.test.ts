import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { announcedDiscontinuations } from '../../db/queries/discontinuation/find.ts';
import type { ApplicationInput } from '../../domain/application/application-input.ts';
import {
  addDays,
  addMonths,
  type CivilDate,
  firstOfNextMonth,
  jstDate,
  jstInstant,
  lastOfMonth,
} from '../../domain/calendar/civil-date.ts';
import { contractDriver } from '../support/contract-life.ts';
import { discontinuationDriver } from '../support/discontinuations.ts';
import { applicants, eventually, staff } from '../support/people.ts';
import { type RunningWorkers, startWorkers } from '../support/workers.ts';

let workers: RunningWorkers;
let drive: ReturnType<typeof discontinuationDriver>;
beforeAll(async () => {
  workers = await startWorkers();
  drive = discontinuationDriver(workers.composed.db, workers.client);
});
afterAll(async () => workers.stop());

async function concluded(changes: Partial<ApplicationInput> = {}) {
  const { db } = workers.composed;
  const contractId = await applicants(db, workers.client).conclude({ planCode: 'lite', ...changes });
  return { contractId, driver: contractDriver(db, workers.client, contractId) };
}

/** Less than six months ahead, and after the earliest end that a cancellation of today has. */
const lastDay = () => lastOfMonth(addMonths(firstOfNextMonth(jstDate(Date.now())), 2));
const past = (day: CivilDate) => jstInstant(addDays(day, 1)) + 3_600_000;

describe('two people approve', () => {
  test('neither the proposer nor the first person may be the second; a command sent twice decides once', async () => {
    const proposer = randomUUID();
    const id = await drive.propose({ lastDay: lastDay(), planCode: 'premium', enteredBy: proposer });
    expect(await drive.decide(id, 'discontinuationReview', 'agree', proposer)).toMatchObject({
      code: 'samePerson',
    });
    const [reviewer, commandId] = [randomUUID(), randomUUID()];
    const task = await drive.taskOf(id, 'discontinuationReview');
    const command = {
      commandId,
      actor: staff(reviewer),
      taskId: task.id,
      decisionId: randomUUID(),
      verdict: 'agree' as const,
    };
    const both = await Promise.all([drive.gateway.decide(id, command), drive.gateway.decide(id, command)]);
    expect(both).toEqual([{ ok: true }, { ok: true }]);
    expect(await drive.decide(id, 'discontinuationApproval', 'agree', reviewer)).toMatchObject({
      code: 'samePerson',
    });
    expect(await drive.row(id)).toMatchObject({ status: 'approval', version: 0, announcedOn: null });
    expect(await drive.decide(id, 'discontinuationApproval', 'reject')).toEqual({ ok: true });
    await drive.over(id);
    expect(await drive.row(id)).toMatchObject({ status: 'rejected' });
    expect(await drive.recompute(id)).toMatchObject({ ok: false, code: 'wrongState' });
  });

  test('silence: both are reminded and escalated, and a proposal whose last day is over lapses', async () => {
    const id = await drive.propose({ lastDay: lastDay(), planCode: 'premium' });
    await drive.taskOf(id, 'discontinuationReview');
    await drive.to(id, past(lastDay()));
    await drive.over(id);
    expect(await drive.row(id)).toMatchObject({ status: 'rejected', announcedOn: null });
    const [task] = await workers.composed.db.query.tasks.findMany({
      where: (t, { eq }) => eq(t.subjectId, id),
    });
    expect(task).toMatchObject({ status: 'cancelled' });
    expect([task?.remindedAt, task?.escalatedAt].every((at) => at instanceof Date)).toBe(true);
  });
});

describe('an announced discontinuation', () => {
  test('shortens the contract; a cancellation before the last day works, its withdrawal leads back to the last day; called off, the contract goes on', async () => {
    const { contractId, driver } = await concluded({ contractKind: 'monthly' });
    const day = lastDay();
    const id = await drive.propose({ lastDay: day, planCode: 'lite' });
    await drive.approve(id);
    expect(await driver.contract()).toMatchObject({ status: 'ending', endsOn: day, discontinuationId: id });
    expect(await driver.snapshot()).toMatchObject({ status: 'ending', endsOn: day, nextDue: 'end' });
    const { db } = workers.composed;
    expect(await announcedDiscontinuations(db, { sandbox: true, planCode: 'lite' })).toContainEqual({
      planCode: 'lite',
      lastDay: day,
    });

    const arrived = new Date().toISOString();
    const cancelled = await driver.ask({ kind: 'cancellation', arrived });
    if (!cancelled.answer.ok) throw new Error(cancelled.answer.message);
    expect(cancelled.answer.effectiveOn < day).toBe(true);
    expect(await driver.contract()).toMatchObject({
      endsOn: cancelled.answer.effectiveOn,
      discontinuedOn: day,
    });
    await driver.ask({ kind: 'cancellationWithdrawal', arrived });
    expect(await driver.contract()).toMatchObject({ status: 'ending', endsOn: day, ownEndsOn: null });

    const later = await driver.ask({ kind: 'cancellation', arrived, wish: lastOfMonth(addMonths(day, 2)) });
    expect(later.answer).toMatchObject({ ok: true, effectiveOn: day });
    expect(await driver.contract()).toMatchObject({ endsOn: day, ownEndsOn: lastOfMonth(addMonths(day, 2)) });

    const commandId = randomUUID();
    expect(await drive.cancel(id, commandId)).toEqual({ ok: true });
    await drive.over(id);
    await eventually('the contract has its own end again', async () =>
      (await driver.contract())?.discontinuationId === null ? true : null,
    );
    expect(await driver.contract()).toMatchObject({
      status: 'ending',
      endsOn: lastOfMonth(addMonths(day, 2)),
      ownEndsOn: null,
    });
    const steps = await db.query.notices.findMany({ where: (t, { eq }) => eq(t.causeId, id) });
    expect(steps.map(({ causeStep }) => causeStep).toSorted()).toEqual(['announcement', 'cancelled']);
    const told = await db.query.noticeAudience.findMany({
      where: (t, { eq }) => eq(t.contractId, contractId),
    });
    expect(told.filter(({ noticeId }) => steps.some((step) => step.id === noticeId))).toHaveLength(2);
    expect(await announcedDiscontinuations(db, { sandbox: true, planCode: 'lite' })).toEqual([]);
  });

  test('a task about the end that a contract would have had is closed with the announcement of an earlier one', async () => {
    const { driver } = await concluded({ contractKind: 'monthly' });
    const wish = addDays(lastOfMonth(addMonths(lastDay(), 3)), -10);
    const asked = await driver.ask({ kind: 'cancellation', arrived: new Date().toISOString(), wish });
    expect(asked.answer).toMatchObject({ ok: true });
    const task = async () => (await driver.tasks()).find(({ kind }) => kind === 'endToConfirm')?.status;
    expect(await task()).toBe('open');
    const id = await drive.propose({ lastDay: lastDay(), planCode: 'lite' });
    await drive.approve(id);
    await eventually('the task is closed', async () => ((await task()) === 'cancelled' ? true : null));
    expect(await drive.cancel(id)).toEqual({ ok: true });
    await drive.over(id);
  });

  test('a contract that moves to another plan on the day after the last one goes on, and no change leads to the plan any more', async () => {
    const { driver } = await concluded();
    const other = await concluded({ planCode: 'lite' });
    const day = lastDay();
    const id = await drive.propose({ lastDay: day, planCode: 'lite' });
    await drive.approve(id);
    const arrived = new Date().toISOString();
    const moved = await driver.ask({ kind: 'change', arrived, change: { planCode: 'premium' } });
    if (!moved.answer.ok) throw new Error(moved.answer.message);
    expect(await driver.contract()).toMatchObject({ endsOn: day });
    await driver.to(`${addDays(moved.answer.effectiveOn as CivilDate, 1)}T12:00:00+09:00`);
    expect(await driver.contract()).toMatchObject({
      ...{ planCode: 'premium', status: 'active', endsOn: null, discontinuationId: null },
    });
    const standard = await concluded({ planCode: 'standard' });
    const onto = await standard.driver.ask({ kind: 'change', arrived, change: { planCode: 'lite' } });
    expect(onto.answer).toMatchObject({ ok: false });
    await drive.to(id, past(day));
    await drive.inStatus(id, 'refundReview');
    expect(await driver.contract()).toMatchObject({ status: 'active' });
    await eventually('the other contract has ended', async () =>
      (await other.driver.contract())?.status === 'ended' ? true : null,
    );
    const [, final] = await drive.versions(id);
    const rows = await drive.rows(id, final?.version ?? 0);
    expect(rows.some(({ contractId }) => contractId === other.contractId)).toBe(true);
    expect(rows.some(({ contractId }) => contractId === standard.contractId)).toBe(false);
  });

  test('what a contract certifies that leaves the plan in time renews, and says until when it can be cancelled', async () => {
    const { driver } = await concluded({ contractKind: 'annual' });
    const arrived = new Date().toISOString();
    const moved = await driver.ask({ kind: 'change', arrived, change: { planCode: 'premium' } });
    expect(moved.answer).toMatchObject({ ok: true });
    const id = await drive.propose({ lastDay: lastDay(), planCode: 'lite' });
    await drive.approve(id);
    const certificate = await eventually('the announced end is certified', async () =>
      (await driver.certificates()).find(({ causeKind }) => causeKind === 'end'),
    );
    const { cancelBy, autoRenewal, endsOn } = JSON.parse(certificate.payload);
    expect({ autoRenewal, endsOn }).toEqual({ autoRenewal: true, endsOn: undefined });
    expect(cancelBy).toMatch(/-20$/);
    expect(await drive.cancel(id)).toEqual({ ok: true });
    await drive.over(id);
  });

  test('new figures are versions of their own, in as many runs as the history needs, and who ended twice ends once', async () => {
    const { driver } = await concluded({ contractKind: 'annual' });
    const day = lastDay();
    const id = await drive.propose({ lastDay: day, planCode: 'lite', historyLimit: 60 });
    await drive.approve(id);
    const commandId = randomUUID();
    expect([await drive.recompute(id, commandId), await drive.recompute(id, commandId)]).toEqual([
      { ok: true },
      { ok: true },
    ]);
    await drive.to(id, past(day));
    await drive.inStatus(id, 'refundReview');
    expect((await drive.versions(id)).map(({ version, kind }) => [version, kind])).toEqual([
      [1, 'approved'],
      [2, 'recomputed'],
      [3, 'final'],
    ]);
    await eventually('the contract has ended', async () =>
      (await driver.contract())?.status === 'ended' ? true : null,
    );
    expect(await driver.contract()).toMatchObject({ endsOn: day });
    await driver.mailed('contractEnded');
    expect((await driver.mails()).filter(({ kind }) => kind === 'contractEnded')).toHaveLength(1);
  });
});
