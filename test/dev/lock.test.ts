import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lockHolder, processIdentity, tryLock, waitForLock } from '../../bin/setup/lock.mjs';
import { choosePorts, isPortFree } from '../../dev/ports.ts';

const newLockPath = () => join(mkdtempSync(join(tmpdir(), 'hasso-lock-')), 'x.lock');

test('a lock is held by one process until it is released', () => {
  const path = newLockPath();
  const release = tryLock(path);
  expect(lockHolder(path)?.pid).toBe(process.pid);
  expect(tryLock(path)).toBeUndefined();
  release?.();
  expect(existsSync(path)).toBe(false);
  expect(tryLock(path)).toBeTypeOf('function');
});

test('the lock of a dead process is taken over, without leaving files behind', () => {
  const path = newLockPath();
  const { pid } = spawnSync(process.execPath, ['--version']);
  writeFileSync(path, JSON.stringify({ pid, identity: 'of a process that has ended' }));
  expect(lockHolder(path)).toBeUndefined();
  expect(tryLock(path)).toBeTypeOf('function');
  expect(readdirSync(join(path, '..'))).toEqual(['x.lock']);
});

test('a later process with the same id does not pass for the holder', () => {
  const path = newLockPath();
  writeFileSync(path, JSON.stringify({ pid: process.pid, identity: 'of an earlier process' }));
  expect(lockHolder(path)).toBeUndefined();
});

test('a half-written lock file does not block for ever', () => {
  const path = newLockPath();
  writeFileSync(path, '{"pid":');
  expect(tryLock(path)).toBeTypeOf('function');
});

test('whoever waits for a lock is told once who holds it, and gets it when it is released', async () => {
  const path = newLockPath();
  const release = tryLock(path);
  const told: (number | undefined)[] = [];
  const waiting = waitForLock(path, (pid) => {
    told.push(pid);
    release?.();
  });
  expect(await waiting).toBeTypeOf('function');
  expect(told).toEqual([process.pid]);
});

test('a process that runs has an identity that stays, one that has ended has none', () => {
  const { pid } = spawnSync(process.execPath, ['--version']);
  expect(processIdentity(process.pid)).toBe(processIdentity(process.pid));
  expect(processIdentity(process.pid)).toBeTruthy();
  expect(processIdentity(pid)).toBeUndefined();
});

test('a process that was killed is gone no sooner than its port is free', async () => {
  const program = `const memory = Buffer.alloc(2e8, 1);
    require('node:net').createServer().listen(Number(process.argv[1]), '127.0.0.1', () => console.log(memory.length));`;
  for (let round = 0; round < 4; round += 1) {
    const { smtp = 0 } = await choosePorts(['smtp'], {}, {});
    const child = spawn(process.execPath, ['-e', program, String(smtp)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    // Without a pause, so that nobody takes note of the end in between.
    for (const until = Date.now() + 10_000; Date.now() < until; )
      if (processIdentity(child.pid ?? 0) === undefined) break;
    expect(await isPortFree(smtp)).toBe(true);
  }
});
