import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { lockHolder } from '../../bin/setup/lock.mjs';
import { ensureChromium } from '../../dev/chromium.ts';
import { varDir } from '../../dev/paths.ts';
import { stopLeftovers } from '../../dev/processes.ts';
import { startStack } from '../../dev/stack.ts';

/** What the shared stack hands to the tests: `inject('stackEnv')`. */
declare module 'vitest' {
  export interface ProvidedContext {
    /** The environment of the project's processes: DATABASE_URL, TEMPORAL_ADDRESS, SMTP_URL, OUTBOX_DIR, … */
    stackEnv: Readonly<Record<string, string>>;
    /** The Chromium for playwright-core; provided to the `browser` project only. */
    chromiumPath: string;
  }
}

interface SharedStack {
  readonly env: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

// Each vitest project loads this file anew: what they share hangs on the process.
const shared: { hassoTestStack?: { readonly stack: Promise<SharedStack>; users: number } } =
  globalThis as object;
const testDir = join(varDir, 'test');

/**
 * Postgres, Temporal and the outbox, migrated, without the project's own processes: one stack for all projects of a
 * vitest run, on data that is gone afterwards.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  shared.hassoTestStack ??= { stack: start(), users: 0 };
  const use = shared.hassoTestStack;
  use.users += 1;
  if (project.name === 'browser') project.provide('chromiumPath', await ensureChromium());
  const stack = await use.stack;
  project.provide('stackEnv', stack.env);
  return async () => {
    use.users -= 1;
    if (use.users > 0) return;
    delete shared.hassoTestStack;
    await stack.stop();
  };
}

async function start(): Promise<SharedStack> {
  await removeAbandoned();
  const stateDir = join(testDir, String(process.pid));
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
