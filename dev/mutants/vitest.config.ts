import { defineConfig } from 'vitest/config';

/** The rules' own tests, in one zone: what a rule does has to show there, not in a test of a process that uses it. */
export default defineConfig({
  test: { include: ['test/domain/**/*.test.ts'], env: { TZ: 'UTC' }, testTimeout: 20_000 },
});
