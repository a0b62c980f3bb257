import { hasJisEscapes, jisToEuc } from './jis.ts';

export type Charset =
  | 'utf-8'
  | 'utf-16le'
  | 'utf-16be'
  | 'iso-2022-jp'
  | 'shift_jis'
  | 'euc-jp'
  | (string & {});

export interface DecodedText {
  text: string;
  charset: Charset;
  /** Places that this encoding cannot read; each is U+FFFD in the text. */
  broken: number;
}

/** What people and programs call the Japanese encodings and UTF-8, by what the name looks like without its separators. */
const NAMES: readonly [RegExp, Charset][] = [
  [/^(cs|x)?(iso2022jp|jis7?$|jisencoding|junet|(cp|windows|ms)?5022\d)/, 'iso-2022-jp'],
  [/^(cs|x)?(shift|s|xs)jis|^(cs)?windows31j|^(x?ms)?(cp|windows|ms|ibm)(932|943)|mskanji/, 'shift_jis'],
  [/^(cs|x)?(euc(pkdfmt|packedformat)?(jp|japanese)|eucjp|ujis|cp51932)|^xeuc$/, 'euc-jp'],
  [/^(x|unicode11|cs)?utf8|^cp65001/, 'utf-8'],
];

const JAPANESE: readonly Charset[] = ['utf-8', 'iso-2022-jp', 'shift_jis', 'euc-jp'];

/** Names that say nothing: mail programs write them on anything. */
const SAYS_NOTHING =
  /^$|^(us)?ascii|^ansi|^[78]bit|unknown|^default|^none|^binary|^(iso)?88591$|^latin1$|^(cp|windows)1252$|^x?user/;

/** The encoding that a name means; null for a name that says nothing, or that nobody knows. */
function charsetOf(label: string): Charset | null {
  const plain = label
    .toLowerCase()
    .replace(/\*.*$/, '')
    .replace(/[^a-z0-9]/g, '');
  const known = NAMES.find(([name]) => name.test(plain));
  if (known !== undefined) return known[1];
  if (SAYS_NOTHING.test(plain)) return null;
  try {
    return new TextDecoder(label.trim()).encoding;
  } catch {
    return null;
  }
}

/**
 * The text of bytes whose encoding is stated, wrongly stated or not stated at all. What stands there decides over what is
 * said about it: escapes of ISO-2022-JP, a byte order mark, valid UTF-8; a name counts where its encoding fits as well as any.
 * @param label the name that was stated, '' for none
 */
export function decodeText(bytes: Uint8Array, label = ''): DecodedText {
  const marked = byMark(bytes);
  if (marked !== null) return marked;
  const stated = charsetOf(label);
  if (hasJisEscapes(bytes)) return decodeAs(bytes, 'iso-2022-jp');
  if (isAscii(bytes)) {
    return { text: Buffer.from(bytes).toString('latin1'), charset: stated ?? 'us-ascii', broken: 0 };
  }
  const utf8 = decodeAs(bytes, 'utf-8');
  const asStated = stated === null ? null : decodeAs(bytes, stated);
  // Only the Japanese encodings are taken for one another.
  if (asStated?.broken === 0 && !JAPANESE.includes(asStated.charset)) return asStated;
  if (utf8.broken === 0) return asStated === null || asStated.broken > 0 ? utf8 : clearer(asStated, utf8);
  const guessed = best(bytes, [utf8]);
  if (asStated !== null) {
    const fits = asStated.broken === 0 && scoreOf(asStated.text) >= scoreOf(guessed.text) / 2;
    return fits ? asStated : clearer(asStated, guessed);
  }
  return guessed.broken * 4 > foreignCharacters(guessed.text) ? decodeAs(bytes, 'windows-1252') : guessed;
}

