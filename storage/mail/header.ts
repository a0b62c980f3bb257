import { decodeText } from '../text/charset.ts';

/** The header of a mail or of one of its parts. */
export interface Header {
  /** The first field of a name (in lower case), decoded and on one line; '' where there is none. */
  text(name: string): string;
  /** Every field of a name, from the top. */
  all(name: string): string[];
  /** The value and the parameters of a field like Content-Type, both in lower case but for the parameters' values. */
  parametric(name: string): { value: string; parameters: ReadonlyMap<string, string> };
  names: ReadonlySet<string>;
  /** All fields as a person would read them, one on each line. */
  lines(): string[];
  /** The fields that say nothing of the body, as they stand in the bytes, folded as they were. */
  rawWithoutContent(): Buffer;
  /** Lines that are neither a field nor the rest of one. */
  brokenLines: number;
}

interface Field {
  name: string;
  raw: Buffer;
  lines: Buffer[];
}

const FIELD_NAME = /^[\x21-\x39\x3b-\x7e]+(?=[ \t]*:)/;
const MAX_FIELDS = 5_000;

/**
 * Reads header fields as they stand in the bytes before an empty line. A mark at the beginning, a `From ` line of a mailbox file
 * and lines that are no field are passed over.
 */
export function readHeader(bytes: Buffer): Header {
  const fields: Field[] = [];
  let brokenLines = 0;
  for (const line of linesOf(bytes)) {
    const start = line.subarray(0, 256).toString('latin1');
    const last = fields.at(-1);
    if (/^[ \t]/.test(start) && last !== undefined) {
      last.raw = Buffer.concat([last.raw, Buffer.from(' '), line.subarray(1)]);
      last.lines.push(line);
      continue;
    }
    const name = FIELD_NAME.exec(start)?.[0];
    if (name === undefined || fields.length >= MAX_FIELDS) {
      if (line.length > 0 && !/^>?From /.test(start)) brokenLines += 1;
      continue;
    }
    fields.push({ name: name.toLowerCase(), raw: line.subarray(line.indexOf(':') + 1), lines: [line] });
  }
  const textOf = ({ raw }: Field) => decodeWords(decodeText(raw).text).replace(/\s+/g, ' ').trim();
  const all = (name: string) => fields.filter((field) => field.name === name).map(textOf);
  return {
    all,
    text: (name) => all(name)[0] ?? '',
    parametric: (name) => {
      const field = fields.find((each) => each.name === name);
      return readParameters(field === undefined ? '' : decodeText(field.raw).text);
    },
    names: new Set(fields.map(({ name }) => name)),
    lines: () => fields.map((field) => `${field.name}: ${textOf(field)}`),
    rawWithoutContent: () => {
      const kept = fields
        .filter(({ name }) => !/^(content-|mime-version$)/.test(name))
        .flatMap(({ lines }) => lines);
      return Buffer.concat(kept.flatMap((line) => [line, Buffer.from('\r\n')]));
    },
    brokenLines,
  };
}

function* linesOf(bytes: Buffer): Generator<Buffer> {
  let from = bytes.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf])) ? 3 : 0;
  while (from < bytes.length) {
    const lineFeed = bytes.indexOf(0x0a, from);
    const end = lineFeed < 0 ? bytes.length : lineFeed;
    yield bytes.subarray(from, end > from && bytes[end - 1] === 0x0d ? end - 1 : end);
    from = end + 1;
  }
}

const WORD = /=\?([^?\s]+)\?([BbQq])\?([^?]*)\?=/g;

/**
 * Replaces encoded words (RFC 2047), also where they stand inside quotes or are cut in the middle of a character: neighbours
 * in one encoding are read as one.
 */
