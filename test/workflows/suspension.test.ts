import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { suspensionsOf } from '../../db/queries/suspension/find.ts';
import { findTelephonyAccount, registerTelephonyAccount } from '../../db/queries/telephony/account.ts';
import { applicants, eventually } from '../support/people.ts';
import { suspensionDriver } from '../support/suspensions.ts';
import { startTwilioServer, type TwilioServer } from '../support/twilio-server.ts';
import { type RunningWorkers, startWorkers } from '../support/workers.ts';

const DAY_MS = 86_400_000;

let provider: TwilioServer;
let workers: RunningWorkers;
let drive: ReturnType<typeof suspensionDriver>;
beforeAll(async () => {
  provider = await startTwilioServer();
  workers = await startWorkers({
    TWILIO_ACCOUNT_SID: provider.accountSid,
    TWILIO_AUTH_TOKEN: provider.authToken,
    TWILIO_BASE_URL: provider.url,
  });
  drive = suspensionDriver(workers.composed.db, workers.client);
});
afterAll(async () => {
  await workers.stop();
  await provider.close();
  expect(provider.misfits).toEqual([]);
});

const concluded = () => applicants(workers.composed.db, workers.client).conclude();
const contractRow = (id: string) =>
  workers.composed.db.query.contracts.findFirst({ where: (t, { eq }) => eq(t.id, id) });
/** The steps of which customers were told, once all of them are stored. */
const told = (id: string, count: number) =>
  eventually(`${count} notices`, async () => {
    const notices = await drive.notices(id);
    return notices.length >= count ? notices.map(({ causeStep }) => causeStep) : null;
  });

describe('a suspension for what a customer did (第18条2項)', () => {
  test('begins with the second person, tells at once after, goes on in silence, and ends when it is lifted', async () => {
    const contractId = await concluded();
    const enteredBy = randomUUID();
    const id = await drive.enter({ contractId, ground: '18-10', enteredBy });
    expect(await drive.decide(id, 'agree', enteredBy)).toMatchObject({ ok: false, code: 'samePerson' });
    expect(await drive.notices(id)).toEqual([]);
    expect(await drive.decide(id, 'agree')).toEqual({ ok: true });
    const active = await drive.inStatus(id, 'active');
    expect(active.startedAt).not.toBeNull();
    expect(await told(id, 1)).toEqual(['started']);
    const [notice] = await drive.notices(id);
    expect(notice).toMatchObject({ reviewedBy: enteredBy, noticeClass: 'contractual' });
    expect(notice?.body).not.toContain('緊急通報');
    expect(await contractRow(contractId)).toMatchObject({ status: 'active', endsOn: null });
    const commandId = randomUUID();
    const lift = drive.command(commandId);
    expect(await Promise.all([drive.gateway.lift(id, lift), drive.gateway.lift(id, lift)])).toContainEqual({
      ok: true,
    });
    await drive.over(id);
    expect(await told(id, 2)).toEqual(['started', 'lifted']);
    expect(await drive.gateway.lift(id, drive.command())).toMatchObject({ ok: false, code: 'wrongState' });
  });

  test('rejected, nothing is stopped and nobody is told', async () => {
    const id = await drive.enter({ contractId: await concluded(), ground: '15-5' });
    expect(await drive.decide(id, 'reject')).toEqual({ ok: true });
    await drive.over(id);
    expect(await drive.inStatus(id, 'rejected')).toMatchObject({ startedAt: null });
    expect(await drive.notices(id)).toEqual([]);
  });
});

