import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { readUsage } from '../../db/queries/telephony/usage.ts';
import { addDays, jstDate, jstInstant } from '../../domain/calendar/civil-date.ts';
import { createFileStorage } from '../../storage/file-storage.ts';
import { contractDriver } from '../support/contract-life.ts';
import { type OffBoardingDriver, offBoardingDriver } from '../support/off-boarding-driver.ts';
import { eventually } from '../support/people.ts';
import { startTwilioServer, type TwilioServer } from '../support/twilio-server.ts';
import { type RunningWorkers, startWorkers } from '../support/workers.ts';

const NUMBERS = ['+815012340001', '+815012340002', '+815012340003'];

describe('with the telephony provider', () => {
  let server: TwilioServer;
  let workers: RunningWorkers;
  let driver: OffBoardingDriver;
  beforeAll(async () => {
    server = await startTwilioServer({ maxPage: 2 });
    workers = await startWorkers({
      TWILIO_ACCOUNT_SID: server.accountSid,
      TWILIO_AUTH_TOKEN: server.authToken,
      TWILIO_BASE_URL: server.url,
    });
    driver = offBoardingDriver(workers.composed.db, workers.client);
  });
  afterEach(() => server.recover());
  afterAll(async () => {
    await workers.stop();
    await server.close();
    expect(server.misfits).toEqual([]);
  });

  const tasksOf = (contractId: string, kind: 'offBoardingProblem' | 'offBoardingWork') =>
    workers.composed.db.query.tasks.findMany({
      where: (t, { and, eq }) => and(eq(t.subjectId, contractId), eq(t.kind, kind)),
    });
  const mailsOf = (contractId: string) =>
    workers.composed.db.query.mails.findMany({
      where: (t, { and, eq }) => and(eq(t.subjectId, contractId), eq(t.kind, 'finalStatement')),
    });
  const effectsOf = (sid: string) => server.effects.filter((effect) => effect.endsWith(sid));

  test('a cancelled contract: off at the end of the last day, usage read twice, then numbers and subaccount go, once each', async () => {
    const usageOn = addDays(jstDate(Date.now()), 1);
    const sid = server.addAccount({ numbers: NUMBERS });
    const contractId = await driver.contract({ subaccountSid: sid, numbers: NUMBERS, balanceYen: 12_345 });
    const life = contractDriver(workers.composed.db, workers.client, contractId);
    const { answer } = await life.ask({ kind: 'cancellation', arrived: new Date().toISOString() });
    if (!answer.ok) throw new Error(answer.message);
    const endedOn = answer.effectiveOn;
    server.addUsage(sid, { category: 'calls', on: endedOn, count: '4', usage: '9', price: 0.4 });
    server.addUsage(sid, { category: 'calls', on: usageOn, count: '1', usage: '1', price: 0.1 });
    expect(server.statusOf(sid)).toBe('active');
    await life.to(`${addDays(endedOn as never, 1)}T12:00:00+09:00`);
    await life.over();

    await driver.reached(contractId, 'usageRead', 'done');
    expect(server.statusOf(sid)).toBe('suspended');
    const suspended = await driver.stepOf(contractId, 'serviceOff');
    const end = jstInstant(addDays(endedOn as never, 1));
    expect((suspended?.changedAt.getTime() ?? 0) - end).toBeGreaterThanOrEqual(0);
    expect((suspended?.changedAt.getTime() ?? 0) - end).toBeLessThan(12 * 3_600_000);
    expect(server.numbersOf(sid)).toEqual(NUMBERS);
    expect((await driver.stepOf(contractId, 'usageSettled'))?.state).toBe('waiting');

    // A call that the provider counts days later.
    server.addUsage(sid, { category: 'sms', on: endedOn, count: '2', usage: '2', price: 0.2 });
    await driver.pass(contractId, 6);
    await driver.reached(contractId, 'statementSent', 'done');
    const { answer: done } = await driver.decide(contractId, 'accountsClosed', 'complete');
    expect(done).toEqual({ ok: true });
    await driver.over(contractId);

    expect(await driver.steps(contractId)).toEqual([
      ['serviceOff', 'done'],
      ['accountsClosed', 'done'],
      ['partnerTold', 'notNeeded'],
      ['usageRead', 'done', expect.any(Number)],
      ['usageSettled', 'done', expect.any(Number)],
      ['prepaidForfeited', 'done', 12_345],
      ['numbersReleased', 'done', 3],
      ['subaccountClosed', 'done'],
      ['statementSent', 'done'],
    ]);
    expect(effectsOf(sid)).toEqual([`suspended ${sid}`, `closed ${sid}`]);
    const mine = server.effects.slice(server.effects.indexOf(`suspended ${sid}`));
    expect(mine.filter((effect) => effect.startsWith('released'))).toHaveLength(3);
    const usage = await readUsage(workers.composed.db, contractId);
    expect(usage.filter(({ usageOn: on }) => on === endedOn).map(({ category }) => category)).toEqual([
      'calls',
      'sms',
    ]);
    const ledger = await workers.composed.db.query.prepaidLedger.findMany({
      where: (t, { eq }) => eq(t.contractId, contractId),
      orderBy: (t, { desc }) => desc(t.amountYen),
    });
    expect(ledger.map(({ kind, amountYen, on }) => [kind, amountYen, on])).toEqual([
      ['opening', 12_345, endedOn],
      ['forfeiture', -12_345, endedOn],
    ]);
    expect(await life.contract()).toMatchObject({ prepaidBalanceYen: 0 });
    const [statement, ...others] = await mailsOf(contractId);
    expect(others).toEqual([]);
    expect(statement?.status).toBe('accepted');
    const raw = await createFileStorage(workers.config.DOCUMENTS_DIR).get(statement?.storageKey ?? '');
    expect(decoded(raw)).toContain('12,345円');
    expect(await tasksOf(contractId, 'offBoardingProblem')).toEqual([]);
  });

  test('after an immediate termination the service is off at once; a partner is told by hand', async () => {
    const sid = server.addAccount({ numbers: ['+815012349999'] });
    const contractId = await driver.contract({ subaccountSid: sid }, { partnerName: '株式会社販売店テスト' });
    await driver.terminate(contractId);
    await driver.reached(contractId, 'serviceOff', 'done');
    expect(server.statusOf(sid)).toBe('suspended');
    await driver.pass(contractId, 7);
    await driver.reached(contractId, 'subaccountClosed', 'done');
    await driver.decide(contractId, 'accountsClosed', 'complete');
    expect(await driver.stepOf(contractId, 'partnerTold')).toMatchObject({ state: 'waiting', cause: 'work' });
    const { answer } = await driver.decide(contractId, 'partnerTold', 'retry');
    expect(answer).toMatchObject({ ok: false, code: 'notAllowed' });
    await driver.decide(contractId, 'partnerTold', 'complete');
    await driver.over(contractId);
    expect(await tasksOf(contractId, 'offBoardingWork')).toMatchObject([
      { status: 'done' },
      { status: 'done' },
    ]);
  });

  test('the provider is away for a day: staff get a task after half of it, and it goes on by itself when it is back', async () => {
    const sid = server.addAccount({ numbers: NUMBERS });
    const contractId = await driver.contract({ subaccountSid: sid });
    server.always({ status: 503 });
    await driver.terminate(contractId);
    await eventually('the first try has failed', async () => {
      const row = await driver.stepOf(contractId, 'serviceOff');
      return row?.cause === 'unavailable' ? row : null;
    });
    expect(await tasksOf(contractId, 'offBoardingProblem')).toEqual([]);
    await driver.pass(contractId, 1);
    const stuck = await driver.reached(contractId, 'serviceOff', 'stuck');
    expect(stuck.cause).toBe('unavailable');
    expect(await tasksOf(contractId, 'offBoardingProblem')).toMatchObject([
      { status: 'open', about: 'serviceOff' },
    ]);
    server.recover();
    await driver.pass(contractId, 0.5);
    await driver.reached(contractId, 'serviceOff', 'done');
    expect(await tasksOf(contractId, 'offBoardingProblem')).toMatchObject([{ status: 'done' }]);
    expect(server.statusOf(sid)).toBe('suspended');
  }, 120_000);

  test('a connection that breaks after the release and after the closing: the second call finds it done', async () => {
    const sid = server.addAccount({ numbers: ['+815012348888'] });
    const contractId = await driver.contract({ subaccountSid: sid });
    server.trouble('DeleteIncomingPhoneNumber', 'cut');
    server.trouble('UpdateAccount', 'cut', 'cut');
    server.trouble('ListUsageRecordDaily', { status: 429, retryAfter: 1 }, { status: 500 }, 'garbage');
    await driver.terminate(contractId);
    await driver.pass(contractId, 7);
    await driver.reached(contractId, 'subaccountClosed', 'done');
    expect(effectsOf(sid)).toEqual([`suspended ${sid}`, `closed ${sid}`]);
    expect(await driver.stepOf(contractId, 'numbersReleased')).toMatchObject({ state: 'done', amount: 1 });
    expect(await tasksOf(contractId, 'offBoardingProblem')).toEqual([]);
  });

  test('a refusal becomes a task at once: tried again, then done by hand, with who, when and why, once for each command', async () => {
    const sid = server.addAccount();
    const contractId = await driver.contract({ subaccountSid: sid });
    server.trouble('FetchAccount', { status: 403 }, { status: 401 });
    await driver.terminate(contractId);
    await driver.reached(contractId, 'serviceOff', 'stuck');
    expect(await driver.decide(contractId, 'serviceOff', 'retry')).toMatchObject({ answer: { ok: true } });
    await eventually('it was asked again', async () =>
      server.requests.filter((request) => request.endsWith(`/Accounts/${sid}.json`)).length >= 2
        ? true
        : null,
    );
    expect(await tasksOf(contractId, 'offBoardingProblem')).toHaveLength(1);

    const staffId = randomUUID();
    const { command, answer } = await driver.decide(
      contractId,
      'serviceOff',
      'complete',
      randomUUID(),
      staffId,
    );
    expect(answer).toEqual({ ok: true });
    expect(await driver.gateway.decideStep(contractId, command)).toEqual({ ok: true });
    const row = await driver.reached(contractId, 'serviceOff', 'done');
    expect(row).toMatchObject({ completedBy: staffId, decisionId: command.decisionId });
    const decision = await workers.composed.db.query.decisions.findFirst({
      where: (t, { eq }) => eq(t.id, command.decisionId),
    });
    expect(decision).toMatchObject({ outcome: 'effective', staffId });
    expect(
      await driver.gateway.decideStep(contractId, { ...command, commandId: randomUUID() }),
    ).toMatchObject({
      ok: false,
      code: 'stale',
    });
    await driver.reached(contractId, 'usageRead', 'done');
  });

  test('numbers without a subaccount on record are a task; a contract without either needs nothing', async () => {
    const unknown = await driver.contract({ numbers: NUMBERS });
    await driver.terminate(unknown);
    expect(await driver.reached(unknown, 'serviceOff', 'stuck')).toMatchObject({ cause: 'notRegistered' });
    const none = await driver.contract();
    await driver.terminate(none);
    await driver.reached(none, 'usageRead', 'notNeeded');
    expect((await driver.steps(none)).slice(0, 5)).toEqual([
      ['serviceOff', 'notNeeded'],
      ['accountsClosed', 'waiting'],
      ['partnerTold', 'notNeeded'],
      ['usageRead', 'notNeeded'],
      ['usageSettled', 'waiting'],
    ]);
  });

  test('work that nobody does is reminded of, then escalated, and stays open', async () => {
    const contractId = await driver.contract();
    await driver.terminate(contractId);
    await driver.taskOf(contractId, 'accountsClosed');
    await driver.pass(contractId, 30);
    const task = await eventually('it was escalated', async () => {
      const open = await driver.taskOf(contractId, 'accountsClosed');
      return open.escalatedAt === null ? null : open;
    });
    expect(task.remindedAt).not.toBeNull();
    expect(task.status).toBe('open');
  });
});

