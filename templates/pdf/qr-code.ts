import { encode } from 'uqr';
import type { TaggedDocument } from './document.ts';

/** Draws a QR code (error correction M) in a square of `side` points, quiet zone included. */
export function drawQrCode(document: TaggedDocument, text: string, x: number, y: number, side: number): void {
  const { data } = encode(text, { ecc: 'M', border: 4 });
  const module = side / data.length;
  const { canvas } = document;
  data.forEach((row, rowIndex) => {
    // Neighbouring modules are one rectangle: no hairlines between them on paper, and a smaller file.
    let from = 0;
    while (from < row.length) {
      if (row[from] !== true) {
        from += 1;
        continue;
      }
      let to = from;
      while (row[to] === true) to += 1;
      canvas.rect(x + from * module, y + rowIndex * module, (to - from) * module, module);
      from = to;
    }
  });
  canvas.fill('#000000');
}