/** The text and encoding of a whole Japanese file; null when it is in none that is known here. */
export function decodeFile(bytes: Uint8Array): DecodedText | null {
  const found = byMark(bytes) ?? byZeros(bytes);
  if (found !== null) return found;
  if (hasJisEscapes(bytes)) return decodeAs(bytes, 'iso-2022-jp');
  const utf8 = decodeAs(bytes, 'utf-8');
  if (utf8.broken === 0) return utf8;
  const guessed = best(bytes, [utf8]);
  // A few broken bytes spoil their rows; a file that is broken all over is in another encoding.
  return guessed.broken * 20 > foreignCharacters(guessed.text) + 20 ? null : guessed;
}

function decodeAs(bytes: Uint8Array, charset: Charset): DecodedText {
  const jis = charset === 'iso-2022-jp';
  const text = new TextDecoder(jis ? 'euc-jp' : charset).decode(jis ? jisToEuc(bytes) : bytes);
  return {
    text,
    charset,
    broken: countOf(text, '\ufffd') - (charset === 'utf-8' ? replacementsIn(bytes) : 0),
  };
}

/** U+FFFD that stand in the file themselves: broken before it was written, but not unreadable. */
function replacementsIn(bytes: Uint8Array): number {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let count = 0;
  for (let at = file.indexOf('efbfbd', 0, 'hex'); at >= 0; at = file.indexOf('efbfbd', at + 3, 'hex'))
    count += 1;
  return count;
}

function countOf(text: string, piece: string): number {
  let count = 0;
  for (let at = text.indexOf(piece); at >= 0; at = text.indexOf(piece, at + 1)) count += 1;
  return count;
}

function byMark(bytes: Uint8Array): DecodedText | null {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return decodeAs(bytes, 'utf-8');
  if (first === 0xff && second === 0xfe) return decodeAs(bytes, 'utf-16le');
  return first === 0xfe && second === 0xff ? decodeAs(bytes, 'utf-16be') : null;
}

/** UTF-16 without a mark: its ASCII (commas, line ends) has a zero in every pair, on one side. */
function byZeros(bytes: Uint8Array): DecodedText | null {
  const zeros = [0, 0];
  const sample = bytes.subarray(0, 64 * 1024);
  for (const [at, byte] of sample.entries()) if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (even + odd < sample.length / 20) return null;
  return decodeAs(bytes, odd >= even ? 'utf-16le' : 'utf-16be');
}

function isAscii(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte < 0x80);
}

/** The reading that looks most like Japanese that people write. */
function best(bytes: Uint8Array, known: readonly DecodedText[]): DecodedText {
  const others = ['shift_jis', 'euc-jp'].map((charset) => decodeAs(bytes, charset));
  const readings = [...known, ...others].map((reading) => ({
    reading,
    // Bytes are hardly ever valid UTF-8 by chance: each character that is weighs more than what other readings make of it.
    score:
      scoreOf(reading.text) +
      (reading.charset === 'utf-8' ? 2 * (foreignCharacters(reading.text) - reading.broken) : 0),
  }));
  return readings.reduce((top, each) => (each.score > top.score ? each : top)).reading;
}

const clearer = (a: DecodedText, b: DecodedText) => (scoreOf(b.text) > scoreOf(a.text) ? b : a);

const foreignCharacters = (text: string): number => {
  let count = 0;
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) >= 0x80) count += 1;
  return count;
};

/** How much a text looks like Japanese: kana and kanji for it; broken places, private and Latin-1 characters against it. */
function scoreOf(text: string): number {
  let score = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 0x80) continue;
    if (code === 0xfffd) score -= 10;
    else if (code >= 0x3040 && code <= 0x30ff) score += 2;
    else if (code >= 0x4e00 && code <= 0x9fff) score += 1;
    else if (code >= 0xff61 && code <= 0xff9f) score -= 0.25;
    else if ((code >= 0x3000 && code <= 0x303f) || (code >= 0xff00 && code <= 0xff60)) score += 1;
    else if ((code >= 0xe000 && code <= 0xf8ff) || code <= 0xff) score -= 1;
  }
  return score;
}
