import { constants, inflateSync } from 'node:zlib';

/** Bytes that one stream, and all streams together, may unpack to. */
const MAX_STREAM_BYTES = 150 * 1024 * 1024;
const MAX_UNPACKED_BYTES = 500 * 1024 * 1024;

/**
 * Whether the packed streams of a PDF unpack to more than a document has: told at once, where PDF.js would unpack each as a whole.
 * Streams in other packings are left to the limits of the process.
 * @param {Uint8Array} bytes
 */
export function isBomb(bytes) {
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