describe('planned maintenance (第15条)', () => {
  test('approved by a second person, tells before, can be moved, begins and ends by itself', async () => {
    const contractId = await concluded();
    const startsAtMs = Date.now() + 3 * DAY_MS;
    const id = await drive.enter({
      contractId,
      ground: '15-planned',
      startsAtMs,
      endsAtMs: startsAtMs + 3_600_000,
    });
    await drive.decide(id, 'agree');
    expect(await told(id, 1)).toEqual(['planned']);
    const later = { startsAtMs: startsAtMs + DAY_MS, endsAtMs: startsAtMs + DAY_MS + 3_600_000 };
    const past = { startsAtMs: Date.now() - 1, endsAtMs: null };
    expect(await drive.gateway.reschedule(id, { ...drive.command(), ...past })).toMatchObject({
      code: 'invalid',
    });
    expect(await drive.gateway.reschedule(id, { ...drive.command(), ...later })).toEqual({ ok: true });
    await drive.to(id, later.startsAtMs + 60_000);
    const active = await drive.inStatus(id, 'active');
    expect(active.startedAt?.getTime()).toBeGreaterThanOrEqual(later.startsAtMs);
    const { planCode } = (await contractRow(contractId)) ?? { planCode: '' };
    const contract = { id: contractId, planCode, sandbox: true };
    expect((await suspensionsOf(workers.composed.db, contract, ['active'])).map((row) => row.id)).toContain(
      id,
    );
    await drive.to(id, later.endsAtMs + 60_000);
    await drive.over(id);
    expect(await drive.inStatus(id, 'lifted')).toMatchObject({ ground: '15-planned' });
    expect(await told(id, 3)).toEqual(['planned', 'changed', 'lifted']);
  });

  test('silence: one that nobody has approved by its beginning stops nothing', async () => {
    const startsAtMs = Date.now() + 10 * DAY_MS;
    const id = await drive.enter({ contractId: await concluded(), ground: '15-planned', startsAtMs });
    await drive.inStatus(id, 'approval');
    await drive.taskOf(id);
    await drive.to(id, startsAtMs + 60_000);
    await drive.over(id);
    expect(await drive.inStatus(id, 'cancelled')).toMatchObject({ startedAt: null });
    expect(await drive.taskOf(id)).toMatchObject({ status: 'cancelled' });
    expect(await drive.notices(id)).toEqual([]);
  });

  test('regular maintenance takes a second person too; called off before anybody agreed it stops nothing', async () => {
    const startsAtMs = Date.now() + DAY_MS;
    const id = await drive.enter({
      contractId: await concluded(),
      ground: '15-planned',
      startsAtMs,
      regular: true,
    });
    await drive.inStatus(id, 'approval');
    expect(await drive.gateway.cancel(id, drive.command())).toEqual({ ok: true });
    await drive.over(id);
    expect(await drive.inStatus(id, 'cancelled')).toMatchObject({ startedAt: null });
    expect(await drive.notices(id)).toEqual([]);
  });
});

test('regular maintenance is told when it begins, and called off when nobody has agreed by then', async () => {
  const startsAtMs = Date.now() + DAY_MS;
  const [one, other] = [await concluded(), await concluded()];
  const regular = (contractId: string) =>
    drive.enter({ contractId, ground: '15-planned', startsAtMs, regular: true });
  const agreed = await regular(one);
  expect(await drive.decide(agreed, 'agree')).toEqual({ ok: true });
  expect(await drive.notices(agreed)).toEqual([]);
  await drive.to(agreed, startsAtMs + 60_000);
  await drive.inStatus(agreed, 'active');
  await eventually('it is told', async () => ((await drive.notices(agreed)).length === 1 ? true : null));
  expect((await drive.notices(agreed)).map(({ causeStep }) => causeStep)).toEqual(['started']);
  const silent = await regular(other);
  await drive.taskOf(silent);
  await drive.to(silent, startsAtMs + 60_000);
  await drive.over(silent);
  expect(await drive.inStatus(silent, 'cancelled')).toMatchObject({ startedAt: null });
});

