import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { differencesOf, toldDifferences } from '../../db/queries/reconcile/rounds.ts';
import { applications, contracts, tasks } from '../../db/schema/index.ts';
import { civilDate } from '../../domain/calendar/civil-date.ts';
import { applicationGateway } from '../../gateway/application.ts';
import { createOutbox } from '../../gateway/outbox.ts';
import { reconcilePage } from '../../gateway/reconcile-sweep.ts';
import { applicationReviewId } from '../../workflows/application-review/messages.ts';
import { contractWorkflowId } from '../../workflows/contract/messages.ts';
import { storeApplication } from '../support/application.ts';
import { settleLeftovers } from '../support/leftovers.ts';
import { applicants } from '../support/people.ts';
import { storedContract } from '../support/stored-contract.ts';
import { type RunningWorkers, startWorkers } from '../support/workers.ts';

let workers: RunningWorkers;
let people: ReturnType<typeof applicants>;
beforeAll(async () => {
  workers = await startWorkers();
  await settleLeftovers(workers.composed.db);
  people = applicants(workers.composed.db, workers.client);
});
afterAll(async () => workers.stop());

const began = Date.now();
let looks = 0;
/** Looks at these cases alone, half a minute after the last look: others share the database. */
async function look(only: readonly string[]): Promise<void> {
  looks += 1;
  const now = new Date(began + looks * 30_000);
  expect(
    await reconcilePage({ db: workers.composed.db, client: workers.client }, { limit: 1_000, now, only }),
  ).toBe(true);
}

async function told(): Promise<Record<string, unknown>> {
  const rows = await toldDifferences(workers.composed.db, 100);
  return Object.fromEntries(
    rows.map(({ workflowId, found }) => [
      workflowId,
      found.map(({ field, row, workflow }) => [field, row, workflow]),
    ]),
  );
}
const openTask = () =>
  workers.composed.db.query.tasks.findMany({
    where: (t, { and, eq: is }) => and(is(t.kind, 'reconciliation'), is(t.status, 'open')),
  });
const lastRound = async () =>
  (await workers.composed.db.query.reconciliations.findFirst({
    orderBy: (t, { desc }) => desc(t.createdAt),
  })) ?? null;

