import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { nodeArgs, rootDir } from '../../dev/paths.ts';
import { isAlive, readRecords } from '../../dev/processes.ts';
import { type Stack, type StackOptions, StackRunningError, startStack } from '../../dev/stack.ts';
import { hasTimeSkipping } from '../../dev/temporal.ts';
import { stackEnv } from '../support/stacks.ts';

/** A stack with a Temporal server and an outbox of its own, on the shared database. */
const stateDir = mkdtempSync(join(tmpdir(), 'hasso-stack-'));
const { DATABASE_URL = '', DATABASE_OWNER_URL = '' } = stackEnv();
const options: StackOptions = {
  stateDir,
  apps: [],
  throwaway: true,
  env: { DATABASE_URL, DATABASE_OWNER_URL },
  log: () => {},
};
let stack: Stack;

beforeAll(async () => {
  stack = await startStack(options);
});

afterAll(async () => {
  await stack.stop();
  rmSync(stateDir, { recursive: true });
});

async function withClient<T>(use: (client: Client) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({ address: stack.env.TEMPORAL_ADDRESS ?? '' });
  try {
    return await use(new Client({ connection, namespace: stack.env.TEMPORAL_NAMESPACE ?? '' }));
  } finally {
    await connection.close();
  }
}

async function killAndAwaitRestart(name: string): Promise<void> {
  const before = stack.pids()[name];
  process.kill(before ?? 0, 'SIGKILL');
  await vi.waitFor(() => expect(stack.pids()[name] ?? before).not.toBe(before), 10_000);
}

function sendMail(subject: string): Promise<unknown> {
  const transport = createTransport(stack.env.SMTP_URL);
  const mail = { from: 'office@hasso.example', to: ['a@customer.example', 'b@customer.example'], subject };
  return transport.sendMail({ ...mail, text: '本文', messageId: '<certificate-1@hasso.example>' });
}

const mails = () => readdirSync(stack.env.OUTBOX_DIR ?? '').filter((name) => name.endsWith('.eml'));

test('the server that was found can skip time, for the demo and the tests depend on it', async () => {
  expect(await hasTimeSkipping(stack.env.TEMPORAL_ADDRESS ?? '', 'hasso')).toBe(true);
});

test('a killed Temporal server comes back at the same address with its workflows', async () => {
  await withClient((client) =>
    client.workflow.start('absent', { workflowId: 'contract/kept', taskQueue: 'nobody' }),
  );
  await killAndAwaitRestart('temporal');
  await vi.waitFor(
    () =>
      withClient(async (client) => {
        expect((await client.workflow.getHandle('contract/kept').describe()).status.name).toBe('RUNNING');
      }),
    { timeout: 30_000, interval: 200 },
  );
});

test('a mail delivered twice is seen twice, each with its envelope, also when the outbox was killed in between', async () => {
  await sendMail('証書');
  await killAndAwaitRestart('outbox');
  await vi.waitFor(() => sendMail('証書'), { timeout: 20_000, interval: 100 });
  const names = mails();
  expect(names).toHaveLength(2);
  expect(new Set(names.map((name) => name.split('-')[2])).size).toBe(1);
  for (const name of names) {
    const envelope = readFileSync(join(stack.env.OUTBOX_DIR ?? '', name.replace('.eml', '.json')), 'utf8');
    expect(JSON.parse(envelope)).toMatchObject({
      from: 'office@hasso.example',
      to: ['a@customer.example', 'b@customer.example'],
      receivedAt: expect.stringMatching(/^\d{4}-.*Z$/),
    });
  }
});

test('a second start in the same folder is refused and names the process that runs', async () => {
  const second = startStack(options);
  await expect(second).rejects.toThrow(StackRunningError);
  await expect(second).rejects.toThrow(`process ${process.pid}`);
});

test('what replaces an embedded part is used as it is', () => {
  expect(Object.keys(stack.pids()).toSorted()).toEqual(['outbox', 'temporal']);
  expect(stack.env.DATABASE_URL).toBe(DATABASE_URL);
});

test('a stack whose supervisor was killed goes on at the next start, on the same ports and data', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hasso-killed-'));
  const program = join(folder, 'start.mts');
  const replaced = { DATABASE_URL, DATABASE_OWNER_URL, TEMPORAL_ADDRESS: stack.env.TEMPORAL_ADDRESS ?? '' };
  const own: StackOptions = { ...options, stateDir: join(folder, 'state'), env: replaced };
  writeFileSync(
    program,
    `const { startStack } = await import(${JSON.stringify(join(rootDir, 'dev/stack.ts'))});
     const stack = await startStack(${JSON.stringify(own)});
     process.send(stack.env);`,
  );
  const killed = spawn(process.execPath, nodeArgs(program), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const env = await firstMessage(killed);
  killed.kill('SIGKILL');
  await once(killed, 'exit');
  const leftovers = readRecords(own.stateDir);
  expect(leftovers.filter(isAlive).map(({ name }) => name)).toEqual(['outbox']);

  const said: string[] = [];
  const next = await startStack({ ...own, log: (line) => said.push(line) });
  expect(leftovers.filter(isAlive)).toEqual([]);
  expect(said).toEqual(['Stopped what an interrupted run left behind: outbox']);
  expect(next.env).toEqual(env);
  await next.stop();
  rmSync(folder, { recursive: true });
});

async function firstMessage(child: ChildProcess): Promise<unknown> {
  const [message] = await once(child, 'message');
  return message;
}
