import { createReadStream } from 'node:fs';
import { InvalidValueError } from '../domain/base/invalid-value.ts';
import { decodeText, UNREADABLE } from './text-file.ts';

type Write = (text: string) => void;

const CHUNK_BYTES = 1_048_576;

/** The texts as lists of whole lines, as they come: a list for each text, so that a million lines need no million turns. */
export async function* lineListsOf(source: AsyncIterable<string>): AsyncGenerator<string[]> {
  // Not node:readline: it also splits at U+2028, which JSON allows inside a string.
  let rest = '';
  for await (const chunk of source) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    yield lines;
  }
  yield [rest];
}

export async function* linesOf(source: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const lines of lineListsOf(source)) yield* lines;
}

/** The text of a file, or of standard input for `-` and for nothing. */
export function openText(path: string | true): AsyncGenerator<string> {
  const bytes: AsyncIterable<Uint8Array> =
    path === true || path === '-' ? process.stdin : createReadStream(path, { highWaterMark: CHUNK_BYTES });
  return decodeText(bytes);
}

/** Without the byte order mark that a first line may begin with, and without space around it. */
export function bareLine(line: string): string {
  return line.replace(/^\uFEFF/, '').trim();
}

/** Throws InvalidValueError for a line that is no JSON, or no text. */
export function parseLine(line: string): unknown {
  if (line === UNREADABLE) {
    throw new InvalidValueError(
      '文字コードを判別できません。UTF-8で保存してください（Shift_JISも読めます）。',
    );
  }
  try {
    return JSON.parse(line);
  } catch {
    throw new InvalidValueError('JSONとして読めません。');
  }
}

/** The id of a line as JSON, exactly as it stands there: a number may be longer than a computer counts. */
function idText(line: string): string {
  const numbers = new Map<unknown, string>();
  let id: unknown = null;
  try {
    const input: unknown = JSON.parse(
      line,
      function (this: unknown, key: string, value: unknown, context?: { source?: string }) {
        if (key === 'id' && typeof value === 'number') numbers.set(this, context?.source ?? String(value));
        return value;
      },
    );
    id = typeof input === 'object' && input !== null && 'id' in input ? input.id : null;
    const number = numbers.get(input);
    if (number !== undefined) return number;
  } catch {
    // What is no JSON has no id; the answer says so.
  }
  return typeof id === 'string' ? JSON.stringify(id) : 'null';
}

/** `answerEach` with the answer as `result`. */
export function answerLines(
  source: AsyncIterable<string>,
  answer: (input: unknown) => object,
  write: Write,
): Promise<number> {
  return answerEach(source, (input) => ({ result: answer(input) }), write);
}

/**
 * Answers one JSON line per case, in order: the case's id, then the fields of the answer. Empty lines are passed over, a
 * bad line is answered with an error and the rest goes on. Returns how many lines were bad.
 */
export async function answerEach(
  source: AsyncIterable<string>,
  answer: (input: unknown) => object,
  write: Write,
): Promise<number> {
  let lineNumber = 0;
  let bad = 0;
  for await (const raw of linesOf(source)) {
    lineNumber += 1;
    const line = lineNumber === 1 ? bareLine(raw) : raw.trim();
    if (line === '') continue;
    const { text, failed } = answerLine(line, lineNumber, answer);
    if (failed) bad += 1;
    write(`{"id":${idText(line)},${JSON.stringify(text).slice(1)}\n`);
  }
  return bad;
}

function answerLine(
  line: string,
  lineNumber: number,
  answer: (input: unknown) => object,
): { text: object; failed: boolean } {
  try {
    return { text: answer(parseLine(line)), failed: false };
  } catch (error) {
    if (!(error instanceof InvalidValueError)) throw error;
    return { text: { error: `${lineNumber}行目：${error.message}` }, failed: true };
  }
}

/** Answers the cases of a file, or of standard input, on standard output; the exit code says whether a line was bad. */
export async function answerFile(path: string | true, answer: (input: unknown) => object): Promise<void> {
  const bad = await answerLines(openText(path), answer, (text) => process.stdout.write(text));
  if (bad > 0) process.exitCode = 1;
}
