/** One value of a table. A number stays a number; only a text can be a formula. */
export type CsvValue = string | number;

/** Excel takes a CSV file for UTF-8 only with this mark in front. */
export const BYTE_ORDER_MARK = '\uFEFF';

/** Tabs and line breaks are dropped by spreadsheets before they look. An apostrophe before may pass for one of ours. */
const FORMULA = /^'*[=+\-@−\t\r\n]/;

/** Whether a spreadsheet may run a text as a formula: in Japanese, Excel takes ＝, ＋, － and ＠ of any width for their like. */
const isFormula = (text: string): boolean => FORMULA.test(text.normalize('NFKC'));

/** A text as it stands in a cell: with an apostrophe in front where a spreadsheet would run it. */
function defused(text: string): string {
  return isFormula(text) ? `'${text}` : text;
}

/** The text of a cell of ours that was read again: the apostrophe in front of a formula goes. */
export function plainCell(cell: string): string {
  return cell.startsWith("'") && isFormula(cell) ? cell.slice(1) : cell;
}

function cellOf(value: CsvValue, quoted: boolean): string {
  const text = typeof value === 'string' ? defused(value) : String(value);
  return quoted || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * The one way to CSV: rows with CR LF after each, no cell a formula. Without a byte order mark, which some programs take for a
 * part of the first header.
 * @param options `quoted`: every cell in quotes, not only where it must be
 */
export function csvText(rows: readonly (readonly CsvValue[])[], { quoted = false } = {}): string {
  return rows.map((row) => `${row.map((value) => cellOf(value, quoted)).join(',')}\r\n`).join('');
}
