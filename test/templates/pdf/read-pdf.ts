import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Hands the PDF to a command line tool as a file and gives what it prints. Fails where the tool does. */
export function runOnPdf(pdf: Uint8Array, command: string, args: (file: string) => string[]): string {
  return bytesFromPdf(pdf, command, args).toString('utf8');
}

/** A part of the first page in grey, one byte per dot: `scale` dots per point, the box in points. */
export function greyPicture(
  pdf: Uint8Array,
  scale: number,
  box: { x: number; y: number; width: number; height: number },
): Buffer {
  const dots = (points: number) => String(Math.round(points * scale));
  const crop = ['-x', dots(box.x), '-y', dots(box.y), '-W', dots(box.width), '-H', dots(box.height)];
  const picture = bytesFromPdf(pdf, 'pdftoppm', (file) => ['-r', String(72 * scale), ...crop, '-gray', file]);
  return picture.subarray(picture.length - Math.round(box.width * scale) * Math.round(box.height * scale));
}

function bytesFromPdf(pdf: Uint8Array, command: string, args: (file: string) => string[]): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'hasso-pdf-'));
  try {
    const file = join(folder, 'document.pdf');
    writeFileSync(file, pdf);
    return execFileSync(command, args(file));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What a reader copies out of the document, in reading order. */
export function pdfText(pdf: Uint8Array): string {
  return runOnPdf(pdf, 'pdftotext', (file) => ['-enc', 'UTF-8', file, '-']);
}

/** The text in the order in which it was drawn: wrapped cells side by side stay whole. */
export function pdfTextAsDrawn(pdf: Uint8Array): string {
  return runOnPdf(pdf, 'pdftotext', (file) => ['-enc', 'UTF-8', '-raw', file, '-']);
}

export function pdfInfo(pdf: Uint8Array): Map<string, string> {
  const lines = runOnPdf(pdf, 'pdfinfo', (file) => [file]).split('\n');
  return new Map(
    lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]),
  );
}

/** Long values wrap: lines are joined before they are compared. */
export function withoutSpace(text: string): string {
  return text.replace(/\s/g, '');
}
