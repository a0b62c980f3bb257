import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeTask } from '../../db/queries/task/close.ts';
import { findTask } from '../../db/queries/task/find.ts';
import { openWatchedTask } from '../../db/queries/task/open.ts';
import { taskWatchId } from '../../domain/desk/task-watch.ts';
import { type TaskReason, taskDeadlines } from '../../domain/desk/tasks.ts';
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
async function watched(reason: TaskReason): Promise<string> {
  const { db } = workers.composed;
  const taskId = randomUUID();
  await db.transaction((tx) =>
    openWatchedTask(tx, {
      ...{ taskId, subjectType: 'contract' as const, subjectId: contractId, involved: [] },
      ...reason,
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

const REFUSED = { kind: 'mailProblem', cause: 'refused', about: 'a mail' } as const;
const SEVEN: readonly TaskReason[] = [
  REFUSED,
  { kind: 'certificateProblem' },
  { kind: 'renewsAlthoughCancelled', about: 'a request' },
  { kind: 'editionVoid' },
  { kind: 'bankAccountMissing' },
  { kind: 'suspensionProblem', cause: 'refused' },
  { kind: 'deletionProblem', cause: 'leftovers', about: '' },
];

test.each(SEVEN)('$kind reminds when due and escalates later, once each, and stays open', async (reason) => {
  const taskId = await watched(reason);
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
  const taskId = await watched(REFUSED);
  await closeTask(workers.composed.db, taskId, 'done');
  await pass(taskId, taskDeadlines(Date.now()).dueMs + 1_000);
  await workers.client.workflow.getHandle(taskWatchId({ subjectId: contractId, taskId })).result();
  expect(await remindersOf(taskId)).toEqual([]);
});
