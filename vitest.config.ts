import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { STACKS } from './test/support/stack-count.ts';

/** Left to itself, vitest keeps one of them free. */
const CORES = availableParallelism();

/** As many files at a time as there are stacks: no two files use one at the same time. */
const services = {
  // To load the program for each file would cost more than many a file runs: they share a process, and leave nothing behind in it.
  isolate: false,
  globalSetup: ['test/support/stack.ts'],
  testTimeout: 120_000,
  hookTimeout: 120_000,
  maxWorkers: STACKS,
  sequence: { groupOrder: 1 },
};

/** Each on a stack of its own, and most of the time waiting for the server to miss a worker: their limits are for slow machines. */
const KILLED = 'test/workflows/*kill*.test.ts';

/**
 * `unit` needs no services and runs in both zones: a business date must not depend on the host's clock zone. Drawing PDFs and reading
 * the code know no zone, and run once.
 * `documents` asks veraPDF and the rules of JP PINT, which need Java; `services` and `killed` need the embedded stack; `browser` needs Chromium too.
 */
export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
  test: {
    setupFiles: ['test/support/leave-nothing.ts'],
    projects: [
      ...['UTC', 'Asia/Tokyo'].map((zone) => ({
        extends: true as const,
        test: {
          name: `unit ${zone}`,
          include: [
            'test/{domain,storage,templates,cli,dev,gateway,house,simulation,chaos}/**/*.test.{ts,tsx}',
          ],
          exclude: zone === 'UTC' ? [] : ['test/storage/pdf*.test.ts', 'test/house/**'],
          env: { TZ: zone },
          isolate: false,
          maxWorkers: CORES,
          testTimeout: 20_000,
        },
      })),
      {
        extends: true,
        test: {
          name: 'services',
          include: ['test/{db,activities,workflows,web,workers,replay}/**/*.test.{ts,tsx}'],
          exclude: [KILLED],
          ...services,
        },
      },
      {
        extends: true,
        test: {
          name: 'killed',
          include: [KILLED],
          ...services,
          isolate: true,
          sequence: { groupOrder: 2 },
        },
      },
      {
        extends: true,
        test: {
          name: 'documents',
          include: ['test/documents/**/*.test.ts'],
          maxWorkers: CORES,
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: { name: 'browser', include: ['test/browser/**/*.test.ts'], ...services, testTimeout: 180_000 },
      },
    ],
  },
});
