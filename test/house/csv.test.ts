import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rootDir } from '../../dev/paths.ts';
import { importsOf, sourceFiles } from './imports.ts';

const HOME = 'domain/base/csv.ts';
/** Where files and answers for people are made. */
const PRODUCT = /^(activities|cli|clients|db\/queries|domain|gateway|storage|templates|web|workers)\//;
/** Pages only link to files. */
const files = sourceFiles().filter(
  (file) => PRODUCT.test(file) && file !== HOME && !file.endsWith('page.tsx'),
);
const textOf = (file: string) => readFileSync(join(rootDir, file), 'utf8');

/** Giving a CSV a name or a type, as who writes one does; who reads one names neither. */
const NAMED = /text\/csv; |[`'][^`'\n]*\.csv[`']\s*[,)]/;

test('every CSV goes through the one function that lets no cell be a formula', () => {
  const writers = files.filter((file) => NAMED.test(textOf(file)));
  const through = new Set([HOME, 'web/http/csv.ts', 'storage/catalogue-file.ts']);
  const beside = writers.filter((file) => !importsOf(file).some(({ to }) => through.has(to)));
  expect(beside).toEqual([]);
  expect(writers.length).toBeGreaterThan(4);
});

test('nobody else puts quotes around cells or joins them with commas into lines', () => {
  const own = /replaceAll\('"', '""'\)|join\(','\)[^\n]*\\r\\n/;
  expect(files.filter((file) => own.test(textOf(file)))).toEqual([]);
  expect(textOf(HOME)).toMatch(own);
});
