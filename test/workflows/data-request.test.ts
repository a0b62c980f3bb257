import { randomUUID } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  addDays,
  type CivilDate,
  civilDate,
  endOfDayJst,
  jstDate,
} from '../../domain/calendar/civil-date.ts';
import { skipTo } from '../../gateway/clock.ts';
import { dataRequestWorkflowId } from '../../workflows/data-request/messages.ts';
import { dataRequestDriver, PACE } from '../support/data-requests.ts';
import { eventually } from '../support/people.ts';
import { type RunningWorkers, startWorkers } from '../support/workers.ts';

let workers: RunningWorkers;
let driver: ReturnType<typeof dataRequestDriver>;
beforeAll(async () => {
  workers = await startWorkers();
  driver = dataRequestDriver(workers.composed.db, workers.client);
});
afterAll(() => workers.stop());

const rowOf = (id: string) =>
  workers.composed.db.query.dataRequests.findFirst({ where: (t) => eq(t.id, id) });
const tasksOf = (id: string) =>
  workers.composed.db.query.tasks.findMany({
    where: (t) => and(eq(t.subjectType, 'dataRequest'), eq(t.subjectId, id)),
    orderBy: (t) => t.createdAt,
  });
const openTask = (id: string) =>
  eventually('the request has a task', async () =>
    (await tasksOf(id)).find(({ status }) => status === 'open'),
  );
const over = (id: string) => workers.client.workflow.getHandle(dataRequestWorkflowId(id)).result();
const pass = (id: string, targetMs: number) =>
  skipTo(workers.client, { workflowId: dataRequestWorkflowId(id), targetMs, id: randomUUID() });

test('a request is a task of legal that is due before the last day, and ends with the answer', async () => {
  const { id, dueOn } = await driver.received();
  expect(await openTask(id)).toMatchObject({
    kind: 'dataRequest',
    role: 'legal',
    dueAt: new Date(endOfDayJst(addDays(dueOn as CivilDate, -PACE.remindDays))),
  });
  expect(await driver.identify(id)).toEqual({ ok: true });
  expect(await driver.answer(id, 'done')).toEqual({ ok: true });
  await over(id);
  expect(await rowOf(id)).toMatchObject({ status: 'done', identityCheck: 'document' });
  expect(await tasksOf(id)).toMatchObject([{ status: 'done' }]);
});

test('nothing is answered with yes before it is clear who asks; a refusal needs no such check', async () => {
  const { id } = await driver.received();
  expect(await driver.answer(id, 'done')).toMatchObject({ ok: false, code: 'ruleRefuses' });
  expect(await rowOf(id)).toMatchObject({ status: 'open' });
  expect(await driver.answer(id, 'refused')).toEqual({ ok: true });
  await over(id);
  expect(await rowOf(id)).toMatchObject({ status: 'refused' });
});

test('silence: staff are reminded, it escalates the day before the last day, and the task stays open', async () => {
  const { id, dueOn } = await driver.received();
  const { id: taskId } = await openTask(id);
  await pass(id, endOfDayJst(dueOn as CivilDate));
  const task = await eventually('the task was escalated', async () =>
    (await tasksOf(id)).find(({ escalatedAt }) => escalatedAt !== null),
  );
  expect(task).toMatchObject({ id: taskId, status: 'open' });
  expect(task.remindedAt && jstDate(task.remindedAt.getTime())).toBe(
    addDays(addDays(dueOn as CivilDate, -PACE.remindDays), 1),
  );
  expect(task.escalatedAt && jstDate(task.escalatedAt.getTime())).toBe(dueOn);
  await eventually('both mails went to staff', async () => {
    const mails = await workers.composed.db.query.mails.findMany({
      where: (t) => and(eq(t.subjectId, id), eq(t.status, 'accepted')),
    });
    return mails.length === 2 ? mails : null;
  });
  expect(await rowOf(id)).toMatchObject({ status: 'open' });
});

test('the last day is extended once, with a task of its own; not to an earlier day, and never again', async () => {
  const { id, dueOn } = await driver.received();
  const first = await openTask(id);
  const later = addDays(dueOn as CivilDate, 30);
  expect(await driver.answer(id, 'extended', civilDate(dueOn))).toMatchObject({ ok: false });
  expect(await driver.answer(id, 'extended', later)).toEqual({ ok: true });
  const second = await eventually('another task', async () =>
    (await tasksOf(id)).find((task) => task.status === 'open' && task.id !== first.id),
  );
  expect(second.dueAt).toEqual(new Date(endOfDayJst(addDays(later, -PACE.remindDays))));
  expect(await rowOf(id)).toMatchObject({ dueOn: later, firstDueOn: dueOn, status: 'open' });
  expect(await driver.answer(id, 'extended', addDays(later, 30))).toMatchObject({ ok: false });
  expect(await rowOf(id)).toMatchObject({ dueOn: later });
});

test('the same command twice is answered once, and a late one is refused', async () => {
  const { id } = await driver.received();
  await driver.identify(id);
  const commandId = randomUUID();
  const answers = await Promise.all([
    driver.answer(id, 'done', null, commandId),
    driver.answer(id, 'done', null, commandId),
  ]);
  expect(answers[1]).toEqual(answers[0]);
  await over(id);
  expect(await driver.answer(id, 'refused')).toMatchObject({ ok: false, code: 'wrongState' });
  const entries = await workers.composed.db.query.auditEntries.findMany({
    where: (t) => and(eq(t.subjectId, id), eq(t.action, 'dataRequest.done')),
  });
  expect(entries).toHaveLength(1);
});
