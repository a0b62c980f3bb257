import { fork } from 'node:child_process';
import { once } from 'node:events';
import { SetupError } from '../../bin/setup/packages.mjs';
import { nodeArgs } from '../../dev/paths.ts';

/** Task queue of the bare worker. */
export const BARE_QUEUE = 'hasso-bench-bare';

export interface BareProgress {
  /** How many bare renewals have come to their end since the worker started, and when the last one did. */
  doneCount: number;
  lastDoneMs: number;
}

export interface BareWorker {
  pid: number;
  progress(): Promise<BareProgress>;
  stop(): Promise<void>;
}

/** Starts the bare worker as a process of its own, as the project's workers are. Throws a SetupError when it ends. */
export async function startBareWorker(env: Readonly<Record<string, string>>): Promise<BareWorker> {
  const [loaderFlag = '', loader = '', file = ''] = nodeArgs('bench/support/bare-worker.ts');
  const child = fork(file, [], {
    execArgv: [loaderFlag, loader],
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit');
  const failed = ended.then(() => {
    throw new SetupError('The bare worker ended.');
  });
  failed.catch(() => undefined);
  await Promise.race([once(child, 'message'), failed]);
  return {
    pid: child.pid ?? 0,
    async progress() {
      const answer = once(child, 'message');
      child.send('progress');
      const [progress] = await Promise.race([answer, failed]);
      return progress as BareProgress;
    },
    async stop() {
      if (child.exitCode !== null) return;
      child.kill('SIGTERM');
      await ended;
    },
  };
}
