import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { dirname } from 'node:path';
import { WorkflowUpdateFailedError } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { transitionApplication } from '../../db/queries/application/transition.ts';
import { recordCommand } from '../../db/queries/command/record.ts';
import { createDiscontinuation } from '../../db/queries/discontinuation/create.ts';
import { readState } from '../../dev/state.ts';
import { temporalPortNames } from '../../dev/temporal-config.ts';
import { civilDate } from '../../domain/calendar/civil-date.ts';
import { applicationReviewId } from '../../workflows/application-review/messages.ts';
import { contractSnapshot, contractWorkflowId, discontinue } from '../../workflows/contract/messages.ts';
import { applicants, staff } from '../support/people.ts';
import { stackEnv } from '../support/stacks.ts';
import { type RunningWorkers, startWorkers } from '../support/workers.ts';

let workers: RunningWorkers;
let people: ReturnType<typeof applicants>;
beforeAll(async () => {
  workers = await startWorkers();
  people = applicants(workers.composed.db, workers.client);
});
afterAll(async () => workers.stop());

/** What anybody can do who reaches Temporal's port. */
const tell = (workflowId: string, update: string, command: { commandId: string }) =>
  workers.client.workflow
    .getHandle(workflowId)
    .executeUpdate<unknown, [object]>(update, { updateId: command.commandId, args: [command] });

const doubtsOf = async (commandId: string) => {
  const rows = await workers.composed.db.query.auditEntries.findMany({
    where: (t, { and, eq }) => and(eq(t.action, 'command.madeUp'), eq(t.commandId, commandId)),
  });
  return rows.map(({ after }) => after?.doubt);
};
const statusOf = async (applicationId: string) =>
  (await workers.composed.db.query.applications.findFirst({ where: (t, { eq }) => eq(t.id, applicationId) }))
    ?.status;

describe('a command that reaches Temporal past the console', () => {
  test('changes nothing, fails, and is in the audit log; the people whose task it is decide on', async () => {
    const { applicationId } = await people.submit();
    const workflowId = applicationReviewId(applicationId);
    const { taskId } = await people.waitFor(applicationId, 'review');
    const review = {
      commandId: randomUUID(),
      actor: staff(randomUUID()),
      decisionId: randomUUID(),
      taskId,
      verdict: 'recommendAccept',
    };
    await expect(tell(workflowId, 'decideReview', review)).rejects.toThrow(WorkflowUpdateFailedError);
    expect(await doubtsOf(review.commandId)).toEqual(['notOnRecord']);
    expect(await people.gateway.snapshot(applicationId)).toMatchObject({
      status: 'review',
      reviewedBy: null,
      taskId,
    });
    expect(await statusOf(applicationId)).toBe('review');

    const reviewer = randomUUID();
    expect(await people.review(applicationId, reviewer, 'recommendAccept')).toEqual({ ok: true });
    const approval = await people.waitFor(applicationId, 'approval');
    const accept = { ...review, commandId: randomUUID(), taskId: approval.taskId, verdict: 'accept' };
    await expect(tell(workflowId, 'decideApproval', accept)).rejects.toThrow(WorkflowUpdateFailedError);
    expect(await people.waitFor(applicationId, 'approval')).toMatchObject({ taskId: approval.taskId });
    expect(await people.approve(applicationId, randomUUID(), 'accept')).toEqual({ ok: true });
  });

  test("is not believed in the name of somebody else's row, nor with other content", async () => {
    const { applicationId } = await people.submit();
    const workflowId = applicationReviewId(applicationId);
    const { taskId } = await people.waitFor(applicationId, 'review');
    const carries = { decisionId: randomUUID(), taskId, verdict: 'return' };
    const stored = {
      commandId: randomUUID(),
      actor: staff(randomUUID()),
      ...{ workflowId, update: 'decideReview', carries, starts: null },
    };
    await recordCommand(workers.composed.db, stored);
    const { commandId, actor } = stored;
    const other = { ...carries, commandId, actor, verdict: 'recommendRefuse' };
    await expect(tell(workflowId, 'decideReview', other)).rejects.toThrow(WorkflowUpdateFailedError);
    expect(await doubtsOf(commandId)).toEqual(['otherContent']);
    expect(await statusOf(applicationId)).toBe('review');
  });

  test('ends no contract and sends no mail again', async () => {
    const contractId = await people.conclude();
    const workflowId = contractWorkflowId(contractId);
    const actor = staff(randomUUID());
    const asked: [string, object][] = [
      ['cancellation', { requestId: randomUUID() }],
      ['confirmRequest', { requestId: randomUUID(), verdict: 'confirm' }],
      ['retryDelivery', { taskId: randomUUID() }],
    ];
    for (const [update, carries] of asked) {
      const command = { commandId: randomUUID(), actor, ...carries };
      await expect(tell(workflowId, update, command)).rejects.toThrow(WorkflowUpdateFailedError);
      expect(await doubtsOf(command.commandId)).toEqual(['notOnRecord']);
    }
  });
});

