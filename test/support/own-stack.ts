import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { varDir } from '../../dev/paths.ts';
import { startStack } from '../../dev/stack.ts';

/**
 * A stack of a test's own, migrated: for processes that reach every contract there is, which on the shared stack would be
 * those of other tests. `env` goes to `startWorkers`.
 */
export async function startOwnStack(): Promise<{ env: Record<string, string>; stop(): Promise<void> }> {
  const stateDir = join(varDir, 'test', `own-${process.pid}-${randomUUID().slice(0, 8)}`);
  const stack = await startStack({ stateDir, apps: [], throwaway: true });
  const env = Object.fromEntries(
    Object.entries(stack.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  return {
    env,
    async stop() {
      await stack.stop();
      rmSync(stateDir, { recursive: true, force: true });
    },
  };
}
