import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { measurePairs } from '../../cli/screen.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const DEV = join(ROOT, 'test/data/screening-dev.jsonl');
const SCRIPT = `
import { Command } from 'commander';
import { registerScreen } from './cli/screen.ts';
const program = new Command('hasso');
registerScreen(program);
await program.parseAsync(process.argv.slice(1), { from: 'user' });
`;

const folder = mkdtempSync(join(tmpdir(), 'hasso-screen-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, lines: readonly unknown[]): string {
  const path = join(folder, name);
  writeFileSync(
    path,
    lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'),
  );
  return path;
}

/** Runs `screen` in a process of its own. */
function run(...args: string[]): Promise<{ out: string; error: string; exitCode: number }> {
  const nodeArguments = ['--import', 'tsx', '--input-type=module', '--eval', SCRIPT, '--', 'screen', ...args];
  return new Promise((resolve) => {
    execFile(process.execPath, nodeArguments, { cwd: ROOT }, (failure, out, error) => {
      resolve({ out, error, exitCode: failure === null ? 0 : Number(failure.code) });
    });
  });
}

describe('hasso screen', { timeout: 60_000 }, () => {
  it('prints one JSON object about labelled pairs and writes the outcome of each', async () => {
    const outcomes = join(folder, 'outcomes.jsonl');
    const { out, exitCode } = await run('--pairs', DEV, '--json', '--out', outcomes);
    expect(exitCode).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ n: 80, missedHits: 0, missedHitRate: 0 });
    const lines = readFileSync(outcomes, 'utf8').trimEnd().split('\n');
    expect(lines).toHaveLength(80);
    expect(JSON.parse(lines[0] ?? '')).toEqual({ id: 'd0001', outcome: 'hit', rule: 'C1' });
  });

  it('says it in Japanese without --json', async () => {
    const { out } = await run('--pairs', DEV);
    expect(out).toContain('照合の評価（80組）');
  });

  it('runs queries against a list', async () => {
    const list = file('list.jsonl', [
      { id: 'W1', kind: 'company', name: '株式会社髙樋商会' },
      { id: 'W2', kind: 'person', name: '杉簪 律' },
    ]);
    const queries = file('queries.jsonl', [
      {
        id: 'Q1',
        type: 'planted',
        truth: 'W1',
        mutation: 'old',
        query: { kind: 'company', name: '㈱高樋商会' },
      },
      {
        id: 'Q2',
        type: 'planted',
        truth: 'W2',
        mutation: 'title',
        query: { kind: 'person', name: '取締役 杉簪律 様' },
      },
      { id: 'Q3', type: 'clean', truth: null, mutation: null, query: { kind: 'person', name: '潮路 環' } },
    ]);
    const { out } = await run('--list', list, '--queries', queries, '--json');
    const report: unknown = JSON.parse(out);
    expect(report).toMatchObject({ plantedFound: 1, cleanAlert: 0, cleanHit: 0 });
    expect(Object.keys(report as object)).toEqual(expect.arrayContaining(['indexMs', 'p50Ms', 'p95Ms']));
  });

  it.each([
    ['not JSON', ['{bad']],
    [
      'without a name',
      [{ id: 'x', list: { kind: 'company' }, query: { kind: 'company', name: '甲' }, expected: 'hit' }],
    ],
  ])('names the line that is %s, and fails', async (name, [bad]) => {
    const good = readFileSync(DEV, 'utf8').split('\n')[0] ?? '';
    const { error, exitCode } = await run('--pairs', file(`${name}.jsonl`, [good, '', bad]));
    expect(exitCode).toBe(1);
    expect(error).toContain('3行目');
  });

  it('fails with a sentence when nothing is asked or a file is missing', async () => {
    expect(await run()).toMatchObject({ exitCode: 1 });
    const { error, exitCode } = await run('--pairs', join(folder, 'missing.jsonl'));
    expect([exitCode, error]).toEqual([1, expect.stringContaining('ファイルを読めません')]);
  });
});

describe('measuring', () => {
  it('counts shares of alerts and of clears apart, and F1 over three outcomes', () => {
    expect(
      measurePairs([
        { expected: 'hit', outcome: 'hit' },
        { expected: 'hit', outcome: 'clear' },
        { expected: 'review', outcome: 'hit' },
        { expected: 'clear', outcome: 'clear' },
      ]),
    ).toEqual({
      n: 4,
      balancedAccuracy: 0.8334,
      macroF1: 0.3889,
      missedHits: 1,
      missedHitRate: 0.5,
      clearKeptClear: 1,
    });
  });
});
