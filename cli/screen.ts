import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { z } from 'zod';
import { InvalidValueError } from '../domain/base/invalid-value.ts';
import {
  buildIndex,
  comparePair,
  type ListEntry,
  type Outcome,
  type ScreeningQuery,
  screen,
} from '../domain/screening/index.ts';
import { bareLine, linesOf, openText, parseLine } from './batch.ts';

const OUTCOMES = ['hit', 'review', 'clear'] as const satisfies readonly Outcome[];

const subject = z.object({
  kind: z.enum(['company', 'person']),
  name: z.string(),
  kana: z.string().exactOptional(),
  aliases: z.array(z.string()).exactOptional(),
  birthDate: z.string().exactOptional(),
  address: z.string().exactOptional(),
  phone: z.string().exactOptional(),
  corporateNumber: z.string().exactOptional(),
});
const person = z.object({
  name: z.string(),
  kana: z.string().exactOptional(),
  birthDate: z.string().exactOptional(),
});
const querySchema = subject.extend({
  representative: person.exactOptional(),
  officers: z.array(person).exactOptional(),
  officersText: z.string().exactOptional(),
});
const entrySchema = subject.extend({ id: z.string() });
const pairSchema = z.object({
  id: z.string(),
  list: subject,
  query: querySchema,
  expected: z.enum(OUTCOMES),
});
const runSchema = z.object({
  type: z.enum(['planted', 'clean']),
  truth: z.string().nullable(),
  query: querySchema,
});

type Pair = { id: string; list: Omit<ListEntry, 'id'>; query: ScreeningQuery; expected: Outcome };
type Run = { type: 'planted' | 'clean'; truth: string | null; query: ScreeningQuery };

/** A file that cannot be used, in words for the person at the terminal. */
class InputError extends Error {}

async function readLines<T>(path: string, schema: z.ZodType<T>): Promise<T[]> {
  const rows: T[] = [];
  let lineNumber = 0;
  for await (const raw of fileLines(path)) {
    lineNumber += 1;
    const line = lineNumber === 1 ? bareLine(raw) : raw.trim();
    if (line === '') continue;
    rows.push(parsed(line, schema, `${path} の${lineNumber}行目`));
  }
  return rows;
}

/** The lines of a file; one that cannot be read is an InputError. */
async function* fileLines(path: string): AsyncGenerator<string> {
  try {
    yield* linesOf(openText(path));
  } catch (error) {
    if (error instanceof Error && 'code' in error)
      throw new InputError(`ファイルを読めません：${error.message}`);
    throw error;
  }
}

