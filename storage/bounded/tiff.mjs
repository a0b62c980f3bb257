import { crc32, deflateSync } from 'node:zlib';
import UTIF from 'utif2';

/** Points that a page may have: an A4 page at 600 dots per inch. */
const MAX_PIXELS = 40_000_000;

/**
 * One page of a TIFF (FAX groups 3 and 4 too) as a PNG with square points; `png` is null where there is no such page, or none
 * that can be drawn.
 * @param {Uint8Array} bytes
 * @param {number} number from 1
 * @returns {{ pages: number, png: Uint8Array | null }}
 */
export function tiffPage(bytes, number) {
  const buffer = Uint8Array.from(bytes).buffer;
  const pages = UTIF.decode(buffer).filter((page) => page.t256 !== undefined);
  const page = pages[number - 1];
  if (page === undefined) return { pages: pages.length, png: null };
  const [width, height] = [Number(page.t256?.[0] ?? 0), Number(page.t257?.[0] ?? 0)];
  const repeat = rowsForSquare(page);
  if (width * height === 0 || width * height * repeat > MAX_PIXELS) return { pages: pages.length, png: null };
  UTIF.decodeImage(buffer, page);
  return { pages: pages.length, png: pngOf(UTIF.toRGBA8(page), { width, height, repeat }) };
}

/** How often each row is drawn: a FAX in standard resolution has twice as many points across as down. */
function rowsForSquare(page) {
  const [across, down] = [page.t282, page.t283].map((value) => Number([value?.[0]].flat()[0] ?? 0));
  return across > 0 && down > 0 ? Math.min(4, Math.max(1, Math.round(across / down))) : 1;
}

/** RGBA points as a PNG without transparency. */
function pngOf(rgba, { width, height, repeat }) {
  const rows = Buffer.alloc((width * 3 + 1) * height * repeat);
  let to = 0;
  for (let row = 0; row < height * repeat; row += 1) {
    let from = Math.floor(row / repeat) * width * 4;
    to += 1;
    for (let column = 0; column < width; column += 1) {
      rows[to] = rgba[from];
      rows[to + 1] = rgba[from + 1];
      rows[to + 2] = rgba[from + 2];
      from += 4;
      to += 3;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height * repeat, 4);
  // Eight bits, colours.
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type, data) {
  const named = Buffer.concat([Buffer.from(type), data]);
  const whole = Buffer.alloc(named.length + 8);
  whole.writeUInt32BE(data.length, 0);
  named.copy(whole, 4);
  whole.writeUInt32BE(crc32(named), named.length + 4);
  return whole;
}
