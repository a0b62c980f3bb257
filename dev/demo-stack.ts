import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { lockHolder } from '../bin/setup/lock.mjs';
import { runDemo } from './demo.ts';
import { varDir } from './paths.ts';
import { stopLeftovers } from './processes.ts';
import { runProgram, stopRequest } from './program.ts';
import { type Stack, StackRunningError, startStack } from './stack.ts';
import { writeJson } from './state.ts';

/** What a demo is handed. */
export interface DemoContext {
  readonly stack: Stack;
  /** For what the demo shows: the PDFs. */
  readonly outDir: string;
  /** For what the demo must remember when it is killed; empty when a demo begins. */
  readonly stateDir: string;
  /** An interrupted demo goes on: what it has done already is there. */
  readonly resumed: boolean;
  /** Aborted when the demo should stop. */
  readonly signal: AbortSignal;
}

const outDir = join(varDir, 'demo');
const stateDir = join(outDir, '.state');
const finishedPath = join(stateDir, 'finished.json');

await runProgram(async () => {
  const signal = stopRequest();
  const holder = lockHolder(join(stateDir, 'stack.lock'));
  if (holder) throw new StackRunningError(stateDir, holder.pid, undefined);
  if (existsSync(finishedPath) || process.argv.includes('--fresh')) {
    await stopLeftovers(stateDir);
    clear();
  }
  const resumed = existsSync(stateDir);
  if (resumed) console.log('An interrupted demo goes on (npm run demo -- --fresh starts anew).');
  mkdirSync(join(stateDir, 'demo'), { recursive: true });
  const gaveUp = new AbortController();
  const stack = await startStack({
    stateDir,
    apps: ['web', 'interactive', 'background'],
    signal,
    onGiveUp: (failure) => gaveUp.abort(failure),
  });
  const ended = AbortSignal.any([signal, gaveUp.signal]);
  try {
    const stopped = new Promise<never>((_, reject) =>
      ended.addEventListener('abort', () => reject(ended.reason)),
    );
    await Promise.race([
      runDemo({ stack, outDir, stateDir: join(stateDir, 'demo'), resumed, signal: ended }),
      stopped,
    ]);
    writeJson(finishedPath, { finishedAt: new Date().toISOString() });
  } finally {
    await stack.stop();
  }
  return 0;
});

/** A finished demo starts from nothing the next time, its PDFs gone. */
function clear(): void {
  for (const name of existsSync(outDir) ? readdirSync(outDir) : []) {
    rmSync(join(outDir, name), { recursive: true, force: true });
  }
}
