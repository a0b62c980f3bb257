import {
  type ListColumn,
  type ListHeader,
  type ReadColumn,
  readHeader,
} from '../domain/screening/list-columns.ts';
import {
  type ListRow,
  MAX_ROWS,
  myNumberRefusal,
  type RefusedRow,
  readListRow,
  type TakenRow,
} from '../domain/screening/screening-list.ts';
import { delimiterOf, records } from './list-records.ts';
import { type Charset, decodeFile } from './text/charset.ts';

/** Largest list file in bytes. */
export const MAX_LIST_BYTES = 100 * 1024 * 1024;

const ENCODINGS: Record<string, string> = {
  'utf-8': 'UTF-8',
  'us-ascii': 'UTF-8',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16',
  shift_jis: 'Shift_JIS',
  'euc-jp': 'EUC-JP',
  'iso-2022-jp': 'ISO-2022-JP',
} satisfies Partial<Record<Charset, string>>;

/** The file as a whole cannot be a list; the message is Japanese and for staff. */
export class ListFileError extends Error {}

/** A line of the file (the header is line 1) and what is to be said of it, in Japanese. */
export interface LineNote {
  line: number;
  reason: string;
}

export interface ListFile {
  encoding: string;
  /** All columns of the file, and what each was taken for. */
  columns: ReadColumn[];
  rows: ListRow[];
  /** Rows that are not taken. */
  bad: LineNote[];
  /** Who the rows are about that are not taken, as far as that can be read. */
  refused: Pick<RefusedRow, 'entryId' | 'name'>[];
  /** What of the rows that are taken was left out, or read in a way that somebody should know. */
  warnings: LineNote[];
}

const WORKBOOK =
  'Excelのブック（.xlsx）は読めません。Excelで「CSV UTF-8（コンマ区切り）」の形式で保存したファイルを指定してください。';
const PROGRESS_EVERY = 5_000;

/**
 * Reads a list file in any encoding that Japanese programs write, with commas, tabs or semicolons; columns by their
 * headings. Good rows are kept, bad ones reported. Throws ListFileError when the file is no such list at all.
 */
export async function readListFile(
  bytes: Uint8Array,
  onProgress: (rows: number) => void = () => undefined,
): Promise<ListFile> {
  if (bytes.byteLength > MAX_LIST_BYTES) {
    throw new ListFileError(`リストのファイルは${MAX_LIST_BYTES / 1024 / 1024}MBまでです。`);
  }
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) throw new ListFileError(WORKBOOK);
  const decoded = decodeFile(bytes);
  if (decoded === null) {
    throw new ListFileError(
      '文字コードを判別できません。UTF-8、Shift_JISまたはUTF-16（Unicodeテキスト）のCSVファイルを指定してください。',
    );
  }
  const text = decoded.text.replace(/^\uFEFF/, '');
  const lines: { line: number; read: TakenRow | RefusedRow }[] = [];
  let header: ListHeader | null = null;
  for await (const { cells, line, error } of records(text, delimiterOf(text))) {
    if (header === null) {
      const read = error ?? readHeader(cells);
      if (typeof read === 'string') throw new ListFileError(read);
      header = read;
      continue;
    }
    if (lines.length >= MAX_ROWS)
      throw new ListFileError(`リストは${MAX_ROWS}行までです。分けて取り込んでください。`);
    lines.push({
      line,
      read: error === null ? readListRow(header, cells) : { ...unreadRow(header, cells), reason: error },
    });
    if (lines.length % PROGRESS_EVERY === 0) onProgress(lines.length);
  }
  if (header === null) throw new ListFileError('ファイルが空です。');
  onProgress(lines.length);
  return sorted(lines, header, ENCODINGS[decoded.charset] ?? decoded.charset);
}

/** Who a line is about whose quotes are broken: its cells were parted at every delimiter. */
function unreadRow(header: ListHeader, cells: readonly string[]): RefusedRow {
  const read = readListRow(header, cells);
  return 'row' in read ? { reason: '', entryId: read.row.entryId, name: read.row.name } : read;
}

function sorted(
  lines: readonly { line: number; read: TakenRow | RefusedRow }[],
  { places, columns }: ListHeader,
  encoding: string,
): ListFile {
  const file: ListFile = { encoding, columns, rows: [], bad: [], refused: [], warnings: [] };
  const columnAt = new Map([...places].map(([column, place]) => [place, column]));
  const numbers = myNumberColumns(lines, columnAt);
  const lineOfId = new Map<string, number>();
  const refuse = (line: number, { reason, entryId, name }: RefusedRow) => {
    file.bad.push({ line, reason });
    file.refused.push({ entryId, name });
  };
  for (const { line, read } of lines) {
    if (!('row' in read)) {
      refuse(line, read);
      continue;
    }
    const { row, notes, suspects } = read;
    const number = suspects.find((index) => numbers.has(index));
    const earlier = lineOfId.get(row.entryId);
    if (number !== undefined) {
      const entryId = columnAt.get(number) === 'id' ? null : row.entryId;
      refuse(line, { reason: myNumberRefusal(columnAt.get(number), number), entryId, name: row.name });
    } else if (earlier !== undefined) {
      refuse(line, {
        reason: `${earlier}行目と同じ id（管理番号）です。`,
        entryId: row.entryId,
        name: row.name,
      });
    } else {
      lineOfId.set(row.entryId, line);
      file.rows.push(row);
      file.warnings.push(...notes.map((reason) => ({ line, reason })));
    }
  }
  return file;
}

/** Check digits agree by chance once in eleven: where more than half do, a column of twelve digits holds My Numbers. */
const MANY = 3;

/**
 * Columns, from 0, that hold My Numbers: of an unread column one is enough unless most of its twelve digits are none; ids are
 * taken for running numbers unless most of several agree.
 */
function myNumberColumns(
  lines: readonly { read: TakenRow | RefusedRow }[],
  columnAt: ReadonlyMap<number, ListColumn>,
): Set<number> {
  const counts = new Map<number, { suspects: number; twelve: number }>();
  for (const { read } of lines) {
    if (!('row' in read)) continue;
    for (const index of read.twelveDigits) {
      const count = counts.get(index) ?? { suspects: 0, twelve: 0 };
      count.twelve += 1;
      if (read.suspects.includes(index)) count.suspects += 1;
      counts.set(index, count);
    }
  }
  const holds = ([index, { suspects, twelve }]: [number, { suspects: number; twelve: number }]) =>
    suspects * 2 > twelve && (columnAt.get(index) !== 'id' || suspects >= MANY);
  return new Set([...counts].filter(holds).map(([index]) => index));
}
