import { characterCount, hasForbiddenCharacter, trimText } from '../application/text.ts';
import { readWrittenDay } from '../calendar/written-date.ts';
import { checkCorporateNumber } from '../corporation/corporate-number.ts';
import { containsMyNumber } from '../data/my-number.ts';

/** An entry of a screening list as a file gives it, in the form that is stored: empty text means "not stated". */
export interface ListRow {
  entryId: string;
  kind: 'company' | 'person';
  name: string;
  kana: string;
  /** One alias on each line. */
  aliases: string;
  birthDate: string;
  address: string;
  phone: string;
  corporateNumber: string;
}

export type ListColumn = Exclude<keyof ListRow, 'entryId'> | 'id';

/** Longest cell of a list file, in characters, and the most rows that a file may have. */
export const MAX_CELL = 1_000;
export const MAX_ROWS = 500_000;

const COLUMN_NAMES: Record<ListColumn, readonly string[]> = {
  id: ['id', 'entryid', '番号', '管理番号', '識別番号'],
  kind: ['kind', 'type', '種別', '区分'],
  name: ['name', '名称', '氏名', '名前', '会社名', '商号', '名称・氏名', '氏名・名称'],
  kana: ['kana', 'フリガナ', 'ふりがな', 'カナ', '読み', 'ヨミ', '名称カナ', '氏名カナ'],
  aliases: ['aliases', 'alias', '別名', '通称', '異名', '旧名称', '別名・通称'],
  birthDate: ['birthdate', 'birth_date', 'birth date', 'dateofbirth', '生年月日'],
  address: ['address', '住所', '所在地', '本店所在地'],
  phone: ['phone', 'tel', '電話', '電話番号'],
  corporateNumber: ['corporatenumber', 'corporate_number', 'corporate number', '法人番号'],
};

const COLUMN_LABELS: Record<ListColumn, string> = {
  id: 'id（管理番号）',
  kind: '種別',
  name: '名称',
  kana: 'フリガナ',
  aliases: '別名',
  birthDate: '生年月日',
  address: '住所',
  phone: '電話番号',
  corporateNumber: '法人番号',
};

const KINDS: Record<string, ListRow['kind']> = {
  company: 'company',
  corporation: 'company',
  法人: 'company',
  会社: 'company',
  団体: 'company',
  person: 'person',
  individual: 'person',
  個人: 'person',
  人物: 'person',
};

const REQUIRED: readonly ListColumn[] = ['id', 'kind', 'name'];

const fold = (text: string) => trimText(text).normalize('NFKC').toLowerCase();

/** Which column stands where, by a header row in Japanese or English; a text says what is wrong with the header. */
export function readHeader(cells: readonly string[]): Map<ListColumn, number> | string {
  const columns = new Map<ListColumn, number>();
  for (const [index, cell] of cells.entries()) {
    const found = (Object.keys(COLUMN_NAMES) as ListColumn[]).find((column) =>
      COLUMN_NAMES[column].some((name) => fold(name) === fold(cell)),
    );
    if (found === undefined) continue;
    if (columns.has(found)) return `見出し行に「${COLUMN_LABELS[found]}」の列が2つあります。`;
    columns.set(found, index);
  }
  const absent = REQUIRED.filter((column) => !columns.has(column));
  if (absent.length === 0) return columns;
  const names = absent.map((column) => `「${COLUMN_LABELS[column]}」`).join('');
  return `1行目の見出しに${names}の列がありません（使える見出し：id、kind、name、kana、aliases、birthDate、address、phone、corporateNumber、または日本語の列名）。`;
}

/**
 * One data row as a list entry, or why it cannot be taken. The reason names the column and never repeats a cell: a
 * refused row may hold a My Number (第21条).
 */
export function readListRow(
  columns: ReadonlyMap<ListColumn, number>,
  cells: readonly string[],
): ListRow | string {
  const unstorable = checkCells(columns, cells);
  if (unstorable !== null) return unstorable;
  const cell = (column: ListColumn) => trimText(cells[columns.get(column) ?? -1] ?? '');
  const kind = KINDS[fold(cell('kind'))];
  const birthDate = cell('birthDate') === '' ? '' : readWrittenDay(cell('birthDate'));
  const number =
    cell('corporateNumber') === '' ? '' : checkCorporateNumber(cell('corporateNumber')).value.number;
  if (cell('id') === '') return 'id（管理番号）がありません。';
  if (kind === undefined) return '種別は company（法人）または person（個人）で指定してください。';
  if (cell('name') === '') return '名称がありません。';
  if (birthDate === null) return '生年月日を読めません（例：1960-01-02、昭和35年1月2日）。';
  if (number === null) return '法人番号が13桁でないか、検査用数字が合いません。';
  return {
    entryId: cell('id'),
    kind,
    name: cell('name'),
    kana: cell('kana'),
    aliases: readAliases(cell('aliases')),
    birthDate,
    address: cell('address'),
    phone: cell('phone'),
    corporateNumber: number,
  };
}

/** Aliases are separated by semicolons, vertical bars or line breaks: commas and dots stand in names. */
function readAliases(text: string): string {
  return text
    .split(/[;；|｜\n]/u)
    .map(trimText)
    .filter((alias) => alias !== '')
    .join('\n');
}

/** What stops a row whatever it means: every cell counts, also those of columns that are not read. */
function checkCells(columns: ReadonlyMap<ListColumn, number>, cells: readonly string[]): string | null {
  for (const [index, cell] of cells.entries()) {
    const wrong = cell === '' ? null : checkCell(cell);
    if (wrong === null) continue;
    const column = [...columns].find(([, place]) => place === index)?.[0];
    return `${column === undefined ? `${index + 1}列目` : `「${COLUMN_LABELS[column]}」`}${wrong}`;
  }
  return null;
}

function checkCell(cell: string): string | null {
  if (cell.length > MAX_CELL && characterCount(cell) > MAX_CELL) return `が${MAX_CELL}文字を超えています。`;
  if (cell.includes('\uFFFD')) return 'に読めない文字があります（文字コードをご確認ください）。';
  if (hasForbiddenCharacter(trimText(cell), true)) return 'に使えない文字（制御文字）があります。';
  if (containsMyNumber(cell)) {
    return 'に個人番号（マイナンバー）と思われる12桁の数字があるため、この行は取り込みません。';
  }
  return null;
}
