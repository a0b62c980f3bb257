import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import { type Config, loadConfig } from '../../config.ts';
import { type Database, openDatabase } from '../../db/client.ts';
import { addBaseData } from '../../dev/base-data.ts';
import { varDir } from '../../dev/paths.ts';
import { startStack } from '../../dev/stack.ts';
import { connectTemporal } from '../../gateway/connect.ts';
import { startMortalWorker } from './mortal-worker.ts';
import { START_WITHIN_MS } from './patience.ts';

export interface OwnStack {
  env: Record<string, string>;
  stop(): Promise<void>;
}

/**
 * A stack of a test's own, migrated: for processes that reach every contract there is, which on the shared stack would be
 * those of other tests. `env` goes to `startWorkers`.
 */
export function startOwnStack(): Promise<OwnStack> {
  return start([], {});
}

const newFolder = () => join(varDir, 'test', `own-${process.pid}-${randomUUID().slice(0, 8)}`);

async function start(
  apps: readonly 'interactive'[],
  settings: Record<string, string>,
  stateDir = newFolder(),
): Promise<OwnStack> {
  const stack = await startStack({
    stateDir,
    apps,
    throwaway: true,
    env: settings,
    log: () => undefined,
    startWithinMs: START_WITHIN_MS,
  });
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

export interface KillableStack extends OwnStack {
  config: Config;
  db: Database;
  client: Client;
  /** Kills the background worker on the spot and starts another; the id of the one that died. */
  killWorker(): number | undefined;
}

/**
 * A stack of a test's own with the workers as processes, base data, and connections; `settings` lie over its environment, and
 * `stateDir` is a folder with data to go on from.
 */
export async function startKillableStack(
  settings: Record<string, string> = {},
  stateDir?: string,
): Promise<KillableStack> {
  const stack = await start(['interactive'], settings, stateDir);
  const config = loadConfig(stack.env);
  const { db, close } = openDatabase(config, 4);
  const client = await connectTemporal(config);
  await addBaseData(db);
  const worker = startMortalWorker(stack.env);
  return {
    ...stack,
    config,
    db,
    client,
    killWorker: worker.kill,
    async stop() {
      await worker.stop();
      await client.connection.close();
      await close();
      await stack.stop();
    },
  };
}