const LAST_DAY = civilDate('2026-01-31');

test('a discontinuation that nobody approved reaches no contract by a signal', async () => {
  const contractId = await people.conclude();
  const { db } = workers.composed;
  const planCode = null;
  const discontinuationId = await createDiscontinuation(db, {
    ...{ commandId: randomUUID(), sandbox: true, planCode, lastDay: LAST_DAY, forceMajeure: false },
    ...{ reason: '試験', enteredBy: randomUUID() },
  });
  const handle = workers.client.workflow.getHandle(contractWorkflowId(contractId));
  const told = { actor: { kind: 'system' as const }, lastDay: LAST_DAY, planCode };
  for (const id of [discontinuationId, randomUUID()]) {
    for (const step of ['announce', 'end'] as const) {
      await handle.signal(discontinue, { ...told, commandId: `${id}/${step}`, discontinuationId: id, step });
    }
  }
  // Whatever is heard now is heard after the signals.
  const asked = {
    commandId: randomUUID(),
    actor: staff(randomUUID()),
    requestId: randomUUID(),
    verdict: 'confirm',
  };
  await expect(tell(contractWorkflowId(contractId), 'confirmRequest', asked)).rejects.toThrow();
  const row = await db.query.contracts.findFirst({ where: (t, { eq }) => eq(t.id, contractId) });
  expect(row).toMatchObject({ status: 'active', endsOn: null, discontinuationId: null });
  expect(await handle.query(contractSnapshot)).toMatchObject({ status: 'active', endsOn: null });
});

test('a write in the name of a person without a command of theirs is not done', async () => {
  const { applicationId } = await people.submit();
  await people.waitFor(applicationId, 'review');
  const { db } = workers.composed;
  const move = { applicationId, round: 1, correctionDueOn: null, correctionTokenHash: null } as const;
  const made = {
    ...move,
    from: 'review',
    to: 'approval',
    actor: randomUUID(),
    businessAt: new Date(),
  } as const;
  for (const commandId of [randomUUID(), undefined]) {
    const input = commandId === undefined ? made : { ...made, commandId };
    await expect(transitionApplication(db, input)).rejects.toThrow(/is on record/);
  }
  expect(await statusOf(applicationId)).toBe('review');
});

test("the embedded server's ports are open on this machine alone", async () => {
  const { ports } = readState(dirname(stackEnv().LOG_DIR ?? ''));
  // What listens for everybody also answers at the other addresses of the loopback interface.
  const reached = async (host: string, port: number) => {
    const socket = connect({ host, port, timeout: 2_000 });
    const answer = await Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'timeout').then(() => false),
    ]).catch(() => false);
    socket.destroy();
    return answer;
  };
  expect(await reached('127.0.0.1', ports.temporal ?? 0)).toBe(true);
  for (const name of temporalPortNames)
    expect([name, await reached('127.0.0.2', ports[name] ?? 0)]).toEqual([name, false]);
});
