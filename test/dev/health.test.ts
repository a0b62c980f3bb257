import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, expect, test } from 'vitest';
import { rootDir } from '../../dev/paths.ts';

const started: ChildProcess[] = [];
afterAll(() => {
  for (const child of started) child.kill('SIGKILL');
});

/** A process that answers `status`, and its port. */
async function answering(status: number): Promise<{ child: ChildProcess; port: string }> {
  const code = `require('node:http').createServer((q, r) => r.writeHead(${status}).end('{"ready":${status === 200}}')).listen(0, '127.0.0.1', function () { process.send(String(this.address().port)); });`;
  const child = spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  started.push(child);
  const [port] = await once(child, 'message');
  return { child, port: String(port) };
}

const health = (port: string) =>
  spawnSync(process.execPath, ['deploy/health.ts', port, 'readyz'], { cwd: rootDir, encoding: 'utf8' });

test('a container is healthy while its process says so, and says why when it is not', async () => {
  expect(health((await answering(200)).port).status).toBe(0);
  const { status, stderr } = health((await answering(503)).port);
  expect(status).toBe(1);
  expect(stderr).toContain('{"ready":false}');
});

test('a process that hangs, or is not there, is not healthy', async () => {
  const { child, port } = await answering(200);
  child.kill('SIGSTOP');
  expect(health(port).status).toBe(1);
  child.kill('SIGKILL');
  expect(health('1').status).toBe(1);
});
