import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { UsageStream } from '../../bench/support/usage-stream.ts';
import { watchStream } from '../../cli/watch.ts';
import { at, call, closed } from '../support/watch-events.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PUBLIC = join(ROOT, 'test/data/watch-public.jsonl');
const SCRIPT = `
import { Command } from 'commander';
import { registerWatch } from './cli/watch.ts';
const program = new Command('hasso');
registerWatch(program);
await program.parseAsync(process.argv.slice(1), { from: 'user' });
`;
const folder = mkdtempSync(join(tmpdir(), 'hasso-watch-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Run {
  out: string;
  error: string;
  exitCode: number;
}

/** Runs `watch` in a process of its own. */
function run(args: string[], input = ''): Promise<Run> {
  const nodeArguments = ['--import', 'tsx', '--input-type=module', '--eval', SCRIPT, '--', 'watch', ...args];
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      nodeArguments,
      { cwd: ROOT, maxBuffer: 1e8 },
      (failure, out, error) => resolve({ out, error, exitCode: failure === null ? 0 : Number(failure.code) }),
    );
    child.stdin?.end(input);
  });
}

function file(name: string, lines: readonly unknown[]): string {
  const path = join(folder, name);
  writeFileSync(
    path,
    lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join(''),
  );
  return path;
}

const rows = (text: string) =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

const HEAD = { kind: 'watch-stream', policy: {}, contracts: [{ id: 'K1' }] };
const emergency = call({ to: '110', sid: 'CA1', end: null });

async function streamed(...chunks: string[]) {
  async function* source(): AsyncGenerator<string> {
    yield* chunks;
  }
  const problems: string[] = [];
  return { ...(await watchStream(source(), (problem) => problems.push(problem))), problems };
}

describe('hasso watch --batch', { timeout: 60_000 }, () => {
  it('answers every worked case in order, from a file and from standard input', async () => {
    const text = readFileSync(PUBLIC, 'utf8');
    const [fromFile, fromInput] = await Promise.all([run(['--batch', PUBLIC]), run(['--batch', '-'], text)]);
    expect(fromFile).toMatchObject({ exitCode: 0, error: '' });
    expect(fromInput).toEqual(fromFile);
    const wanted = rows(text).map(({ id, expected }) => ({ id, result: expected }));
    expect(rows(fromFile.out)).toEqual(wanted);
  });

  it('answers a bad line with its id and a sentence, exits with 1, and goes on', async () => {
    const good = { id: 7, kind: 'watch', policy: {}, contracts: [{ id: 'K1' }], events: emergency };
    const lines = [
      good,
      { ...good, id: 8, contracts: [{ id: 'K1' }, { id: 'K1' }] },
      { ...good, id: 9, events: [...emergency, { ...emergency[0], at: '2027-05-12' }] },
      { ...good, id: 10, kind: 'invoice' },
      { ...good, id: 11, events: [{ ...emergency[0], durationS: 1e12 }] },
      'nonsense',
      { ...good, id: 12, events: undefined, batches: [emergency, emergency] },
      { ...good, id: 13, events: undefined, batches: [[], [{ type: 'fax' }]] },
    ];
    const { out, exitCode } = await run(['--batch', file('bad.jsonl', lines)]);
    expect(exitCode).toBe(1);
    const found = { findings: [expect.objectContaining({ rule: 'emergencyCalls', matches: 1 })] };
    expect(rows(out)).toEqual([
      { id: 7, result: found },
      { id: 8, error: '2行目：「contracts」：同じ「id」の契約があります。' },
      {
        id: 9,
        error: expect.stringMatching(/^3行目：「events」：2番目：「at」：「2027-05-12」は日時として/),
      },
      { id: 10, error: '4行目：「invoice」という種類の検知はありません。' },
      { id: 11, error: expect.stringContaining('「durationS」') },
      { id: null, error: '6行目：JSONとして読めません。' },
      { id: 12, result: found },
      { id: 13, error: expect.stringMatching(/^8行目：「batches」：2番目：1番目：/) },
    ]);
  });
});

