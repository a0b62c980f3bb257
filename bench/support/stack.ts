import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import { type Config, loadConfig } from '../../config.ts';
import { type Database, openDatabase } from '../../db/client.ts';
import { addBaseData } from '../../dev/base-data.ts';
import { varDir } from '../../dev/paths.ts';
import { runProgram, stopRequest } from '../../dev/program.ts';
import { type Stack, type StackOptions, startStack } from '../../dev/stack.ts';
import { connectTemporal } from '../../gateway/connect.ts';
import { type BareWorker, startBareWorker } from './bare.ts';
import { type BenchResult, note, printResult } from './measure.ts';

/** What a measurement works on: the project's own processes and a bare worker beside them, on one server. */
export interface Bench {
  stack: Stack;
  stateDir: string;
  config: Config;
  db: Database;
  client: Client;
  bare: BareWorker;
}

/**
 * Runs a measurement on a stack of its own, with the same settings as `npm start`, prints its result and removes
 * everything that it left.
 */
export async function runBench(
  name: string,
  apps: StackOptions['apps'],
  measure: (bench: Bench) => Promise<BenchResult>,
  settings: Readonly<Record<string, string>> = {},
): Promise<never> {
  return runProgram(async () => {
    const stateDir = join(varDir, 'bench', `${name}-${process.pid}`);
    const cleaners: (() => unknown)[] = [() => rmSync(stateDir, { recursive: true, force: true })];
    const signal = stopRequest();
    try {
      const env = { LOG_LEVEL: 'warn', ...settings };
      const stack = await startStack({ stateDir, apps, env, signal, log: note });
      cleaners.push(stack.stop);
      const config = loadConfig(stack.env);
      const { db, close } = openDatabase(config, 8);
      cleaners.push(close);
      await addBaseData(db);
      const client = await connectTemporal(config);
      cleaners.push(() => client.connection.close());
      const bare = await startBareWorker(stack.env);
      cleaners.push(bare.stop);
      printResult(await measure({ stack, stateDir, config, db, client, bare }));
      return 0;
    } finally {
      for (const clean of cleaners.toReversed()) await clean();
    }
  });
}
