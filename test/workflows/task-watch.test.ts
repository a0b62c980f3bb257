import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeTask } from '../../db/queries/task/close.ts';
import { findTask } from '../../db/queries/task/find.ts';
import { openWatchedTask } from '../../db/queries/task/open.ts';
import { taskWatchId } from '../../domain/desk/task-watch.ts';
import type { TaskKind } from '../../domain/desk/tasks.ts';
import { taskDeadlines } from '../../domain/desk/tasks.ts';
import { skipTo } from '../../gateway/clock.ts';
import { applicants, eventually } from '../support/people.ts';
import { type RunningWorkers, startWorkers } from '../support/workers.ts';

let workers: RunningWorkers;
let contractId: string;
beforeAll(async () => {
  workers = await startWorkers();
  contractId = await applicants(workers.composed.db, workers.client).conclude();
});
afterAll(async () => workers.stop());

/** A task that nobody waits for, watched as the sweep begins it. */
async function watched(kind: TaskKind): Promise<string> {
  const { db } = workers.composed;
  const taskId = randomUUID();
  await db.transaction((tx) =>
    openWatchedTask(tx, {
      ...{ taskId, kind, subjectType: 'contract', subjectId: contractId, involved: [], note: '' },
      ...{ openedAt: new Date(), sandbox: true },
    }),
  );
  await workers.outbox.sweep(new Date(Date.now() + 60_000));
  return taskId;
}

const remindersOf = async (taskId: string) => {
  const rows = await workers.composed.db.query.mails.findMany({
    where: (t, { like }) => like(t.key, `task/${taskId}/%`),
    orderBy: (t, { asc }) => asc(t.createdAt),
  });
  return rows.map(({ key }) => key.split('/')[2]);
};

const pass = async (taskId: string, targetMs: number) => {
  const moved = await skipTo(workers.client, {
    workflowId: taskWatchId({ subjectId: contractId, taskId }),
    targetMs,
    id: randomUUID(),
  });
  if (!moved.ok) throw new Error(moved.message);
};

const SEVEN: readonly TaskKind[] = [
  'mailProblem',
  'certificateProblem',
  'renewsAlthoughCancelled',
  'editionVoid',
  'bankAccountMissing',
  'suspensionProblem',
  'deletionProblem',
];

test.each(SEVEN)('%s reminds when due and escalates later, once each, and stays open', async (kind) => {
  const taskId = await watched(kind);
  const { dueMs, escalateMs } = taskDeadlines(Date.now());
  await pass(taskId, dueMs + 1_000);
  await eventually('the reminder', async () =>
    (await remindersOf(taskId)).includes('reminder') ? true : null,
  );
  expect((await findTask(workers.composed.db, taskId))?.escalatedAt).toBeNull();
  await pass(taskId, escalateMs + 1_000);
  await workers.client.workflow.getHandle(taskWatchId({ subjectId: contractId, taskId })).result();
  expect(await remindersOf(taskId)).toEqual(['reminder', 'escalation']);
  expect(await findTask(workers.composed.db, taskId)).toMatchObject({ status: 'open' });
});

test('a task that was closed in time is not reminded of', async () => {
  const taskId = await watched('mailProblem');
  await closeTask(workers.composed.db, taskId, 'done');
  await pass(taskId, taskDeadlines(Date.now()).dueMs + 1_000);
  await workers.client.workflow.getHandle(taskWatchId({ subjectId: contractId, taskId })).result();
  expect(await remindersOf(taskId)).toEqual([]);
});
