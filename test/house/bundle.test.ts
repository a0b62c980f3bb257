import { beforeAll, expect, test } from 'vitest';
import { bundleWorkflows } from '../../workers/bundle.ts';

/**
 * Bare, the SDK brings 1.6 MB, two thirds of it source map; each process of ours adds some 40 KB, the rules of a
 * contract's future 150, the desk 30, the declarations, which all share, 200. Every worker loads the
 * bundle: a library that slips in would add hundreds.
 */
const MAX_BYTES = 3_690_000;
/** What would break a workflow (it may not reach out, or read a clock) or only make it heavy. */
const FORBIDDEN = ['drizzle-orm', 'postgres', 'nodemailer', 'zod', 'pdfkit', 'fontkit', 'temporal-polyfill'];

let code = '';
beforeAll(async () => {
  ({ code } = await bundleWorkflows());
}, 60_000);

test('the workflow bundle stays small', () => {
  expect(code.length).toBeGreaterThan(100_000);
  expect(code.length).toBeLessThan(MAX_BYTES);
});

test.each(FORBIDDEN)('the workflow bundle contains nothing of %s', (name) => {
  expect(code).not.toContain(`node_modules/${name}/`);
});

test.each(['activities', 'db', 'storage', 'templates', 'workers', 'web'])(
  'the workflow bundle contains no code of %s/',
  (folder) => {
    expect(code).not.toMatch(new RegExp(`\\./${folder}/[\\w/-]+\\.tsx?`));
  },
);
