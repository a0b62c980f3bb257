import { TextDecoder } from 'node:util';

const NEW_LINE = 0x0a;

/** What stands for a line that is neither UTF-8 nor Shift_JIS; no JSON begins so. */
export const UNREADABLE = '\0';

const UTF_16: readonly (readonly [first: number, second: number, encoding: string])[] = [
  [0xff, 0xfe, 'utf-16le'],
  [0xfe, 0xff, 'utf-16be'],
];

function decoded(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Whole lines as text: UTF-8, or line by line Shift_JIS where that is what the line is written in. */
function textOf(bytes: Uint8Array): string {
  const whole = decoded(bytes, 'utf-8');
  if (whole !== null) return whole;
  const lines: string[] = [];
  for (let from = 0; from <= bytes.length; ) {
    const end = bytes.indexOf(NEW_LINE, from);
    const line = bytes.subarray(from, end < 0 ? bytes.length : end);
    lines.push(decoded(line, 'utf-8') ?? decoded(line, 'shift_jis') ?? UNREADABLE);
    from = (end < 0 ? bytes.length : end) + 1;
  }
  return lines.join('\n');
}

/**
 * The text of bytes that come in pieces, in UTF-8, Shift_JIS or, with a byte order mark, UTF-16: what spreadsheets and
 * editors in Japan save. A line that none of them can read comes as `UNREADABLE`.
 */
export async function* decodeText(source: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let rest = Buffer.alloc(0);
  let wide: TextDecoder | null | undefined;
  for await (const chunk of source) {
    rest = rest.length === 0 ? Buffer.from(chunk) : Buffer.concat([rest, chunk]);
    if (wide === undefined && rest.length >= 2) {
      const mark = UTF_16.find(([first, second]) => rest[0] === first && rest[1] === second);
      wide = mark === undefined ? null : new TextDecoder(mark[2]);
    }
    if (wide != null) {
      yield wide.decode(rest, { stream: true });
      rest = Buffer.alloc(0);
      continue;
    }
    const end = rest.lastIndexOf(NEW_LINE) + 1;
    if (end === 0) continue;
    yield textOf(rest.subarray(0, end));
    rest = rest.subarray(end);
  }
  yield wide == null ? textOf(rest) : wide.decode();
}
