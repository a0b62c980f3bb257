import type { Context } from 'hono';
import { attachment } from './download.ts';

const BOM = '\uFEFF';

/** A cell: quoted where it must be, and never a formula in a spreadsheet. */
function cell(value: string | number): string {
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Rows as CSV with a BOM, as spreadsheets in Japanese expect it. */
export function csvText(rows: readonly (readonly (string | number)[])[]): string {
  return BOM + rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

/** CSV as a file to keep. */
export function csvFile(
  c: Context,
  fileName: string,
  rows: readonly (readonly (string | number)[])[],
): Response {
  return attachment(c, new TextEncoder().encode(csvText(rows)), {
    fileName,
    contentType: 'text/csv; charset=utf-8',
  });
}
