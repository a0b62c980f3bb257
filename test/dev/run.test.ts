import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rootDir } from '../../dev/paths.ts';

const run = (...args: string[]) => spawnSync(process.execPath, args, { encoding: 'utf8', cwd: rootDir });

test('an unknown command lists those that there are and fails', () => {
  const { status, stderr } = run('bin/run.mjs', 'dance');
  expect(status).toBe(2);
  for (const name of ['start', 'test', 'check', 'demo', 'bench', 'screens'])
    expect(stderr).toContain(`  ${name} `);
});

test('an unknown measurement names those that there are and fails', () => {
  const { status, stderr } = run('bin/run.mjs', 'bench', 'dance', '--json');
  expect(status).toBe(1);
  expect(stderr).toContain('There is no measurement "dance". Available: ');
});

test('hasso hands its arguments and its exit code through, from any folder', () => {
  const { status, stdout } = spawnSync(process.execPath, [join(rootDir, 'bin/hasso.mjs'), '--help'], {
    encoding: 'utf8',
    cwd: '/',
  });
  expect(status).toBe(0);
  expect(stdout).toContain('Usage: hasso');
});