test('whatever was changed behind the back of a workflow is told once in one task, which closes when it is mended; what goes well is not', async () => {
  const { db } = workers.composed;
  const [ended, moved, terminated, healthy] = [
    await people.conclude(),
    await people.conclude(),
    await people.conclude(),
    await people.conclude({ contractKind: 'monthly' }),
  ];
  const [taskless, inMotion] = [await people.submit(), await people.submit()];
  const { taskId } = await people.waitFor(taskless.applicationId, 'review');
  await people.waitFor(inMotion.applicationId, 'review');
  const before = [ended, moved, terminated, healthy, taskless.applicationId, inMotion.applicationId];
  await look(before);
  // Between two looks a case moves on.
  expect(await people.review(inMotion.applicationId, randomUUID(), 'recommendAccept')).toEqual({ ok: true });
  await look(before);
  await look(before);
  expect(await told()).toEqual({});
  expect(await openTask()).toEqual([]);
  expect(await lastRound()).toMatchObject({ checked: before.length, differing: 0, silent: 0 });

  // As a dump brings them back: rows that no workflow knows.
  const { contractId: restored } = await storedContract({ db });
  const { applicationId: restoredToo } = await storeApplication(db);
  await db.update(contracts).set({ status: 'ended' }).where(eq(contracts.id, ended));
  await db
    .update(contracts)
    .set({ endsOn: civilDate('2031-01-31') })
    .where(eq(contracts.id, moved));
  await workers.client.workflow.getHandle(contractWorkflowId(terminated)).terminate('a test');
  const [task] = await db
    .delete(tasks)
    .where(eq(tasks.id, taskId ?? ''))
    .returning();
  const all = [...before, restored, restoredToo];
  await look(all);
  expect(await told()).toEqual({});
  await look(all);
  expect(await told()).toEqual({
    [contractWorkflowId(ended)]: [['status', 'ended', 'active']],
    [contractWorkflowId(moved)]: [['endsOn', '2031-01-31', null]],
    [contractWorkflowId(terminated)]: [['workflow', 'active', 'terminated']],
    [applicationReviewId(taskless.applicationId)]: [['task', null, taskId]],
    [contractWorkflowId(restored)]: [['workflow', 'active', 'missing']],
    [applicationReviewId(restoredToo)]: [['workflow', 'received', 'missing']],
  });
  const [opened, ...others] = await openTask();
  expect(others).toEqual([]);
  expect(opened).toMatchObject({ role: 'admin', subjectType: 'reconciliation' });
  await look(all);
  expect((await openTask()).map(({ id }) => id)).toEqual([opened?.id]);

  // Mended one by one; the task stays until the last.
  await db.update(contracts).set({ status: 'active', endsOn: null }).where(eq(contracts.id, ended));
  await db.update(contracts).set({ endsOn: null }).where(eq(contracts.id, moved));
  if (task !== undefined) await db.insert(tasks).values(task);
  await db.update(applications).set({ status: 'withdrawn' }).where(eq(applications.id, restoredToo));
  await look(all);
  expect(Object.keys(await told()).toSorted()).toEqual(
    [contractWorkflowId(terminated), contractWorkflowId(restored)].toSorted(),
  );
  expect(await openTask()).toHaveLength(1);
  await db.update(contracts).set({ status: 'terminated' }).where(eq(contracts.id, terminated));
  await db.update(contracts).set({ status: 'ended' }).where(eq(contracts.id, restored));
  await look(all);
  expect(await told()).toEqual({});
  expect(await openTask()).toEqual([]);
  const audited = await db.query.auditEntries.findMany({
    where: (t, { eq: is }) => is(t.subjectId, opened?.subjectId ?? ''),
    orderBy: (t, { asc }) => asc(t.sequence),
  });
  expect(audited.map(({ action }) => action)).toEqual(['reconciliation.differs', 'reconciliation.agrees']);
});

test('what a command on its way makes the same again is left to it', async () => {
  const { db } = workers.composed;
  const away = createOutbox(db, workers.client, async () => {
    throw new Error('Temporal is away');
  });
  const { applicationId } = await applicationGateway(away).submit(async () => {
    const stored = await storeApplication(db);
    return { applicationId: stored.applicationId, sandbox: true };
  });
  await look([applicationId]);
  await look([applicationId]);
  expect(await lastRound()).toMatchObject({ checked: 1, differing: 0, healing: 1 });
  expect(await differencesOf(db, [applicationReviewId(applicationId)])).toEqual([]);
  await workers.outbox.sweep(new Date(Date.now() + 60_000));
  await people.waitFor(applicationId, 'review');
  await look([applicationId]);
  expect(await lastRound()).toMatchObject({ checked: 1, differing: 0, healing: 0 });
});

test('pages go on where the last one stood, across all kinds, until the round is over', async () => {
  const { db } = workers.composed;
  const contractId = await people.conclude();
  const only = [contractId];
  const { applicationId } =
    (await db.query.contracts.findFirst({ where: (t, { eq: is }) => is(t.id, contractId) })) ?? {};
  if (applicationId !== undefined) only.push(applicationId);
  const stands = [];
  for (let page = 0; page < 4; page += 1) {
    looks += 1;
    const now = new Date(began + looks * 30_000);
    await reconcilePage({ db, client: workers.client }, { limit: 1, now, only });
    const round = await lastRound();
    stands.push([round?.kind, round?.after, round?.checked]);
    if (round?.finishedAt !== null) break;
  }
  expect(stands.slice(0, 2)).toEqual([
    ['application', applicationId, 1],
    ['contract', contractId, 2],
  ]);
  expect(await lastRound()).toMatchObject({ checked: 2, differing: 0 });
  expect((await lastRound())?.finishedAt).not.toBeNull();
});
