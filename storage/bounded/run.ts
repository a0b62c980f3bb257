import { type ChildProcess, fork, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { createGate } from '../../domain/base/gate.ts';

/** Work on a file that somebody else made, done in a process of its own. */
export type BoundedJob =
  | { task: 'pdf'; bytes: Uint8Array }
  /** One page of a TIFF, from 1, as a PNG. */
  | { task: 'tiffPage'; bytes: Uint8Array; page: number };

/**
 * Data that such a process may hold, in KiB: 600 MB in use, and 512 MiB that V8 sets apart for machine code and hardly
 * touches but the system counts. The heap of its JavaScript within, in MiB.
 */
export const MAX_USED_KIB = 600_000;
const MAX_DATA_KIB = MAX_USED_KIB + 512 * 1024;
const HEAP_MIB = 256;
/** Longest time for one job: of the processor, in seconds, and by the clock, in milliseconds, where a machine is busy. */
const JOB_CPU_SECONDS = 20;
const JOB_MS = 60_000;
/** Jobs at a time in this process of ours, and how many more may wait for their turn. */
const AT_ONCE = 2;
const WAITING = 50;

const enter = createGate(AT_ONCE);
let waiting = 0;

/**
 * Does a job in a process whose memory the operating system bounds: a bomb ends that process and nothing else, and never two
 * more than `AT_ONCE` of them run. Gives what the process answered; null when it died of its limits.
 * @param onStart is told the process id
 */
export async function runBounded(
  job: BoundedJob,
  onStart: (pid: number | undefined) => void = () => undefined,
): Promise<unknown> {
  if (waiting >= WAITING) return null;
  waiting += 1;
  try {
    return await enter(() => runNow(job, onStart));
  } finally {
    waiting -= 1;
  }
}

function runNow(job: BoundedJob, onStart: (pid: number | undefined) => void): Promise<unknown> {
  return new Promise((resolve) => {
    const child = start();
    onStart(child.pid);
    let answer: unknown = null;
    child.once('message', (message) => {
      answer = message;
    });
    child.once('error', () => resolve(null));
    child.once('exit', () => resolve(answer));
    child.send(job, () => undefined);
  });
}

function start(): ChildProcess {
  const script = fileURLToPath(new URL('child.mjs', import.meta.url));
  const flags = [`--max-old-space-size=${HEAP_MIB}`];
  const options = {
    // Nothing of our settings.
    env: {},
    serialization: 'advanced',
    timeout: JOB_MS,
    killSignal: 'SIGKILL',
  } as const;
  // Windows has no limits for a process by command; there only the heap is bounded.
  if (process.platform === 'win32') return fork(script, { ...options, execArgv: flags, stdio: 'ignore' });
  const limited = `ulimit -c 0; ulimit -t ${JOB_CPU_SECONDS}; ulimit -d ${MAX_DATA_KIB}; exec "$@"`;
  return spawn('/bin/sh', ['-c', limited, 'sh', process.execPath, ...flags, script], {
    ...options,
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
}
