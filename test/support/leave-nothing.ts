import { afterAll, vi } from 'vitest';

const environment = { ...process.env };

/** Files share a process: whatever one has put in the place of clocks, functions or the environment is given back with its last test. */
afterAll(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
  for (const name of Object.keys(process.env)) if (!(name in environment)) delete process.env[name];
  Object.assign(process.env, environment);
});
