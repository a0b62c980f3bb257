import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findCommand } from '../../db/queries/command/record.ts';
import { createDiscontinuation } from '../../db/queries/discontinuation/create.ts';
import { changeOfficers } from '../../db/queries/officers/change.ts';
import { createSuspension } from '../../db/queries/suspension/create.ts';
import { findSuspension } from '../../db/queries/suspension/find.ts';
import type { Answer } from '../../domain/base/answers.ts';
import { civilDate } from '../../domain/calendar/civil-date.ts';
import { applicationGateway } from '../../gateway/application.ts';
import { discontinuationGateway } from '../../gateway/discontinuation.ts';
import { createOutbox } from '../../gateway/outbox.ts';
import { screeningGateway } from '../../gateway/screening.ts';
import { suspensionGateway } from '../../gateway/suspension.ts';
import { storeApplication } from '../support/application.ts';
import { settleLeftovers } from '../support/leftovers.ts';
import { applicants, eventually, staff } from '../support/people.ts';
import { type RunningWorkers, startWorkers } from '../support/workers.ts';

let workers: RunningWorkers;
beforeAll(async () => {
  workers = await startWorkers();
  await settleLeftovers(workers.composed.db);
});
afterAll(async () => workers.stop());

/** What the console works with while the Temporal server is away. */
const away = () =>
  createOutbox(workers.composed.db, workers.client, async () => {
    throw new Error('Temporal is away');
  });
/** The sweep of a minute later: what was tried just now is due again. */
const swept = () => workers.outbox.sweep(new Date(Date.now() + 60_000));

describe('what was stored while Temporal was away begins after all, once', () => {
  test('the review of an application', async () => {
    const { db } = workers.composed;
    const people = applicants(db, workers.client);
    const submitted = await applicationGateway(away()).submit(async () => {
      const { applicationId } = await storeApplication(db, { companyName: `株式会社取残${randomUUID()}` });
      return { applicationId, sandbox: true };
    });
    expect(await people.gateway.snapshot(submitted.applicationId)).toBeNull();
    await swept();
    await people.waitFor(submitted.applicationId, 'review');
    await swept();
    const command = await findCommand(db, `begin/application/${submitted.applicationId}`);
    expect(command).toMatchObject({ answer: { ok: true } });
  });

  test('an emergency suspension stops the service, and is not begun again when it is over', async () => {
    const { db } = workers.composed;
    const contractId = await applicants(db, workers.client).conclude({ contractKind: 'monthly' });
    const stored = await suspensionGateway(away()).create((tx) =>
      createSuspension(tx, {
        commandId: randomUUID(),
        status: 'planned',
        ...{ scope: 'contract', planCode: null, contractId, sandbox: true, ground: '15-1' },
        ...{ planned: false, regular: false, reason: '障害', enteredBy: randomUUID() },
        startsAt: new Date(),
        endsAt: null,
      }),
    );
    await swept();
    await eventually('the suspension has begun', async () =>
      (await findSuspension(db, stored.id))?.status === 'active' ? true : null,
    );
    const lift = { commandId: randomUUID(), actor: staff(randomUUID()) };
    expect(await suspensionGateway(workers.outbox).lift(stored.id, lift)).toMatchObject({ ok: true });
    await swept();
    expect((await findSuspension(db, stored.id))?.status).toBe('lifted');
  });

  test('the screening of changed officers, together with the change', async () => {
    const { db } = workers.composed;
    const contractId = await applicants(db, workers.client).conclude();
    const people = {
      representativeName: '届出 太郎',
      representativeKana: 'トドケデ タロウ',
      officersText: '',
    };
    const change = { changeId: randomUUID(), contractId, people, reason: '届出', enteredBy: randomUUID() };
    await screeningGateway(away()).rescreenContract(
      { contractId, startedBy: change.enteredBy },
      async (tx) => {
        await changeOfficers(tx, change);
      },
    );
    await swept();
    const workflow = workers.client.workflow.getHandle(`rescreening/contract-${contractId}`);
    await workflow.result();
  });

  test('the approval of a discontinuation', async () => {
    const { db } = workers.composed;
    const proposal = { sandbox: true, planCode: `plan-${randomUUID()}`, lastDay: civilDate('2031-03-31') };
    const enteredBy = randomUUID();
    const { discontinuationId } = await discontinuationGateway(away()).create(async (tx) => ({
      discontinuationId: await createDiscontinuation(tx, {
        ...{ commandId: randomUUID(), reason: '需要の減少', forceMajeure: false, enteredBy },
        ...proposal,
      }),
      ...{ ...proposal, enteredBy },
    }));
    await swept();
    await eventually('a task for its reviewer', async () =>
      db.query.tasks.findFirst({ where: (t, { eq }) => eq(t.subjectId, discontinuationId) }),
    );
  });
});

