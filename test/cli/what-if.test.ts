import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Encoding from 'encoding-japanese';
import { describe, expect, it } from 'vitest';
import { answerLines } from '../../cli/batch.ts';
import { decodeText } from '../../cli/text-file.ts';
import { evaluateCase } from '../../domain/cases/what-if-cases.ts';

const encode = (text: string, to: 'SJIS'): number[] =>
  Encoding.convert(Encoding.stringToCode(text), { from: 'UNICODE', to });
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

describe('ids and encodings of a batch', () => {
  const lines = async (...chunks: Uint8Array[]): Promise<string[]> => {
    async function* source(): AsyncGenerator<Uint8Array> {
      yield* chunks;
    }
    const written: string[] = [];
    await answerLines(decodeText(source()), evaluateCase, (line) => written.push(line));
    return written;
  };
  const field = (name: string): Buffer =>
    readFileSync(new URL(`../data/field/contracts/${name}`, import.meta.url));

  it.each([
    ['9007199254740993'],
    ['123456789012345678901234567890'],
    ['1.50'],
    ['-0'],
    ['"007"'],
    ['"名前"'],
  ])('an id comes back as it stands: %s', async (id) => {
    const [line] = await lines(
      Buffer.from(`{"kind":"secrecy","id":${id},"endedOn":"2026-03-31","more":{"id":1}}`),
    );
    expect(line?.startsWith(`{"id":${id},"result":`)).toBe(true);
  });

  it('answers what the field tried: secrecy, long ids, Shift_JIS, T numbers', async () => {
    expect((await lines(field('b1-secrecy.jsonl'))).map((line) => JSON.parse(line).result.through)).toEqual([
      '2036-02-29',
      '2044-02-29',
    ]);
    expect((await lines(field('b2-big-id.jsonl')))[0]).toContain('"id":9007199254740993,');
    expect(await lines(field('b3-shift-jis.jsonl'))).toEqual([expect.stringContaining('"found":true')]);
    expect(await lines(field('b4-t-number.jsonl'))).toEqual([expect.stringContaining('"valid":true')]);
  });

  const text = '{"id":"ソ表","kind":"my-number","text":"番号は１２３４５６７８９０１８です"}\n';
  it.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a mark', Buffer.from(`\uFEFF${text}`)],
    ['Shift_JIS', Buffer.from(encode(text, 'SJIS'))],
    ['UTF-16', Buffer.from(`\uFEFF${text}`, 'utf16le')],
  ])('%s is read, cut anywhere', async (_, bytes) => {
    for (const at of [1, 7, 20, 50]) {
      const [line] = await lines(bytes.subarray(0, at), bytes.subarray(at));
      expect(line).toContain('{"id":"ソ表","result":{"found":true');
    }
  });

  it('a line of no encoding is refused in words, and the rest goes on', async () => {
    const bad = Buffer.from([0x7b, 0x22, 0x69, 0x64, 0x22, 0x3a, 0x22, 0xff, 0xff, 0x22, 0x7d, 0x0a]);
    const written = await lines(bad, Buffer.from('{"id":2,"kind":"secrecy","endedOn":"2026-03-31"}'));
    expect(written[0]).toContain('1行目：文字コードを判別できません');
    expect(written[1]).toContain('{"id":2,"result"');
  });

  it('no notice that reached anyone is not the same as a notice forgotten', async () => {
    const refund =
      '"kind":"refund","fee":365000,"from":"2026-04-01","to":"2027-03-31","lastDay":"2026-12-31","balance":0';
    const [none, forgotten] = await lines(Buffer.from(`{${refund},"noticeOn":null}\n{${refund}}`));
    expect(JSON.parse(none ?? '').result.total).toBeGreaterThan(0);
    expect(JSON.parse(forgotten ?? '').error).toContain('「noticeOn」がありません');
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
