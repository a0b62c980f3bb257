/**
 * `npm run bench -- watch`: events per second of the usage watchers over a made-up stream, from its lines to the findings, against
 * parsing the same lines and counting them by contract, in turns, each pass in a process of its own.
 */
import { execFile } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { SetupError } from '../bin/setup/packages.mjs';
import { nodeArgs } from '../dev/paths.ts';
import { type BenchResult, median, note, numberOption, printResult, rounded } from './support/measure.ts';
import type { StreamPass } from './support/stream-run.ts';
import { UsageStream } from './support/usage-stream.ts';

const EVENTS = numberOption('events', 1_000_000);
const CONTRACTS = numberOption('contracts', 2_000);
const FINDINGS = numberOption('findings', 200);
const ROUNDS = numberOption('rounds', 3);

function* linesOf(stream: UsageStream): Generator<string> {
  let text = '';
  for (const line of stream.lines()) {
    text += `${line}\n`;
    if (text.length < 1_000_000) continue;
    yield text;
    text = '';
  }
  yield text;
}

async function pass(mode: 'watch' | 'bare', path: string): Promise<StreamPass> {
  const args = nodeArgs('bench/support/stream-run.ts', mode, path);
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return JSON.parse(stdout) as StreamPass;
}

const folder = mkdtempSync(join(tmpdir(), 'hasso-bench-'));
try {
  const path = join(folder, 'usage.jsonl');
  note(`writing ${EVENTS} events of ${CONTRACTS} contracts`);
  const stream = new UsageStream({ events: EVENTS, contracts: CONTRACTS, findings: FINDINGS, seed: 7 });
  await pipeline(Readable.from(linesOf(stream)), createWriteStream(path));
  const planted = Object.values(stream.truth.planted).reduce((sum, n) => sum + n, 0);
  const [ours, bare]: [StreamPass[], StreamPass[]] = [[], []];
  for (let round = 1; round <= ROUNDS; round += 1) {
    const [mine, theirs] = [await pass('watch', path), await pass('bare', path)];
    note(`round ${round}: ours ${rounded(mine.seconds)} s, bare ${rounded(theirs.seconds)} s`);
    if (mine.findings !== planted) {
      throw new SetupError(`${mine.findings} findings, but ${planted} were planted`);
    }
    ours.push(mine);
    bare.push(theirs);
  }
  const perSecond = (passes: readonly StreamPass[], seconds: 'seconds' | 'watcherSeconds') =>
    median(passes.map((each) => each.events / each[seconds]));
  const [oursPerSecond, barePerSecond] = [perSecond(ours, 'seconds'), perSecond(bare, 'seconds')];
  const result: BenchResult = {
    name: 'watch',
    // Per second, larger is better: here it is ours / bare.
    ratio: rounded(oursPerSecond / barePerSecond),
    ours: Math.round(oursPerSecond),
    bare: Math.round(barePerSecond),
    unit: 'events/s',
    runs: ROUNDS,
    events: EVENTS,
    contracts: CONTRACTS,
    findings: planted,
    watcherEventsPerSecond: Math.round(perSecond(ours, 'watcherSeconds')),
    peakRssMb: Math.max(...ours.map((each) => each.peakRssMb)),
  };
  printResult(result);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
