import { CsvError, parse } from 'csv-parse/sync';
import { InvalidValueError } from '../domain/base/invalid-value.ts';
import type { ImportedLine } from '../domain/billing/zengin-statement.ts';
import { type CivilDate, civilDate } from '../domain/calendar/civil-date.ts';
import type { BankCsvColumns } from '../domain/payments/bank-file.ts';

/** Largest statement in bytes. */
const MAX_BYTES = 20 * 1024 * 1024;

/** The file cannot be taken: nothing of it is. The message is Japanese, for staff, and names the line. */
export class BankCsvError extends InvalidValueError {
  override readonly name = 'BankCsvError';
}

/**
 * Reads a bank's statement as CSV, in UTF-8 or Shift_JIS, by its columns. `account` is part of the ids, so that the same row
 * in another file is the same payment; equal rows of one day are counted. Throws BankCsvError for a file not wholly in order.
 */
export function readBankCsv(bytes: Uint8Array, columns: BankCsvColumns, account: string): ImportedLine[] {
  if (bytes.length > MAX_BYTES) {
    throw new BankCsvError(`明細のファイルは${MAX_BYTES / 1024 / 1024}MBまでです。`);
  }
  const [header, ...rows] = cellsOf(decode(bytes));
  if (header === undefined) throw new BankCsvError('ファイルが空です。');
  const place = (column: string): number => {
    const index = header.cells.map((cell) => cell.trim()).indexOf(column);
    if (index < 0) throw new BankCsvError(`${header.line}行目：列「${column}」がありません。`);
    return index;
  };
  const [on, amount, name] = [place(columns.on), place(columns.amount), place(columns.name)];
  const reference = columns.reference === null ? null : place(columns.reference);
  const id = columns.id === null ? null : place(columns.id);
  const seen = new Map<string, number>();
  return rows.flatMap(({ cells, line }) => {
    const cell = (index: number | null) => (index === null ? '' : (cells[index] ?? '').trim());
    const amountYen = yenIn(cell(amount), line);
    if (amountYen === 0) return [];
    const day = dayOf(cell(on), line);
    const said = [account, day, cell(id), amountYen, cell(name), cell(reference)].join('|');
    const position = (seen.get(said) ?? 0) + 1;
    seen.set(said, position);
    return [
      {
        id: `${said}|${position}`,
        account,
        on: day,
        amountYen,
        name: cell(name),
        cancelled: false,
        reference: cell(reference) === '' ? null : cell(reference),
      },
    ];
  });
}

function cellsOf(text: string): { cells: string[]; line: number }[] {
  const records: { cells: string[]; line: number }[] = [];
  try {
    parse(text, {
      skip_empty_lines: true,
      on_record: (cells: string[], { lines }) => {
        records.push({ cells, line: lines });
        return null;
      },
    });
    return records;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error.lines === 'number' ? `${error.lines}行目：` : '';
    throw new BankCsvError(`${line}CSVとして読めません。列の数と引用符を確認してください。`);
  }
}

/** Separators and a yen sign may stand there; nothing is 0. */
function yenIn(text: string, line: number): number {
  const digits = text.normalize('NFKC').replace(/^[¥\\]|円$|,/g, '');
  if (digits === '') return 0;
  if (!/^\d{1,13}$/.test(digits)) throw new BankCsvError(`${line}行目：金額「${text}」が読めません。`);
  return Number(digits);
}

/** 2026-12-10, 2026/12/10, 20261210, 2026年12月10日. */
function dayOf(text: string, line: number): CivilDate {
  const [, year = '', month = '', day = ''] =
    /^(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?$/.exec(text.normalize('NFKC')) ?? [];
  try {
    return civilDate(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);
  } catch (error) {
    if (!(error instanceof InvalidValueError)) throw error;
    throw new BankCsvError(`${line}行目：日付「${text}」が読めません。`);
  }
}

function decode(bytes: Uint8Array): string {
  for (const encoding of ['utf-8', 'shift_jis']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes).replace(/^\uFEFF/, '');
    } catch {
      // The other one, or what is said below.
    }
  }
  throw new BankCsvError('文字コードはUTF-8またはShift_JISにしてください。');
}
