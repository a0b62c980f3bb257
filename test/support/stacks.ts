import { inject } from 'vitest';

/** The environment of the project's processes on the stack of this file: DATABASE_URL, TEMPORAL_ADDRESS, SMTP_URL, OUTBOX_DIR, … */
export function stackEnv(): Readonly<Record<string, string>> {
  const slot = Number(process.env.VITEST_POOL_ID);
  const env = inject('stackEnvs')[slot - 1];
  if (env === undefined) throw new Error(`no stack for worker ${process.env.VITEST_POOL_ID} of vitest`);
  return env;
}
