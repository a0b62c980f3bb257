import { randomUUID } from 'node:crypto';
import { Writable } from 'node:stream';
import { Client, Connection, type WorkflowHandle } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { sql } from 'drizzle-orm';
import pino from 'pino';
import { beforeAll, expect, test } from 'vitest';
import { FAILURE } from '../../domain/base/failures.ts';
import { safeError } from '../../domain/base/safe-error.ts';
import { safeErrors } from '../../workers/safe-errors.ts';
import { stackEnv } from '../support/stacks.ts';
import { openTestDatabase } from '../support/workers.ts';

const logged: string[] = [];
beforeAll(() => {
  Runtime.install({ logger: new DefaultLogger('DEBUG', (entry) => logged.push(renderEntry(entry))) });
});

/** What a log would hold of an entry, its error included. */
const renderEntry = ({ message, meta }: { message: string; meta?: object }) =>
  [
    message,
    ...Object.values(meta ?? {}).map((each) => (each instanceof Error ? String(each.stack) : String(each))),
  ].join(' ');

const MARKER = 'ヒミツ印株式会社';

/** Runs an activity that fails with this, once, and gives all that the server keeps of it. */
async function historyOf(fail: () => Promise<unknown>): Promise<string> {
  const { TEMPORAL_ADDRESS: address = '', TEMPORAL_NAMESPACE: namespace = '' } = stackEnv();
  const taskQueue = `safe-errors-${randomUUID()}`;
  const connection = await NativeConnection.connect({ address });
  const worker = await Worker.create({
    connection,
    namespace,
    taskQueue,
    workflowsPath: new URL('failing-workflow.ts', import.meta.url).pathname,
    activities: { fail },
    interceptors: { activity: [safeErrors] },
  });
  const client = new Client({ connection: await Connection.connect({ address }), namespace });
  const handle: WorkflowHandle = await client.workflow.start('callsFail', {
    taskQueue,
    workflowId: taskQueue,
  });
  await worker.runUntil(handle.result().catch(() => undefined));
  const history = await handle.fetchHistory();
  await client.connection.close();
  await connection.close();
  return JSON.stringify(history, (_, value) =>
    value instanceof Uint8Array || Buffer.isBuffer(value) ? Buffer.from(value).toString('utf8') : value,
  );
}

test('a database error that quotes a name reaches neither history nor log with it', async () => {
  const { db, close } = openTestDatabase();
  const history = await historyOf(() => db.execute(sql`select ${MARKER}::uuid`));
  await close();
  expect(history).toContain('22P02');
  expect(history).not.toContain(MARKER);
  expect(history).toContain('DrizzleQueryError');
  expect(logged.join('\n')).toContain('22P02');
  expect(logged.join('\n')).not.toContain(MARKER);
});

test.each([
  ['an error of a library', () => new TypeError(`cannot read ${MARKER}`)],
  ['an error whose cause quotes it', () => new Error('outer', { cause: new Error(MARKER) })],
  [
    'a failure of ours with it as cause and detail',
    () =>
      ApplicationFailure.create({
        message: 'no such contract',
        type: FAILURE.invalidInput,
        nonRetryable: true,
        details: [MARKER],
        cause: new Error(MARKER),
      }),
  ],
  ['a failure of a type that is not ours', () => ApplicationFailure.nonRetryable(MARKER, 'Other')],
  [
    'an error with the name in its stack',
    () => Object.assign(new Error(`first\n    at ${MARKER} (/x.ts:1:1)`), {}),
  ],
])('%s keeps it to itself', async (_, make) => {
  const history = await historyOf(async () => {
    throw make();
  });
  expect(history).not.toContain(MARKER);
});

test('a message of our own failures is kept', async () => {
  const history = await historyOf(async () => {
    throw ApplicationFailure.nonRetryable('contract 1 does not exist', FAILURE.invalidInput);
  });
  expect(history).toContain('contract 1 does not exist');
});

test('a log line tells class, code and place of an error, not its message', async () => {
  const { db, close } = openTestDatabase();
  const error = await db.execute(sql`select ${MARKER}::uuid`).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  await close();
  const lines: string[] = [];
  const stream = new Writable({
    write(chunk, _, done) {
      lines.push(String(chunk));
      done();
    },
  });
  pino({ serializers: { err: safeError } }, stream).error({ err: error }, 'failed');
  expect(lines.join('')).not.toContain(MARKER);
  expect(lines.join('')).toContain('22P02');
  expect(lines.join('')).toMatch(/\.[jt]s:\d+/);
});
