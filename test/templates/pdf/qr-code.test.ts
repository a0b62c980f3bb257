import { encode } from 'uqr';
import { expect, it } from 'vitest';
import { TaggedDocument } from '../../../templates/pdf/document.ts';
import { drawQrCode } from '../../../templates/pdf/qr-code.ts';
import { greyPicture } from './read-pdf.ts';

it('prints every module of the code, dark and light, with its quiet zone', async () => {
  const url = 'https://hasso.example.jp/verify/3vX9kQm2TzP7aLw5RbYc8N';
  const { data } = encode(url, { ecc: 'M', border: 4 });
  const document = new TaggedDocument({
    title: '試験',
    author: '試験',
    createdOn: '2026-11-24',
    decoratePage: () => undefined,
    continuedTop: 60,
    bottom: 780,
  });
  const side = data.length * 2;
  document.tagged('Figure', () => drawQrCode(document, url, 100, 200, side), {
    alt: '二次元コード',
    bbox: [100, 200, 300, 400],
  });
  const scale = 3;
  const picture = greyPicture(await document.finish(() => undefined), scale, {
    x: 100,
    y: 200,
    width: side,
    height: side,
  });
  const dotsPerModule = 2 * scale;
  const seen = data.map((row, y) =>
    row.map((_, x) => {
      const dot = (y * dotsPerModule + scale) * side * scale + x * dotsPerModule + scale;
      return (picture[dot] ?? 255) < 128;
    }),
  );
  expect(seen).toEqual(data);
});
