import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { LEFT_OUT, strykerPlugins } from '../../dev/mutants/ignore.ts';
import { ownTests } from '../../dev/mutants/own-tests.ts';
import { forgetSurvivors } from '../../dev/mutants/results.ts';
import { LEAST_SCORE, type Mutant, scoresOf, scoreTable, survivorsOf } from '../../dev/mutants/score.ts';

const mutant = (fileName: string, status: string, line = 1): Mutant => ({
  ...{ fileName, status, line },
  ...{ mutatorName: 'BooleanLiteral', replacement: 'true' },
});

describe('the score of a mutation run', () => {
  const mutants = [
    mutant('domain/change/changes.ts', 'Killed'),
    mutant('domain/change/changes.ts', 'Timeout'),
    mutant('domain/change/changes.ts', 'Survived', 7),
    mutant('domain/change/changes.ts', 'Ignored'),
    mutant('domain/base/money.ts', 'NoCoverage', 3),
    mutant('domain/base/money.ts', 'RuntimeError'),
  ];

  test('counts what was noticed, by folder and in all; a break that could not run or was left out is none', () => {
    expect(scoresOf(mutants)).toEqual([
      { folder: 'domain/base', mutants: 1, killed: 0, uncovered: 1, score: 0 },
      { folder: 'domain/change', mutants: 3, killed: 2, uncovered: 0, score: 2 / 3 },
      { folder: 'all', mutants: 4, killed: 2, uncovered: 1, score: 0.5 },
    ]);
  });

  test('names what survived or was never run, by file and line', () => {
    expect(survivorsOf(mutants).map(({ fileName, line }) => `${fileName}:${line}`)).toEqual([
      'domain/base/money.ts:3',
      'domain/change/changes.ts:7',
    ]);
  });

  test('of nothing is no failure', () => {
    expect(scoresOf([])).toEqual([{ folder: 'all', mutants: 0, killed: 0, uncovered: 0, score: 1 }]);
    expect(LEAST_SCORE).toBeGreaterThanOrEqual(0.85);
  });

  test('is a table that lines up', () => {
    const lines = scoreTable(scoresOf(mutants)).split('\n');
    expect(lines.map((line) => line.length)).toEqual(Array(4).fill(lines[0]?.length));
    expect(lines.at(-1)).toMatch(/^all +4 +2 +1 +0\.500$/);
  });
});

describe('what is not broken', () => {
  const ignored = (node: { type: string; value?: unknown; quasis?: { value: { raw: string } }[] }) =>
    strykerPlugins.map(({ value }) => value.shouldIgnore({ node }));
  const literal = (value: unknown) => ignored({ type: 'StringLiteral', value });

  test('words in Japanese, as a text or with values in it', () => {
    expect(literal('契約は終了します。')).toEqual(['words for people']);
    const quasis = [{ value: { raw: '' } }, { value: { raw: '円です。' } }];
    expect(ignored({ type: 'TemplateLiteral', quasis })).toEqual(['words for people']);
  });

  test('but codes and clauses are', () => {
    expect(['ruleRefuses', '第10条1項', '民法143条2項', '', 7].flatMap(literal)).toEqual(
      Array(5).fill(undefined),
    );
    expect(ignored({ type: 'TemplateLiteral', quasis: [{ value: { raw: 'notice/' } }] })).toEqual([
      undefined,
    ]);
  });

  test('every file that is left out says what watches over it', () => {
    for (const [pattern, why] of Object.entries(LEFT_OUT)) {
      expect(pattern).toMatch(/^domain\//);
      expect(why.length, pattern).toBeGreaterThan(10);
    }
  });
});

describe('what is run again', () => {
  test('whatever survived in what is asked for; all else is kept as it was', () => {
    const folder = mkdtempSync(join(tmpdir(), 'mutants-'));
    const path = join(folder, 'results.json');
    const mutants = ['Killed', 'Survived', 'NoCoverage', 'Timeout'].map((status, id) => ({ id, status }));
    const files = { 'domain/a.ts': { source: 'a', mutants }, 'domain/b.ts': { source: 'b', mutants } };
    writeFileSync(path, JSON.stringify({ schemaVersion: '1', files }));
    forgetSurvivors(path, (file) => file === 'domain/a.ts');
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({
      schemaVersion: '1',
      files: {
        ...files,
        'domain/a.ts': {
          source: 'a',
          mutants: mutants.filter(({ status }) => /Killed|Timeout/.test(status)),
        },
      },
    });
    rmSync(folder, { recursive: true });
    expect(() => forgetSurvivors(path, () => true)).not.toThrow();
  });

  test('a folder’s rules by the tests of its name, and those that are about both', () => {
    expect(ownTests('domain/change')).toEqual(['test/domain/change/**/*.test.ts']);
    expect(ownTests('domain/future')).toContain('test/domain/ending/what-if.test.ts');
  });
});
