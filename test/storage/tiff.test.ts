import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { tiffPageAsPng, tiffPageCount } from '../../storage/upload/tiff.ts';

const fax = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../data/fax/${name}.tif`, import.meta.url)));

/** Whether a point of our PNG (eight bits, three colours, no filter) is black. */
function pointsOf(png: Uint8Array) {
  const file = Buffer.from(png);
  const [width, height] = [file.readUInt32BE(16), file.readUInt32BE(20)];
  const at = file.indexOf('IDAT');
  const rows = inflateSync(file.subarray(at + 4, at + 4 + file.readUInt32BE(at - 4)));
  return { width, height, black: (x: number, y: number) => rows[y * (width * 3 + 1) + 1 + x * 3] === 0 };
}

/** The pattern that the samples were made from. */
const drawn = (page: number) => (x: number, y: number) =>
  (Math.floor(x / 40) + Math.floor(y / 20) + page) % 3 === 0 && x > 100 && x < 1500;

test.each([
  ['group 4, first page', 'fax-g4', 1, 1],
  ['group 4, second page', 'fax-g4', 2, 1],
  ['group 3 in two dimensions, second page', 'fax-g3-2d', 2, 1],
  ['group 4 with the bits the other way round', 'fax-g4-lsb', 1, 1],
  ['group 3, standard resolution: rows are drawn twice, so that letters are not flat', 'fax-g3-1d', 1, 2],
])(
  'a FAX page is shown as it was sent: %s',
  async (_, name, page, repeat) => {
    const png = await tiffPageAsPng(fax(name), page);
    const { width, height, black } = pointsOf(png ?? new Uint8Array());
    expect([width, height]).toEqual([1728, 300 * repeat]);
    const expected = drawn(page);
    for (let y = 0; y < height; y += 7) {
      for (let x = 0; x < width; x += 13) expect(black(x, y)).toBe(expected(x, Math.floor(y / repeat)));
    }
  },
  30_000,
);

test('the pages of a FAX are counted; a chain that leads nowhere or in a circle ends', () => {
  expect(tiffPageCount(fax('fax-g4'))).toBe(2);
  expect(tiffPageCount(fax('fax-g3-1d'))).toBe(1);
  expect(tiffPageCount(Uint8Array.from([0x49, 0x49, 0x2a, 0, 0xff, 0xff, 0, 0]))).toBe(0);
  const circle = Uint8Array.from([0x49, 0x49, 0x2a, 0, 8, 0, 0, 0, 0, 0, 8, 0, 0, 0]);
  expect(tiffPageCount(circle)).toBe(100);
});

test('a page that is not there, too large to draw, or no picture is null', async () => {
  expect(await tiffPageAsPng(fax('fax-g4'), 3)).toBeNull();
  expect(await tiffPageAsPng(Uint8Array.from([0x49, 0x49, 0x2a, 0, 8]), 1)).toBeNull();
  const huge = Buffer.alloc(8 + 2 + 24 + 4);
  huge.set([0x49, 0x49, 0x2a, 0, 8, 0, 0, 0, 2, 0]);
  for (const [index, tag] of [256, 257].entries()) {
    huge.writeUInt16LE(tag, 10 + index * 12);
    huge.writeUInt16LE(4, 12 + index * 12);
    huge.writeUInt32LE(1, 14 + index * 12);
    huge.writeUInt32LE(60_000, 18 + index * 12);
  }
  expect(await tiffPageAsPng(new Uint8Array(huge), 1)).toBeNull();
}, 30_000);
