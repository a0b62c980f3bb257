import { defineConfig } from 'vitest/config';
import { TESTS_KEY } from './own-tests.ts';

/**
 * The rules' own tests, in one zone: what a rule does has to show there, not in a test of something that uses it. Rules keep no
 * state, so that the test files of a run may share their modules.
 */
export default defineConfig({
  test: {
    include: process.env[TESTS_KEY]?.split(',') ?? ['test/domain/**/*.test.ts'],
    env: { TZ: 'UTC' },
    isolate: false,
    testTimeout: 20_000,
  },
});
