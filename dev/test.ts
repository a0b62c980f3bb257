import { spawn } from 'node:child_process';
import { runChecks } from './checks.ts';
import { rootDir } from './paths.ts';
import { runProgram } from './program.ts';

/**
 * `npm test`: the checks, then every test; arguments go to vitest. A failed check does not hide the tests' result,
 * but fails the run.
 */
await runProgram(async () => {
  const checked = await runChecks({ withHouseRules: false });
  const reporters = ['--reporter=default', '--reporter=./test/support/summary-reporter.ts'];
  const child = spawn('vitest', ['run', ...reporters, ...process.argv.slice(2)], {
    cwd: rootDir,
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { ...process.env, ...(checked ? {} : { HASSO_CHECK_FAILED: '1' }) },
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  const tested = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
  return checked ? tested : tested || 1;
});
