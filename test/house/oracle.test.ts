import { expect, test } from 'vitest';
import { importsOf, sourceFiles } from './imports.ts';

const ORACLE = 'test/simulation/oracle/';
/** The shapes of both files of a simulation, which are documented and shared. */
const SHAPES = ['test/simulation/lines.ts', 'test/simulation/outcome-lines.ts'];
const files = sourceFiles().filter((file) => file.startsWith(ORACLE));

test('the oracle of the simulation computes by itself: it imports nothing of what it judges', () => {
  const imports = files.filter((file) => !file.endsWith('.test.ts')).flatMap(importsOf);
  const wrong = imports.filter(({ to }) => !to.startsWith(ORACLE) && !SHAPES.includes(to));
  expect(wrong.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  expect(imports.length).toBeGreaterThan(40);
});

test('the shapes that the oracle shares with the player are shapes only', () => {
  expect(SHAPES.flatMap(importsOf).map(({ to }) => to)).toEqual(['zod', 'zod']);
});
