import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { answerLines } from '../../cli/batch.ts';
import { evaluateCase } from '../../domain/cases/what-if-cases.ts';

const examplesFile = fileURLToPath(new URL('../data/examples.jsonl', import.meta.url));
const ENTRY = `
  import { Command } from 'commander';
  import { registerWhatIf } from './cli/what-if.ts';
  const program = new Command('hasso');
  registerWhatIf(program);
  program.parseAsync();
`;

type Run = { status: number; stdout: string; stderr: string };

function run(args: string[], input?: string): Promise<Run> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ['--import', 'tsx', '--input-type=module-typescript', '--eval', ENTRY, 'what-if', ...args],
      { cwd: fileURLToPath(new URL('../..', import.meta.url)), maxBuffer: 1e8 },
      (error, stdout, stderr) =>
        resolve({ status: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
    );
    child.stdin?.end(input ?? '');
  });
}

async function batchOf(...chunks: string[]): Promise<{ bad: number; answers: unknown[] }> {
  const answers: unknown[] = [];
  async function* source(): AsyncGenerator<string> {
    yield* chunks;
  }
  const bad = await answerLines(source(), evaluateCase, (line) => answers.push(JSON.parse(line)));
  return { bad, answers };
}

describe('a batch', () => {
  it('answers every worked example in order, with reasons', async () => {
    const text = readFileSync(examplesFile, 'utf8');
    const { bad, answers } = await batchOf(text);
    expect(bad).toBe(0);
    const expected = text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line));
    expect(answers).toEqual(
      expected.map(({ id, kind, expected: fields }) => ({
        id,
        result: {
          ...fields,
          ...(kind === 'invoice' ? { rates: expect.any(Array) } : {}),
          reasons: expect.any(Array),
        },
      })),
    );
  });

  it('answers a bad line with a sentence and goes on', async () => {
    const good = '{"id":2,"kind":"secrecy","endedOn":"2026-03-31"}';
    const { bad, answers } = await batchOf(`{"id":1,"kind":"secrecy"}\nnonsense\n\n"text"\n${good}`);
    expect(bad).toBe(3);
    expect(answers).toEqual([
      { id: 1, error: '1行目：「endedOn」がありません。' },
      { id: null, error: '2行目：JSONとして読めません。' },
      { id: null, error: '4行目：JSONのオブジェクトを指定してください。' },
      { id: 2, result: { through: '2029-03-31', reasons: expect.any(Array) } },
    ]);
  });

  it('reads lines cut anywhere, with a byte order mark, CRLF and line separators inside a text', async () => {
    const { bad, answers } = await batchOf(
      '\uFEFF{"id":"a","kind":"my-num',
      'ber","text":"x\u2028',
      '123456789018"}\r',
      '\n{"id":"b","kind":"secrecy","endedOn":"2026-03-31"}\r\n',
    );
    expect(bad).toBe(0);
    expect(answers).toMatchObject([{ id: 'a', result: { found: true } }, { id: 'b' }]);
  });
});

describe('the command', () => {
  it('reads a file, or standard input for - and for nothing, and exits with 1 only when a line was bad', async () => {
    const line = '{"id":1,"kind":"secrecy","endedOn":"2026-03-31"}\n';
    const [file, dash, none, broken] = await Promise.all([
      run(['--batch', examplesFile]),
      run(['--batch', '-'], line),
      run(['--batch'], line),
      run(['--batch'], `${line}{"id":2,"kind":"secrecy","endedOn":"2026-02-30"}\n`),
    ]);
    expect(file.status).toBe(0);
    expect(file.stdout.trim().split('\n')).toHaveLength(68);
    expect(dash).toMatchObject({ status: 0, stderr: '' });
    expect(JSON.parse(dash.stdout)).toMatchObject({ id: 1, result: { through: '2029-03-31' } });
    expect(none.stdout).toBe(dash.stdout);
    expect(broken.status).toBe(1);
    expect(broken.stdout).toContain('「2026-02-30」は暦に無い日付です。');
  }, 30_000);

  it('answers one question in words or as JSON, and says what is missing', async () => {
    const question = [
      '--kind',
      'annual',
      '--first-day',
      '2026-04-01',
      '--at',
      '2027-02-21T00:00:00+09:00',
      '--fee',
      '360000',
      '--balance',
      '500',
    ];
    const [words, json, missing, wrong] = await Promise.all([
      run(question),
      run([...question, '--json']),
      run(['--kind', 'annual']),
      run(['--batch', 'no/such/file']),
    ]);
    expect(words).toMatchObject({ status: 0, stderr: '' });
    expect(words.stdout).toContain('契約の終了日：2027年4月30日');
    expect(words.stdout).toContain('360,000円');
    expect(JSON.parse(json.stdout)).toMatchObject({
      end: { value: { endsOn: '2027-04-30' } },
      feesDue: { value: { totalYen: 360_000 } },
      balanceLostYen: { value: 500 },
    });
    expect(missing).toMatchObject({ status: 1, stderr: expect.stringContaining('--first-day') });
    expect(wrong).toMatchObject({ status: 1, stderr: expect.stringContaining('入力を読めません') });
  }, 30_000);
});