describe('without an account at the telephony provider', () => {
  let workers: RunningWorkers;
  let driver: OffBoardingDriver;
  beforeAll(async () => {
    workers = await startWorkers();
    driver = offBoardingDriver(workers.composed.db, workers.client);
  });
  afterAll(() => workers.stop());

  test('every step that would have asked it becomes a task, and people bring the off-boarding to its end', async () => {
    const subaccountSid = `AC${randomUUID().replaceAll('-', '')}`;
    const contractId = await driver.contract({ subaccountSid });
    await driver.terminate(contractId);
    await driver.decide(contractId, 'accountsClosed', 'complete');
    for (const step of ['serviceOff', 'usageRead'] as const) {
      expect(await driver.reached(contractId, step, 'stuck')).toMatchObject({ cause: 'off' });
      await driver.decide(contractId, step, 'complete');
    }
    await driver.pass(contractId, 7);
    for (const step of ['usageSettled', 'numbersReleased', 'subaccountClosed'] as const) {
      expect(await driver.reached(contractId, step, 'stuck')).toMatchObject({ cause: 'off' });
      await driver.decide(contractId, step, 'complete');
    }
    await driver.over(contractId);
    expect(
      (await driver.steps(contractId)).filter(([, state]) => state !== 'done' && state !== 'notNeeded'),
    ).toEqual([]);
  });
});

/** The text of a mail source in which the bodies are base64 or quoted-printable. */
function decoded(raw: Uint8Array): string {
  const source = Buffer.from(raw).toString('latin1');
  const parts = [...source.matchAll(/base64\r\n[\s\S]*?\r\n\r\n([A-Za-z0-9+/=\r\n]+)/g)];
  const quoted = Buffer.from(
    source
      .replace(/=\r\n/g, '')
      .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString('utf8');
  return `${quoted}${parts.map(([, body = '']) => Buffer.from(body, 'base64').toString('utf8')).join('')}`;
}
