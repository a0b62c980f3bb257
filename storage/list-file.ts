import { setImmediate } from 'node:timers/promises';
import { CsvError, parse } from 'csv-parse/sync';
import Encoding from 'encoding-japanese';
import {
  type ListColumn,
  type ListRow,
  MAX_CELL,
  MAX_ROWS,
  readHeader,
  readListRow,
} from '../domain/screening/screening-list.ts';

/** Largest list file in bytes. */
export const MAX_LIST_BYTES = 100 * 1024 * 1024;

export type ListEncoding = 'UTF-8' | 'Shift_JIS';

/** The file as a whole cannot be a list; the message is Japanese and for staff. */
export class ListFileError extends Error {}

export interface ListFile {
  encoding: ListEncoding;
  rows: ListRow[];
  /** Rows that are not taken, by line of the file (the header is line 1). */
  bad: { line: number; reason: string }[];
}

const PROGRESS_EVERY = 5_000;
/** Enough of a file to tell its encoding by. */
const SAMPLE_BYTES = 256 * 1024;

/**
 * Reads a list file: UTF-8 with or without a byte order mark, or Shift_JIS; columns by their names. Good rows are kept,
 * bad ones reported. Throws ListFileError when the file is no such list at all.
 */
export async function readListFile(
  bytes: Uint8Array,
  onProgress: (rows: number) => void = () => undefined,
): Promise<ListFile> {
  if (bytes.byteLength > MAX_LIST_BYTES) {
    throw new ListFileError(`リストのファイルは${MAX_LIST_BYTES / 1024 / 1024}MBまでです。`);
  }
  const { text, encoding } = decode(bytes);
  const file: ListFile = { encoding, rows: [], bad: [] };
  const lineOfId = new Map<string, number>();
  let columns: Map<ListColumn, number> | null = null;
  for await (const { cells, line, error } of records(text)) {
    if (columns === null) {
      const header = error === null ? readHeader(cells) : error;
      if (typeof header === 'string') throw new ListFileError(header);
      columns = header;
      continue;
    }
    const seen = file.rows.length + file.bad.length + 1;
    if (seen > MAX_ROWS) throw new ListFileError(`リストは${MAX_ROWS}行までです。分けて取り込んでください。`);
    if (seen % PROGRESS_EVERY === 0) onProgress(seen);
    const row = error ?? readListRow(columns, cells);
    const earlier = typeof row === 'string' ? undefined : lineOfId.get(row.entryId);
    if (typeof row === 'string') file.bad.push({ line, reason: row });
    else if (earlier !== undefined)
      file.bad.push({ line, reason: `${earlier}行目と同じ id（管理番号）です。` });
    else {
      lineOfId.set(row.entryId, line);
      file.rows.push(row);
    }
  }
  if (columns === null) throw new ListFileError('ファイルが空です。');
  onProgress(file.rows.length + file.bad.length);
  return file;
}

function decode(bytes: Uint8Array): { text: string; encoding: ListEncoding } {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'UTF-8' };
  } catch {
    const guess = Encoding.detect(bytes.subarray(0, SAMPLE_BYTES));
    if (guess === 'SJIS') return { text: new TextDecoder('shift_jis').decode(bytes), encoding: 'Shift_JIS' };
    // A few broken bytes in a UTF-8 file spoil their rows, not the file.
    if (guess === 'UTF8') return { text: new TextDecoder('utf-8').decode(bytes), encoding: 'UTF-8' };
    throw new ListFileError(
      '文字コードを判別できません。UTF-8またはShift_JISのCSVファイルを指定してください。',
    );
  }
}

interface CsvRecord {
  cells: string[];
  line: number;
  error: string | null;
}

const BROKEN = '行の形式が正しくありません（引用符が閉じていない可能性があります）。';
/** Lines that are parsed in one go, also the most that one record may span. */
const CHUNK_LINES = 1_000;

/**
 * Records of a CSV text with the line on which each begins, with a pause after each chunk so that a web server goes on
 * answering. A quote that is never closed spoils its own line only: the next line begins anew.
 */
async function* records(text: string): AsyncGenerator<CsvRecord> {
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  for (let from = 0; from < lines.length; ) {
    const { found, readLines, broken } = parseChunk(lines.slice(from, from + CHUNK_LINES));
    for (const { cells, line } of found) yield { cells, line: from + line, error: null };
    from += readLines;
    if (broken && readLines === 0) {
      from += 1;
      yield { cells: [], line: from, error: BROKEN };
    }
    await setImmediate();
  }
}

/** `readLines`: lines that make whole records. A record that goes on behind the chunk is left for the next one. */
function parseChunk(lines: readonly string[]): {
  found: { cells: string[]; line: number }[];
  readLines: number;
  broken: boolean;
} {
  const found: { cells: string[]; line: number }[] = [];
  let readLines = 0;
  try {
    parse(lines.join('\n'), {
      relax_column_count: true,
      relax_quotes: true,
      record_delimiter: '\n',
      max_record_size: MAX_CELL * 20,
      on_record: (cells: string[], context) => {
        if (cells.some((cell) => cell.trim() !== '')) found.push({ cells, line: readLines + 1 });
        readLines = context.lines;
        return null;
      },
    });
    return { found, readLines: lines.length, broken: false };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { found, readLines, broken: true };
  }
}
