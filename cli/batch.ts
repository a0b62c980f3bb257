import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { InvalidValueError } from '../domain/base/invalid-value.ts';

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

/** A file, or standard input for `-` and for nothing. */
export function openText(path: string | true): Readable {
  const input =
    path === true || path === '-' ? process.stdin : createReadStream(path, { highWaterMark: CHUNK_BYTES });
  return input.setEncoding('utf8');
}

/** Without the byte order mark that a first line may begin with, and without space around it. */
export function bareLine(line: string): string {
  return line.replace(/^\uFEFF/, '').trim();
}

/** Throws InvalidValueError for a line that is no JSON. */
export function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new InvalidValueError('JSONとして読めません。');
  }
}

function idOf(value: unknown): string | number | null {
  const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : null;
  return typeof id === 'string' || typeof id === 'number' ? id : null;
}

function answerLine(
  line: string,
  lineNumber: number,
  answer: (input: unknown) => object,
): { text: object; failed: boolean } {
  let input: unknown = null;
  try {
    input = parseLine(line);
    return { text: { id: idOf(input), result: answer(input) }, failed: false };
  } catch (error) {
    if (!(error instanceof InvalidValueError)) throw error;
    return { text: { id: idOf(input), error: `${lineNumber}行目：${error.message}` }, failed: true };
  }
}

/**
 * Answers one JSON line per case, in order; empty lines are passed over, a bad line is answered with an error and the rest
 * goes on. Returns how many lines were bad.
 */
export async function answerLines(
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
    write(`${JSON.stringify(text)}\n`);
  }
  return bad;
}

/** Answers the cases of a file, or of standard input, on standard output; the exit code says whether a line was bad. */
export async function answerFile(path: string | true, answer: (input: unknown) => object): Promise<void> {
  const bad = await answerLines(openText(path), answer, (text) => process.stdout.write(text));
  if (bad > 0) process.exitCode = 1;
}