describe('an emergency (第15条①②⑧)', () => {
  const emergency = async (enteredBy: string = randomUUID()) => {
    const contractId = await concluded();
    const id = await drive.enter({ contractId, ground: '15-1', enteredBy });
    await drive.inStatus(id, 'active');
    return { id, contractId };
  };
  /** The notice of a step, once its campaign has begun to send. */
  const sentNotice = (id: string, step: string) =>
    eventually(`the notice ${step} is on its way`, async () => {
      const notice = (await drive.notices(id)).find(({ causeStep }) => causeStep === step);
      return notice !== undefined && notice.recipientCount !== null ? notice : null;
    });

  test('is stopped at once by one person; the second one confirms it, and the two have approved the notice', async () => {
    const enteredBy = randomUUID();
    const { id } = await emergency(enteredBy);
    expect(await drive.decide(id, 'agree', enteredBy)).toMatchObject({ ok: false, code: 'samePerson' });
    expect(await drive.notices(id)).toEqual([]);
    const second = randomUUID();
    expect(await drive.decide(id, 'agree', second)).toEqual({ ok: true });
    const { status } = await sentNotice(id, 'started');
    expect(status).not.toBe('waitingApproval');
    expect(await drive.inStatus(id, 'active')).toMatchObject({ decidedBy: second });
    expect(await sentNotice(id, 'started')).toMatchObject({ reviewedBy: enteredBy, approvedBy: second });
    expect(await drive.decide(id, 'agree')).toMatchObject({ ok: false });

    const until = Date.now() + DAY_MS;
    const { startsAt } = await drive.inStatus(id, 'active');
    const command = { ...drive.command(), startsAtMs: startsAt.getTime(), endsAtMs: until };
    expect(await drive.gateway.reschedule(id, command)).toEqual({ ok: true });
    await drive.to(id, until + 60_000);
    await drive.over(id);
    expect(await told(id, 3)).toEqual(['started', 'changed', 'lifted']);
  });

  test('that nobody confirms is told after half an hour, on the word of who stopped it', async () => {
    const enteredBy = randomUUID();
    const { id } = await emergency(enteredBy);
    await drive.taskOf(id);
    await drive.to(id, Date.now() + 20 * 60_000);
    expect(await drive.taskOf(id)).toMatchObject({ status: 'open', escalatedAt: null });
    expect(await drive.notices(id)).toEqual([]);
    await drive.to(id, Date.now() + 31 * 60_000);
    expect(await sentNotice(id, 'started')).toMatchObject({ reviewedBy: null, approvedBy: enteredBy });
    const second = randomUUID();
    expect(await drive.decide(id, 'agree', second)).toEqual({ ok: true });
    expect(await drive.inStatus(id, 'active')).toMatchObject({ decidedBy: second });
    expect(await told(id, 1)).toEqual(['started']);
  });

  test('that the second person does not agree with is over at once, and told', async () => {
    const { id } = await emergency();
    expect(await drive.decide(id, 'reject')).toEqual({ ok: true });
    await drive.over(id);
    expect(await drive.inStatus(id, 'lifted')).toMatchObject({ decidedBy: null });
    expect(await sentNotice(id, 'lifted')).toMatchObject({ causeStep: 'lifted' });
    expect(await drive.taskOf(id)).toMatchObject({ status: 'done' });
  });

  test('is told and lifted while the provider is away', async () => {
    const { contractId } = await withSubaccount();
    provider.always({ status: 500 });
    try {
      const id = await drive.enter({ contractId, ground: '15-8' });
      await drive.inStatus(id, 'active');
      expect(await drive.decide(id, 'agree')).toEqual({ ok: true });
      await sentNotice(id, 'started');
      expect(await drive.gateway.lift(id, drive.command())).toEqual({ ok: true });
      expect(await told(id, 1)).toEqual(['started']);
      provider.recover();
      await drive.over(id);
      expect(await told(id, 2)).toEqual(['started', 'lifted']);
    } finally {
      provider.recover();
    }
  });
});

/** A concluded contract with a subaccount at the provider. */
async function withSubaccount(): Promise<{ contractId: string; sid: string }> {
  const contractId = await concluded();
  const sid = provider.addAccount();
  const by = { staffId: randomUUID(), commandId: randomUUID() };
  await registerTelephonyAccount(workers.composed.db, {
    contractId,
    subaccountSid: sid,
    state: 'active',
    ...by,
  });
  return { contractId, sid };
}