function parsed<T>(line: string, schema: z.ZodType<T>, place: string): T {
  let value: unknown;
  try {
    value = parseLine(line);
  } catch (error) {
    if (!(error instanceof InvalidValueError)) throw error;
    throw new InputError(`${place}：${error.message}`);
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const fields = result.error.issues.map(({ path }) => path.join('.') || '全体').join('、');
  throw new InputError(`${place}：項目の形が正しくありません（${fields}）。`);
}

const share = (part: number, whole: number): number =>
  whole === 0 ? 1 : Math.round((part / whole) * 1e4) / 1e4;

/** How well outcomes agree with the expected ones. Shares are 0–1; alert means hit or review. */
export interface PairsReport {
  n: number;
  balancedAccuracy: number;
  macroF1: number;
  missedHits: number;
  missedHitRate: number;
  clearKeptClear: number;
}

/** Measures outcomes against expectations: balanced accuracy of alert against clear, and F1 averaged over the outcomes. */
export function measurePairs(results: readonly { expected: Outcome; outcome: Outcome }[]): PairsReport {
  const count = (test: (result: { expected: Outcome; outcome: Outcome }) => boolean): number =>
    results.filter(test).length;
  const alerts = count(({ expected }) => expected !== 'clear');
  const clears = results.length - alerts;
  const alertsFound = count(({ expected, outcome }) => expected !== 'clear' && outcome !== 'clear');
  const clearsKept = count(({ expected, outcome }) => expected === 'clear' && outcome === 'clear');
  const hits = count(({ expected }) => expected === 'hit');
  const missedHits = count(({ expected, outcome }) => expected === 'hit' && outcome === 'clear');
  const f1 = OUTCOMES.map((each) => {
    const both = count(({ expected, outcome }) => expected === each && outcome === each);
    const either = count(({ expected }) => expected === each) + count(({ outcome }) => outcome === each);
    return either === 0 ? 1 : (2 * both) / either;
  });
  return {
    n: results.length,
    balancedAccuracy: share(share(alertsFound, alerts) + share(clearsKept, clears), 2),
    macroF1: share(
      f1.reduce((sum, value) => sum + value, 0),
      f1.length,
    ),
    missedHits,
    missedHitRate: hits === 0 ? 0 : share(missedHits, hits),
    clearKeptClear: share(clearsKept, clears),
  };
}

async function evaluatePairs(path: string, out: string | undefined): Promise<PairsReport> {
  const pairs: Pair[] = await readLines(path, pairSchema);
  const results = pairs.map(({ id, list, query, expected }) => {
    const { outcome, rule } = comparePair({ id, ...list }, query);
    return { id, outcome, rule, expected };
  });
  if (out !== undefined) {
    const lines = results.map(({ id, outcome, rule }) => `${JSON.stringify({ id, outcome, rule })}\n`);
    await writeFile(out, lines.join(''));
  }
  return measurePairs(results);
}

/** What a run of generated queries gave: shares 0–1, times in milliseconds. */
export interface ListReport {
  plantedFound: number;
  cleanAlert: number;
  cleanHit: number;
  indexMs: number;
  p50Ms: number;
  p95Ms: number;
}

async function evaluateList(listPath: string, queriesPath: string): Promise<ListReport> {
  const entries: ListEntry[] = await readLines(listPath, entrySchema);
  const runs: Run[] = await readLines(queriesPath, runSchema);
  const started = performance.now();
  const index = buildIndex(entries);
  const indexMs = performance.now() - started;
  const times: number[] = [];
  const counts = { planted: 0, found: 0, clean: 0, alert: 0, hit: 0 };
  for (const { type, truth, query } of runs) {
    const before = performance.now();
    const matches = screen(index, query);
    times.push(performance.now() - before);
    const alerts = matches.filter(({ outcome }) => outcome !== 'clear');
    if (type === 'planted') {
      counts.planted += 1;
      if (alerts.some(({ entryId }) => entryId === truth)) counts.found += 1;
    } else {
      counts.clean += 1;
      if (alerts.length > 0) counts.alert += 1;
      if (alerts.some(({ outcome }) => outcome === 'hit')) counts.hit += 1;
    }
  }
  times.sort((a, b) => a - b);
  const quantile = (part: number): number =>
    Math.round((times[Math.floor(times.length * part)] ?? 0) * 100) / 100;
  return {
    plantedFound: share(counts.found, counts.planted),
    cleanAlert: counts.clean === 0 ? 0 : share(counts.alert, counts.clean),
    cleanHit: counts.clean === 0 ? 0 : share(counts.hit, counts.clean),
    indexMs: Math.round(indexMs),
    p50Ms: quantile(0.5),
    p95Ms: quantile(0.95),
  };
}

const percent = (part: number): string => `${Math.round(part * 1e4) / 100}%`;

function pairsText(report: PairsReport): string {
  return [
    `照合の評価（${report.n}組）`,
    `  均衡正解率（該当・要確認と、該当なしの区別）：${percent(report.balancedAccuracy)}`,
    `  マクロF1（3つの結果の平均）：${percent(report.macroF1)}`,
    `  見逃した該当：${report.missedHits}件（${percent(report.missedHitRate)}）`,
    `  該当なしのまま保たれた割合：${percent(report.clearKeptClear)}`,
    '',
  ].join('\n');
}

function listText(report: ListReport): string {
  return [
    'リストとの照合の評価',
    `  仕込んだ照会の発見率：${percent(report.plantedFound)}`,
    `  無関係な照会のうち、該当または要確認：${percent(report.cleanAlert)}、該当：${percent(report.cleanHit)}`,
    `  索引の作成：${report.indexMs}ミリ秒、照会1件：中央値 ${report.p50Ms}ミリ秒、95% ${report.p95Ms}ミリ秒`,
    '',
  ].join('\n');
}

type Options = { pairs?: string; list?: string; queries?: string; out?: string; json?: true };

async function run({ pairs, list, queries, out, json }: Options): Promise<string> {
  if (pairs !== undefined) {
    const report = await evaluatePairs(pairs, out);
    return json ? `${JSON.stringify(report)}\n` : pairsText(report);
  }
  if (list === undefined || queries === undefined) {
    throw new InputError('--pairs、または --list と --queries を指定してください。');
  }
  const report = await evaluateList(list, queries);
  return json ? `${JSON.stringify(report)}\n` : listText(report);
}

/** Adds `screen`: measures the screening rules on labelled pairs or on a list with queries. Needs no services. */
export function registerScreen(program: Command): void {
  program
    .command('screen')
    .description('反社・競合チェックの照合を、正解付きの組またはリストと照会で評価します')
    .option('--pairs <FILE>', '正解付きの組（1行1件のJSON）')
    .option('--out <FILE>', '組ごとの結果（id、outcome、rule）を1行1件のJSONで書き出します')
    .option('--list <FILE>', 'リスト（1行1件のJSON）')
    .option('--queries <FILE>', '照会（1行1件のJSON）')
    .option('--json', '結果をJSONで出力します')
    .action(async (options: Options, command: Command) => {
      try {
        process.stdout.write(await run(options));
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        command.error(error.message, { exitCode: 1 });
      }
    });
}
