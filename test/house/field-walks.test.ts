import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rootDir } from '../../dev/paths.ts';

/** What somebody did by hand in the field and what came of it; each is a test whose title begins with its name. */
const WALKS = ['c1', 'd1', 'e1', 'i1', 'l1', 'p1', 'p2', 'p3', 'p4', 'q1', 't1', 'w1', 'w2', 'z1'];

test('every walk of the field is walked by a test of its name', () => {
  const folder = join(rootDir, 'test');
  const walked = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .flatMap((name) => [...readFileSync(join(folder, name), 'utf8').matchAll(/^.*['`"]walk ([a-z]\d): /gm)])
    .map(([, name]) => name);
  expect(walked.toSorted()).toEqual(WALKS);
});