describe('hasso watch --stream', { timeout: 60_000 }, () => {
  it('prints one object about the stream and writes the findings, one a line', async () => {
    const outside = { ...emergency[0], contract: 'K9' };
    const late = { ...emergency[0], sid: 'CA2', receivedAt: at('10:01', 30) };
    const ahead = { ...emergency[0], sid: 'CA3', at: at('12:00'), receivedAt: at('11:30') };
    const events = [...emergency, ...emergency, outside, late, closed('18-10', at('11:00')), ahead];
    const [path, out] = [file('stream.jsonl', [HEAD, ...events]), join(folder, 'findings.jsonl')];
    const { out: text, error, exitCode } = await run(['--stream', path, '--json', '--out', out]);
    expect({ error, exitCode }).toEqual({ error: '', exitCode: 0 });
    expect(JSON.parse(text)).toEqual({
      name: 'watch-stream',
      events: 6,
      used: 3,
      duplicates: 1,
      late: 1,
      skewed: 1,
      unknown: 1,
      contracts: 1,
      findings: 2,
      seconds: expect.any(Number),
      eventsPerSecond: expect.any(Number),
      peakRssMb: expect.any(Number),
    });
    expect(rows(readFileSync(out, 'utf8'))).toMatchObject([
      { from: '2027-05-12T01:00:00.000Z', evidence: [{ sid: 'CA1' }] },
      { from: '2027-05-12T02:30:00.000Z', evidence: [{ sid: 'CA3' }] },
    ]);
  });

  it('says it in Japanese without --json, reads standard input for -, and tells of bad lines at the end by its code', async () => {
    const text = [HEAD, ...emergency, 'nonsense', { ...emergency[0], status: 5 }]
      .map((line) => (typeof line === 'string' ? line : JSON.stringify(line)))
      .join('\n');
    const { out, error, exitCode } = await run(['--stream', '-'], text);
    expect(exitCode).toBe(1);
    expect(out).toContain('検知：1件');
    expect(error).toBe('3行目：JSONとして読めません。\n4行目：「status」：文字列で指定してください。\n');
  });

  it.each([
    [['--stream', 'no/such/file'], 'ファイルを読み書きできません'],
    [['--batch', 'no/such/file'], 'ファイルを読み書きできません'],
    [['--stream', PUBLIC], '種類の記録ではありません'],
    [[], '--batch または --stream'],
  ])('%j is told what is wrong', async (args, message) => {
    const { out, error, exitCode } = await run(args);
    expect({ out, exitCode }).toEqual({ out: '', exitCode: 1 });
    expect(error).toContain(message);
  });

  it('reads lines cut anywhere, with CRLF, empty lines and a byte order mark', async () => {
    const text = `\uFEFF${[HEAD, ...emergency].map((line) => JSON.stringify(line)).join('\r\n')}\r\n\r\n`;
    const { report, bad } = await streamed(
      ...Array.from({ length: text.length / 7 + 1 }, (_, n) => text.slice(n * 7, n * 7 + 7)),
    );
    expect(report).toMatchObject({ events: 1, findings: 1 });
    expect(bad).toBe(0);
    await expect(streamed('')).rejects.toThrow('JSON');
  });
});

describe('a made-up stream', { timeout: 60_000 }, () => {
  it('has exactly the findings that were planted in it, and every line is what it was made for', async () => {
    const stream = new UsageStream({ events: 25_000, contracts: 90, findings: 15, seed: 11 });
    const lines = [...stream.lines()];
    expect(lines).toHaveLength(25_001);
    const { report, findings, problems } = await streamed(...lines.map((line) => `${line}\n`));
    expect(problems).toEqual([]);
    const { planted, ...figures } = stream.truth;
    expect(report).toMatchObject({ events: 25_000, contracts: 90, ...figures });
    const found: Record<string, number> = {};
    for (const { rule } of findings) found[rule] = (found[rule] ?? 0) + 1;
    expect(found).toEqual(planted);
    expect(Object.keys(planted)).toHaveLength(11);
  });
});