describe('the telephony provider', () => {
  const suspended = async (contractId: string) => {
    const id = await drive.enter({ contractId, ground: '18-10' });
    expect(await drive.decide(id, 'agree')).toEqual({ ok: true });
    await drive.inStatus(id, 'active');
    return id;
  };
  const lifted = async (id: string) => {
    expect(await drive.gateway.lift(id, drive.command())).toEqual({ ok: true });
    await drive.over(id);
  };
  const becomes = (sid: string, status: string) =>
    eventually(`the account is ${status}`, async () => (provider.statusOf(sid) === status ? true : null));

  test('stops the calls of the one contract, and lets them run when the last of two suspensions is lifted', async () => {
    const [{ contractId, sid }, bystander] = [await withSubaccount(), await withSubaccount()];
    const first = await suspended(contractId);
    await becomes(sid, 'suspended');
    const second = await suspended(contractId);
    await lifted(first);
    expect(provider.statusOf(sid)).toBe('suspended');
    await lifted(second);
    await becomes(sid, 'active');
    expect(provider.statusOf(bystander.sid)).toBe('active');
    expect(provider.effects.filter((effect) => effect.includes(sid))).toHaveLength(2);
  });

  test('is asked of no other contract when the suspension of one is lifted', async () => {
    const [forgotten, { contractId, sid }] = [await withSubaccount(), await withSubaccount()];
    const other = await suspended(forgotten.contractId);
    await becomes(forgotten.sid, 'suspended');
    provider.forget(forgotten.sid);
    const id = await suspended(contractId);
    await becomes(sid, 'suspended');
    await lifted(id);
    expect([await problems(id), provider.statusOf(sid)]).toEqual([[], 'active']);
    await lifted(other);
    expect(await problems(other)).toEqual(['refused']);
  });

  test('that fails for a while is asked again, with one effect', async () => {
    const { contractId, sid } = await withSubaccount();
    provider.trouble('UpdateAccount', { status: 500 }, { status: 429, retryAfter: 1 });
    const id = await suspended(contractId);
    await becomes(sid, 'suspended');
    await lifted(id);
    await becomes(sid, 'active');
    expect(provider.effects.filter((effect) => effect.includes(sid))).toHaveLength(2);
  });

  test('leaves no call in progress, also where one goes on for a while', async () => {
    const { contractId, sid } = await withSubaccount();
    provider.addCall(sid, { clings: 1 });
    for (const status of ['ringing', 'queued'] as const) provider.addCall(sid, { status });
    const id = await suspended(contractId);
    await eventually('no call is left', async () => (provider.runningCalls(sid) === 0 ? true : null));
    await lifted(id);
    expect(await problems(id)).toEqual([]);
  });

  test('a call that nothing ends is for staff, and the suspension is lifted all the same', async () => {
    const { contractId, sid } = await withSubaccount();
    provider.addCall(sid, { clings: 1_000 });
    const id = await suspended(contractId);
    await becomes(sid, 'suspended');
    await drive.to(id, Date.now() + 10 * 60_000);
    await eventually('staff are asked', async () => ((await problems(id)).length > 0 ? true : null));
    expect(await problems(id)).toEqual(['callsGoOn']);
    await lifted(id);
    expect(provider.statusOf(sid)).toBe('active');
  });

  test('what the provider itself has stopped stays stopped, and staff hear why', async () => {
    const { contractId, sid } = await withSubaccount();
    const id = await suspended(contractId);
    await becomes(sid, 'suspended');
    provider.stop(sid);
    await lifted(id);
    expect(await problems(id)).toEqual(['byProvider']);
    const account = await findTelephonyAccount(workers.composed.db, contractId);
    expect(account?.state).toBe('suspendedByProvider');
  });

  const problems = async (id: string) => {
    const tasks = await workers.composed.db.query.tasks.findMany({
      where: (t, { and, eq }) => and(eq(t.subjectId, id), eq(t.kind, 'suspensionProblem')),
    });
    return tasks.map(({ cause }) => cause);
  };
});