describe('a command is carried out once and its answer is known', () => {
  test('one that nobody answered is sent again by itself, before those that came after it', async () => {
    const { db } = workers.composed;
    const people = applicants(db, workers.client);
    const { applicationId } = await people.submit();
    const { taskId } = await people.waitFor(applicationId, 'review');
    const sendBack = {
      commandId: randomUUID(),
      actor: staff(randomUUID()),
      decisionId: randomUUID(),
      taskId: taskId ?? '',
      verdict: 'return' as const,
    };
    await expect(applicationGateway(away()).decideReview(applicationId, sendBack)).rejects.toThrow('away');
    expect(await findCommand(db, sendBack.commandId)).toMatchObject({ answer: null, attempts: 1 });
    // The next command of the same application finds the first one done.
    const withdraw = { commandId: randomUUID(), actor: { kind: 'applicant' as const } };
    expect(await people.gateway.withdraw(applicationId, withdraw)).toEqual({ ok: true });
    expect((await findCommand(db, sendBack.commandId))?.answer).toEqual({ ok: true });
    const actions = await db.query.auditEntries.findMany({
      where: (t, { eq }) => eq(t.subjectId, applicationId),
      orderBy: (t, { asc }) => asc(t.sequence),
    });
    expect(actions.map(({ action }) => action).slice(-2)).toEqual([
      'application.correction',
      'application.withdrawn',
    ]);
  });

  test('an answer that was lost on its way is the same when asked for again, also of a workflow that is over', async () => {
    const { db } = workers.composed;
    const people = applicants(db, workers.client);
    const { applicationId } = await people.submit();
    await people.waitFor(applicationId, 'review');
    const command = { commandId: randomUUID(), actor: { kind: 'applicant' as const } };
    const losing = createOutbox(db, workers.client, async ({ workflowId, update, id, actor }) => {
      await workers.client.workflow
        .getHandle(workflowId)
        .executeUpdate<Answer, [object]>(update ?? '', { updateId: id, args: [{ commandId: id, actor }] });
      throw new Error('the power was cut before the answer was noted');
    });
    await expect(applicationGateway(losing).withdraw(applicationId, command)).rejects.toThrow('power');
    await workers.client.workflow.getHandle(`application/${applicationId}`).result();
    await swept();
    expect((await findCommand(db, command.commandId))?.answer).toEqual({ ok: true });
  });

  test('what a command tells of is written with it or not at all', async () => {
    const { db } = workers.composed;
    const commandId = randomUUID();
    const command = { commandId, actor: { kind: 'applicant' as const } };
    const written = applicationGateway(workers.outbox).withdraw(randomUUID(), command, async () => {
      throw new Error('the fact cannot be written');
    });
    await expect(written).rejects.toThrow('the fact cannot be written');
    expect(await findCommand(db, commandId)).toBeNull();
  });

  test('an id that was used for something else is refused, and nothing is written', async () => {
    const commandId = randomUUID();
    const first = { commandId, actor: staff(randomUUID()) };
    const gateway = applicationGateway(workers.outbox);
    expect(await gateway.withdraw(randomUUID(), first)).toMatchObject({ ok: false, code: 'wrongState' });
    let writes = 0;
    const other = await gateway.withdraw(
      randomUUID(),
      { commandId, actor: staff(randomUUID()) },
      async () => {
        writes += 1;
      },
    );
    expect(other).toMatchObject({ ok: false, code: 'stale' });
    expect(writes).toBe(0);
  });
});