export function decodeWords(text: string): string {
  const joined = text.replace(/(\?=)\s+(?==\?[^?\s]+\?[BbQq]\?)/g, '$1');
  const runs: { start: number; end: number; label: string; bytes: Buffer[] }[] = [];
  for (const match of joined.matchAll(WORD)) {
    const [whole, label = '', coding = '', content = ''] = match;
    const bytes = coding.toLowerCase() === 'b' ? fromBase64(content) : fromQ(content);
    const last = runs.at(-1);
    if (last?.end === match.index && last.label.toLowerCase() === label.toLowerCase()) {
      last.bytes.push(bytes);
      last.end += whole.length;
    } else runs.push({ start: match.index, end: match.index + whole.length, label, bytes: [bytes] });
  }
  let decoded = '';
  let at = 0;
  for (const { start, end, label, bytes } of runs) {
    decoded += joined.slice(at, start) + decodeText(Buffer.concat(bytes), label).text;
    at = end;
  }
  return decoded + joined.slice(at);
}

function fromQ(content: string): Buffer {
  const plain = content
    .replace(/_/g, ' ')
    .replace(/=([0-9A-Fa-f]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(plain, 'latin1');
}

/** Base64 as it comes: with line ends, in several pieces each with its own padding, cut off at the end. */
export function fromBase64(text: string): Buffer {
  const pieces = text.replace(/[^A-Za-z0-9+/=]/g, '').split(/=+/);
  return Buffer.concat(pieces.map((piece) => Buffer.from(piece, 'base64')));
}

/** A value with parameters (RFC 2045, RFC 2231): continued, percent-encoded, or with encoded words where they do not belong. */
function readParameters(text: string): { value: string; parameters: ReadonlyMap<string, string> } {
  const [, value = '', rest = ''] = /^([^;]*)(.*)$/s.exec(text) ?? [];
  const found = new Map<string, { index: number; encoded: boolean; text: string }[]>();
  for (const match of rest.matchAll(/;\s*([^\s=;]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"?|([^;]*))/gs)) {
    const [, written = '', quoted, bare = ''] = match;
    const [, name = '', index, star] = /^([^*]+)(?:\*(\d+))?(\*)?$/.exec(written.toLowerCase()) ?? [];
    const piece = quoted === undefined ? bare.trim() : quoted.replace(/\\(["\\])/g, '$1');
    const pieces = found.get(name) ?? [];
    found.set(name, [
      ...pieces,
      { index: index === undefined ? -1 : Number(index), encoded: star === '*', text: piece },
    ]);
  }
  const parameters = [...found].map(([name, pieces]) => [name, joinPieces(pieces)] as const);
  return { value: value.trim().toLowerCase(), parameters: new Map(parameters) };
}

function joinPieces(pieces: readonly { index: number; encoded: boolean; text: string }[]): string {
  const whole = pieces
    .filter(({ index }) => index < 0)
    .toSorted((a, b) => Number(b.encoded) - Number(a.encoded))[0];
  const parts = whole === undefined || !whole.encoded ? pieces.filter(({ index }) => index >= 0) : [whole];
  const chosen = parts.length > 0 ? parts.toSorted((a, b) => a.index - b.index) : pieces.slice(0, 1);
  if (!chosen.some(({ encoded }) => encoded))
    return decodeWords(chosen.map(({ text }) => text).join('')).trim();
  const [, label = '', first = chosen[0]?.text ?? ''] =
    /^([^']*)'[^']*'(.*)$/s.exec(chosen[0]?.text ?? '') ?? [];
  const bytes = chosen.map(({ encoded, text }, at) => {
    const own = at === 0 ? first : text;
    return encoded ? fromPercent(own) : Buffer.from(own);
  });
  return decodeText(Buffer.concat(bytes), label).text.trim();
}

function fromPercent(text: string): Buffer {
  const pieces = text.split(/(%[0-9A-Fa-f]{2})/);
  return Buffer.concat(
    pieces.map((piece) =>
      /^%[0-9A-Fa-f]{2}$/.test(piece) ? Buffer.from(piece.slice(1), 'hex') : Buffer.from(piece),
    ),
  );
}
