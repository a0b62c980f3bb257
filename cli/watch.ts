import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { InvalidValueError } from '../domain/base/invalid-value.ts';
import { CaseReader } from '../domain/cases/case-reader.ts';
import type { Finding } from '../domain/watch/findings.ts';
import { type IntakeFigures, WatchRun, watchCase } from '../domain/watch/run.ts';
import { answerFile, bareLine, lineListsOf, openText, parseLine } from './batch.ts';

/** The figures of a stream. `events` are all lines but the first and those that could not be read. */
export interface StreamReport extends IntakeFigures {
  name: 'watch-stream';
  events: number;
  contracts: number;
  findings: number;
  seconds: number;
  eventsPerSecond: number;
  peakRssMb: number;
}

export interface WatchedStream {
  report: StreamReport;
  findings: Finding[];
  /** Lines that could not be read; each was told. */
  bad: number;
}

function openStream(line: string): WatchRun {
  const head = new CaseReader(parseLine(bareLine(line)));
  const kind = head.text('kind');
  if (kind !== 'watch-stream') throw new InvalidValueError(`「${kind}」という種類の記録ではありません。`);
  // Nothing is kept, so numbers need no hash to be compared by.
  return new WatchRun(head, (number) => number);
}

/**
 * Watches a stream: its first line names contracts and policies, each other line is an event as it arrives. `tell` gets a
 * sentence for each line that cannot be read; the rest goes on. Throws InvalidValueError when the first line cannot be read.
 */
export async function watchStream(
  source: AsyncIterable<string>,
  tell: (problem: string) => void,
): Promise<WatchedStream> {
  const startedMs = performance.now();
  let run: WatchRun | null = null;
  let lineNumber = 0;
  let bad = 0;
  for await (const lines of lineListsOf(source)) {
    for (const line of lines) {
      lineNumber += 1;
      if (run === null) run = openStream(line);
      else if (line !== '' && line !== '\r') {
        try {
          run.take(parseLine(line));
        } catch (error) {
          if (!(error instanceof InvalidValueError)) throw error;
          bad += 1;
          tell(`${lineNumber}行目：${error.message}`);
        }
      }
    }
  }
  if (run === null) throw new InvalidValueError('1行目がありません。');
  const findings = run.findings();
  const seconds = (performance.now() - startedMs) / 1000;
  const { used, duplicates, late, skewed, unknown } = run.figures();
  const events = used + duplicates + late + unknown;
  const report: StreamReport = {
    name: 'watch-stream',
    events,
    used,
    duplicates,
    late,
    skewed,
    unknown,
    contracts: run.contracts,
    findings: findings.length,
    seconds: Math.round(seconds * 1000) / 1000,
    eventsPerSecond: Math.round(events / seconds),
    peakRssMb: Math.round(process.resourceUsage().maxRSS / 1024),
  };
  return { report, findings, bad };
}

function reportText(report: StreamReport): string {
  const { events, used, duplicates, late, skewed, unknown, contracts, findings } = report;
  return [
    `利用の記録 ${events.toLocaleString('ja-JP')}件、契約 ${contracts.toLocaleString('ja-JP')}件`,
    `  使用：${used}件、重複：${duplicates}件、遅すぎた記録：${late}件、契約のない記録：${unknown}件`,
    `  届いた時刻に直した記録：${skewed}件`,
    `  検知：${findings}件`,
    `  ${report.seconds}秒（毎秒${report.eventsPerSecond}件）、メモリの最大 ${report.peakRssMb}MB`,
    '',
  ].join('\n');
}

type Options = { batch?: string | true; stream?: string; json?: true; out?: string };

async function stream(path: string, { json, out }: Options): Promise<void> {
  const { report, findings, bad } = await watchStream(openText(path), (problem) => console.error(problem));
  if (out !== undefined) {
    await writeFile(out, findings.map((finding) => `${JSON.stringify(finding)}\n`).join(''));
  }
  process.stdout.write(json ? `${JSON.stringify(report)}\n` : reportText(report));
  if (bad > 0) process.exitCode = 1;
}

/** Adds `watch`: what the usage watchers find in a batch of cases or in a stream (第18条1項). Needs no services. */
export function registerWatch(program: Command): void {
  program
    .command('watch')
    .description('利用の記録を、本番と同じ規則で検知します（第18条1項）')
    .option('--batch [FILE]', '1行1件のJSONを読み、1行1件で答えます（- または省略で標準入力）')
    .option('--stream <FILE>', '1行目に契約、2行目から1行1件の記録を読み、まとめて検知します（- で標準入力）')
    .option('--json', '--stream の結果をJSONで出力します')
    .option('--out <FILE>', '--stream の検知を1行1件のJSONで書き出します')
    .action(async (options: Options, command: Command) => {
      try {
        if (options.batch !== undefined) {
          await answerFile(options.batch, (input) => ({ findings: watchCase(input) }));
        } else if (options.stream !== undefined) await stream(options.stream, options);
        else command.error('--batch または --stream を指定してください。');
      } catch (error) {
        if (error instanceof InvalidValueError) command.error(error.message);
        if (!(error instanceof Error && 'code' in error)) throw error;
        command.error(`ファイルを読み書きできません：${error.message}`);
      }
    });
}
