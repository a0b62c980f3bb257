import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { lockHolder } from '../../bin/setup/lock.mjs';
import { ensureChromium } from '../../dev/chromium.ts';
import { varDir } from '../../dev/paths.ts';
import { stopLeftovers } from '../../dev/processes.ts';
import { startStack } from '../../dev/stack.ts';
import { STACKS } from './stack-count.ts';

/** What the stacks hand to the tests: `stackEnv()` of `stacks.ts`. */
declare module 'vitest' {
  export interface ProvidedContext {
    /** One environment for each stack. */
    stackEnvs: readonly Readonly<Record<string, string>>[];
    /** The Chromium for playwright-core; provided to the `browser` project only. */
    chromiumPath: string;
  }
}

interface SharedStack {
  readonly env: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

// Each vitest project loads this file anew: what they share hangs on the process.
const shared: { hassoTestStacks?: { readonly stacks: Promise<SharedStack[]>; users: number } } =
  globalThis as object;
const testDir = join(varDir, 'test');

/**
 * Postgres, Temporal and the outbox, migrated, without the project's own processes: one stack for each file that runs at a time, for
 * all projects of a vitest run, on data that is gone afterwards.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  shared.hassoTestStacks ??= { stacks: startAll(), users: 0 };
  const use = shared.hassoTestStacks;
  use.users += 1;
  if (project.name === 'browser') project.provide('chromiumPath', await ensureChromium());
  const stacks = await use.stacks;
  project.provide(
    'stackEnvs',
    stacks.map(({ env }) => env),
  );
  return async () => {
    use.users -= 1;
    if (use.users > 0) return;
    delete shared.hassoTestStacks;
    await Promise.all(stacks.map((stack) => stack.stop()));
  };
}

async function startAll(): Promise<SharedStack[]> {
  await removeAbandoned();
  // One after the other: each looks for ports that are free.
  const stacks: SharedStack[] = [];
  for (let slot = 1; slot <= STACKS; slot += 1) stacks.push(await start(`${process.pid}-${slot}`));
  return stacks;
}

async function start(name: string): Promise<SharedStack> {
  const stateDir = join(testDir, name);
  const stack = await startStack({ stateDir, apps: [], throwaway: true });
  return {
    env: stack.env,
    async stop() {
      await stack.stop();
      rmSync(stateDir, { recursive: true, force: true });
    },
  };
}

/** Clears up after runs that were killed. */
async function removeAbandoned(): Promise<void> {
  for (const name of listFolders(testDir)) {
    const stateDir = join(testDir, name);
    if (lockHolder(join(stateDir, 'stack.lock'))) continue;
    await stopLeftovers(stateDir);
    rmSync(stateDir, { recursive: true, force: true });
  }
}

function listFolders(dir: string): string[] {
  try {
    return readdirSync(dir);
  } catch {
    return [];
  }
}
