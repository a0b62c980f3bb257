import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { isAlive, readRecords, stopLeftovers } from '../../dev/processes.ts';
import { createSupervisor, type ServiceSpec } from '../../dev/supervisor.ts';

function supervise() {
  const stateDir = mkdtempSync(join(tmpdir(), 'hasso-supervisor-'));
  const lines: string[] = [];
  const failures: Error[] = [];
  const supervisor = createSupervisor({
    stateDir,
    log: (line) => lines.push(line),
    onGiveUp: (failure) => failures.push(failure),
    firstPauseMs: 1,
  });
  return { stateDir, lines, failures, supervisor };
}

function program(name: string, code: string, health = async () => true): ServiceSpec {
  return {
    name,
    command: process.execPath,
    args: ['-e', code],
    env: process.env,
    stopSignal: 'SIGTERM',
    health,
  };
}

const runs = 'setInterval(() => {}, 1000)';
const never = async () => false;

test('a service that is killed is started again, and all are stopped together', async () => {
  const { supervisor, stateDir, lines } = supervise();
  await supervisor.start([program('one', runs), program('two', runs)]);
  const before = supervisor.pids();
  process.kill(before.one ?? 0, 'SIGKILL');
  await vi.waitFor(() => expect(supervisor.pids().one ?? before.one).not.toBe(before.one), 5_000);
  expect(supervisor.pids().two).toBe(before.two);
  expect(lines).toEqual(['one ended (SIGKILL): starting it again in 0.001 s']);
  const records = readRecords(stateDir);
  expect(records.map(({ name }) => name)).toEqual(['one', 'two']);
  await supervisor.stop();
  expect(records.filter(isAlive)).toEqual([]);
  expect(readRecords(stateDir)).toEqual([]);
});

test('a service that keeps dying is given up with the end of its log, and the start fails with that sentence', async () => {
  const { supervisor, stateDir, failures } = supervise();
  const start = supervisor.start([program('broken', `console.log('no database'); process.exit(3)`, never)]);
  await expect(start).rejects.toThrow(/^broken ended 8 times in a row \(exit code 3\)[\s\S]*no database/);
  expect(failures).toHaveLength(1);
  expect(readFileSync(join(stateDir, 'logs/broken.log'), 'utf8').match(/no database/g)).toHaveLength(8);
  await supervisor.stop();
});

test('a command that does not exist is reported by name', async () => {
  const { supervisor } = supervise();
  const start = supervisor.start([{ ...program('absent', '', never), command: '/nowhere/absent' }]);
  await expect(start).rejects.toThrow(/absent ended .*ENOENT/);
  await supervisor.stop();
});

test('a job that fails shows what it printed', async () => {
  const { supervisor } = supervise();
  await supervisor.run(program('fine', ''));
  await expect(supervisor.run(program('bad', `console.error('bad table'); process.exit(1)`))).rejects.toThrow(
    'bad table',
  );
  await supervisor.stop();
});

test('what a killed supervisor left running is found by its record and stopped', async () => {
  const { supervisor, stateDir } = supervise();
  await supervisor.start([program('left', runs)]);
  const [record] = readRecords(stateDir);
  expect(await stopLeftovers(stateDir)).toEqual(['left']);
  expect(record && isAlive(record)).toBe(false);
  await supervisor.stop();
});

test('stopping while something starts ends the start', async () => {
  const { supervisor } = supervise();
  const start = supervisor.start([program('slow', runs, never)]);
  const refused = expect(start).rejects.toThrow('Stopped while starting.');
  await supervisor.stop();
  await refused;
  expect(supervisor.pids()).toEqual({});
});
