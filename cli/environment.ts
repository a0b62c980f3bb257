import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type Environment, withSecretFiles } from '../config/secret-files.ts';
import { stateFolder } from '../config/state-folder.ts';

/**
 * The settings of a command: those of its environment, secrets from their files, and where it has none those of the stack that
 * `npm start` runs, in HASSO_DATA_DIR or in this clone. In production a clone's own stack is another system: it counts for
 * nothing. `problems` names files that cannot be read.
 */
export function commandSettings(given: Environment): { env: Record<string, string>; problems: string[] } {
  const { env, problems } = withSecretFiles(given);
  const foreign = env.HASSO_MODE === 'production' && env.HASSO_DATA_DIR === undefined;
  return { env: { ...(foreign ? {} : ofRunningStack(given)), ...env }, problems };
}

function ofRunningStack(given: Environment): Record<string, string> {
  try {
    const text = readFileSync(join(stateFolder(given), 'env.json'), 'utf8');
    return z.record(z.string(), z.string()).parse(JSON.parse(text));
  } catch {
    return {};
  }
}

/** Makes these settings those of this process, for all that read them there. */
export function useCommandSettings(): void {
  const { env, problems } = commandSettings(process.env);
  for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name];
  Object.assign(process.env, env);
  for (const problem of problems) process.stderr.write(`${problem}\n`);
}
