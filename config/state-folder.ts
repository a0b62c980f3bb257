import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Environment } from './secret-files.ts';

/** Where `npm start` keeps everything: HASSO_DATA_DIR, else a folder of the clone. */
export function stateFolder({ HASSO_DATA_DIR: folder }: Environment): string {
  return folder ? resolve(folder) : join(fileURLToPath(new URL('..', import.meta.url)), 'var', 'dev');
}

/** Secrets that a development stack makes for itself: the setting, and its name in `state.json`. */
export const MADE_SECRETS = {
  SESSION_SECRET: 'session',
  PERSONAL_DATA_KEY: 'personalData',
  TEMPORAL_CODEC_KEYS: 'temporalCodec',
} as const;

const stateSchema = z.object({ secrets: z.record(z.string(), z.string()).default({}) });

/** Settings whose value lies in the folder, beside the data. */
export function secretsBesideData(env: Environment, folder: string): string[] {
  let secrets: Record<string, string>;
  try {
    secrets = stateSchema.parse(JSON.parse(readFileSync(join(folder, 'state.json'), 'utf8'))).secrets;
  } catch {
    return [];
  }
  return Object.entries(MADE_SECRETS).flatMap(([setting, name]) => {
    const made = secrets[name];
    return made !== undefined && env[setting]?.includes(made) === true ? [setting] : [];
  });
}
