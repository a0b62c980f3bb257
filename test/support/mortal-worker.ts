import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { nodeArgs } from '../../dev/paths.ts';

/**
 * The background worker as a process that a test kills as often as it likes; the stack's own supervisor would take so many
 * deaths for a broken program. Another one starts at once.
 */
export function startMortalWorker(env: Record<string, string>) {
  const { DATABASE_OWNER_URL: _, ...own } = env;
  const logDir = own.LOG_DIR ?? '';
  let child: ChildProcess = spawned();

  function spawned(): ChildProcess {
    mkdirSync(logDir, { recursive: true });
    const output = openSync(join(logDir, 'worker-background.log'), 'a');
    const started = spawn(process.execPath, nodeArgs('workers/background.ts'), {
      env: { ...process.env, ...own },
      stdio: ['ignore', output, output],
    });
    closeSync(output);
    return started;
  }

  return {
    kill(): number | undefined {
      const { pid } = child;
      child.kill('SIGKILL');
      child = spawned();
      return pid;
    },
    async stop(): Promise<void> {
      if (child.exitCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}
