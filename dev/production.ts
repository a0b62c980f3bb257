import { SetupError } from '../bin/setup/packages.mjs';
import type { ACCEPTABLE } from '../config/production.ts';
import { type Environment, withSecretFiles } from '../config/secret-files.ts';
import { MADE_SECRETS, secretsBesideData } from '../config/state-folder.ts';
import { loadConfig, SettingsError } from '../config.ts';
import { keysOf } from '../domain/base/keys.ts';
import { rememberedSecrets } from './state.ts';

/**
 * The settings for `npm start` in production, files of secrets read, before anything is started. Throws a SetupError with every
 * setting that is wrong or not for production. What this command starts itself, on the loopback interface, need not be set.
 */
export function checkedForProduction(given: Environment, stateDir: string): Record<string, string> {
  const { env, problems } = withSecretFiles(given);
  const accepts = (name: (typeof ACCEPTABLE)[number]) =>
    (env.HASSO_ACCEPT ?? '').split(',').some((word) => word.trim().toLowerCase() === name);
  const missing = keysOf(MADE_SECRETS).filter((setting) => env[setting] === undefined);
  const generatedSecrets = [...missing, ...secretsBesideData(env, stateDir)];
  const lines = [
    ...problems,
    ...(env.HASSO_DATA_DIR === undefined
      ? [
          'HASSO_DATA_DIR: must be set in production, a folder outside of the clone for everything that is kept',
        ]
      : []),
    ...wrongSettings(
      {
        DATABASE_URL: 'postgres://hasso_app@127.0.0.1/hasso',
        TEMPORAL_ADDRESS: '127.0.0.1:7233',
        DOCUMENTS_DIR: stateDir,
        ...(accepts('caught-mail') ? { SMTP_URL: 'smtp://127.0.0.1' } : {}),
        ...(accepts('generated-secrets') ? { SESSION_SECRET: NONE, PERSONAL_DATA_KEY: NONE } : {}),
        ...env,
      },
      generatedSecrets,
    ),
  ];
  if (lines.length > 0) throw new SetupError(new SettingsError(lines).message);
  return accepts('generated-secrets') ? { ...madeSecrets(stateDir), ...env } : env;
}

/** Passes the check of its form; the true value is made when everything else is right. */
const NONE = '0'.repeat(64);

function wrongSettings(env: Record<string, string>, generatedSecrets: readonly string[]): readonly string[] {
  try {
    loadConfig(env, { generatedSecrets, runsAsRoot: process.getuid?.() === 0 });
    return [];
  } catch (error) {
    if (error instanceof SettingsError) return error.lines;
    throw error;
  }
}

/** The secrets that a stack makes for itself and keeps in its folder. */
export function madeSecrets(stateDir: string): Record<keyof typeof MADE_SECRETS, string> {
  const { session, personalData, temporalCodec } = rememberedSecrets(stateDir, [
    'session',
    'personalData',
    'temporalCodec',
  ]);
  return {
    SESSION_SECRET: session,
    PERSONAL_DATA_KEY: personalData,
    TEMPORAL_CODEC_KEYS: `own:${temporalCodec}`,
  };
}
