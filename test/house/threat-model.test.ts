import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rootDir } from '../../dev/paths.ts';

const text = readFileSync(join(rootDir, 'docs/threat-model.md'), 'utf8');
const paths = [...text.matchAll(/`([a-z]+\/[\w./-]+)`/g)].map(([, path = '']) => path);

test('every file and test that the threat model rests on is there', () => {
  expect(paths.length).toBeGreaterThan(40);
  expect(paths.filter((path) => !existsSync(join(rootDir, path)))).toEqual([]);
});

test('every measure names a test that would fail without it', () => {
  const rows = text
    .split('\n')
    .filter((line) => line.startsWith('| ') && line.includes('`test/'))
    .map((line) => line.split(' | ').length);
  const tables = text.split('\n').filter((line) => line === '| threat | measure | shown by |').length;
  expect(tables).toBe(5);
  expect(rows.length).toBeGreaterThan(30);
  const measures = text.split('## Entrances')[1]?.split('## What is left')[0]?.split('\n') ?? [];
  const shown = measures.filter((line) => /^\| (?!threat|---)/.test(line));
  expect(shown.filter((line) => !line.includes('`test/'))).toEqual([]);
});
