// A process of its own: takes a PDF as one message, answers with its texts (or null) and ends.
import { constants, inflateSync } from 'node:zlib';
import { getDocumentProxy } from 'unpdf';

/** Bytes that one stream, and all streams together, may unpack to. */
const MAX_STREAM_BYTES = 150 * 1024 * 1024;
const MAX_UNPACKED_BYTES = 500 * 1024 * 1024;
const MAX_PAGES = 500;
const MAX_CHARACTERS = 5_000_000;

process.once('message', async (bytes) => {
  const texts = await textsOf(bytes).catch(() => null);
  process.send?.(texts, () => process.exit());
});

/**
 * @param {Uint8Array} bytes
 * @returns {Promise<string[] | null>}
 */
async function textsOf(bytes) {
  if (isBomb(bytes)) return null;
  const document = await getDocumentProxy(new Uint8Array(bytes));
  if (document.numPages > MAX_PAGES) return null;
  const { info } = await document.getMetadata();
  const texts = [valuesOf(info)];
  let characters = 0;
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number);
    const [{ items }, annotations] = await Promise.all([page.getTextContent(), page.getAnnotations()]);
    const runs = items.map((item) => ('str' in item ? `${item.str}${item.hasEOL ? '\n' : ''}` : ''));
    const fields = annotations.map(({ fieldValue, contentsObj }) => valuesOf({ fieldValue, contentsObj }));
    texts.push(runs.join(''), ...fields);
    characters += texts.at(-1)?.length ?? 0;
    characters += runs.reduce((total, run) => total + run.length, 0);
    if (characters > MAX_CHARACTERS) return null;
    page.cleanup();
  }
  return texts;
}

/**
 * Every text inside a value, one on each line.
 * @param {unknown} value
 * @returns {string}
 */
function valuesOf(value) {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return '';
  return Object.values(value).map(valuesOf).join('\n');
}

/**
 * Whether the packed streams of the file unpack to more than a document has. PDF.js unpacks a stream as a whole.
 * @param {Uint8Array} bytes
 */
function isBomb(bytes) {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let unpacked = 0;
  for (let at = file.indexOf('stream'); at >= 0; at = file.indexOf('stream', at + 6)) {
    const start = at + 6 + (file[at + 6] === 0x0d ? 1 : 0) + 1;
    const size = unpackedSize(file.subarray(start));
    unpacked += size;
    if (size > MAX_STREAM_BYTES || unpacked > MAX_UNPACKED_BYTES) return true;
  }
  return false;
}

/**
 * Bytes that zlib data unpack to, through a second layer too; 0 for anything else.
 * @param {Buffer} packed
 * @returns {number}
 */
function unpackedSize(packed) {
  if ((packed[0] ?? 0) % 16 !== 8 || packed.length < 2 || packed.readUInt16BE(0) % 31 !== 0) return 0;
  try {
    const options = { maxOutputLength: MAX_STREAM_BYTES, finishFlush: constants.Z_SYNC_FLUSH };
    const inner = inflateSync(packed, options);
    return inner.length + unpackedSize(inner);
  } catch (error) {
    return error instanceof RangeError ? Number.POSITIVE_INFINITY : 0;
  }
}
