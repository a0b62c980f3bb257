import { characterCount, hasForbiddenCharacter, trimText } from '../application/text.ts';
import { checkCorporateNumber } from '../corporation/corporate-number.ts';
import { containsMyNumber } from '../data/my-number.ts';
import { NOT_STATED, readListBirthDate } from './list-birth-date.ts';
import { COLUMN_LABELS, foldCell, type ListColumn, type ListHeader } from './list-columns.ts';

/** An entry of a screening list as a file gives it, in the form that is stored: empty text means "not stated". */
export interface ListRow {
  entryId: string;
  kind: 'company' | 'person';
  name: string;
  kana: string;
  /** One alias on each line. */
  aliases: string;
  /** 'YYYY-MM-DD', or as far as it is known: 'YYYY-MM', 'YYYY'. */
  birthDate: string;
  address: string;
  phone: string;
  corporateNumber: string;
}

/** A row that is taken. `notes` say in Japanese what of it was not taken as it stands, never repeating a cell. */
export interface TakenRow {
  row: ListRow;
  notes: string[];
  /** Columns of ids, and those that are not read, from 0, whose cell is 12 digits and nothing else. */
  twelveDigits: number[];
  /** Those of them that could be a My Number; only the whole column tells. */
  suspects: number[];
}

/** A row that is not taken, why, and by what the entry that it is about is found all the same. */
export interface RefusedRow {
  reason: string;
  entryId: string | null;
  name: string | null;
}

/** Longest cell of a list file, in characters, and the most rows that a file may have. */
export const MAX_CELL = 1_000;
export const MAX_ROWS = 500_000;

const KINDS: readonly [RegExp, ListRow['kind']][] = [
  [/^(company|corporat(e|ion)|organi[sz]ation|(legal )?entity|法人|会社|団体|企業|組織|法)$/, 'company'],
  [/^(person|individual|natural person|個人|人物|自然人|個|人)$/, 'person'],
];

const OPTIONAL = ['kana', 'aliases', 'address', 'phone'] as const satisfies readonly ListColumn[];
const MY_NUMBER = 'に個人番号（マイナンバー）と思われる12桁の数字があるため、この行は取り込みません。';
const EXTERNAL = 'に外字（作成元だけで使われる文字）があり、その文字では照合できません。';

/**
 * One data row as a list entry, or why it cannot be taken. What is needed must be readable; what is optional is left out where
 * it is not, and reported. No text repeats a cell: a refused row may hold a My Number (第21条).
 */
export function readListRow(
  { places, columns }: ListHeader,
  cells: readonly string[],
): TakenRow | RefusedRow {
  const cell = (column: ListColumn) => trimText(cells[places.get(column) ?? -1] ?? '');
  const refused = (reason: string): RefusedRow => ({ reason, ...whoIs(cell('id'), cell('name')) });
  const kind = KINDS.find(([words]) => words.test(foldCell(cell('kind'))))?.[1];
  for (const column of ['id', 'name'] as const) {
    const wrong = checkCell(cell(column));
    if (wrong !== null) return refused(`「${COLUMN_LABELS[column]}」${wrong}`);
  }
  if (cell('id') === '') return refused('id（管理番号）がありません。');
  if (kind === undefined) return refused('種別は company（法人）または person（個人）で指定してください。');
  if (cell('name') === '') return refused('名称がありません。');
  const found = myNumberIn({ columns }, cells);
  if (found.certain !== null) return refused(`${found.certain}${MY_NUMBER}`);
  const notes: string[] = [];
  const optional = Object.fromEntries(
    OPTIONAL.map((column) => [column, optionalText(column, cell(column), notes)] as const),
  ) as Record<(typeof OPTIONAL)[number], string>;
  if (hasExternalCharacter(cell('name'))) notes.push(`「${COLUMN_LABELS.name}」${EXTERNAL}`);
  const birthDate = readListBirthDate(cell('birthDate'));
  if (birthDate.note !== null) notes.push(`「${COLUMN_LABELS.birthDate}」${birthDate.note}`);
  const row: ListRow = {
    entryId: cell('id'),
    kind,
    name: cell('name'),
    ...optional,
    aliases: readAliases(optional.aliases),
    birthDate: birthDate.value,
    corporateNumber: corporateNumberOf(cell('corporateNumber'), notes),
  };
  return { row, notes, twelveDigits: found.twelveDigits, suspects: found.suspects };
}

function whoIs(id: string, name: string): Pick<RefusedRow, 'entryId' | 'name'> {
  const readable = (text: string) =>
    text === '' || text.includes('\uFFFD') || containsMyNumber(text) ? null : text;
  // Twelve digits are an id like any other.
  return { entryId: /^\d{12}$/.test(id) ? id : readable(id), name: readable(name) };
}

/** The text of a cell that may be absent: '' where it is not stated or cannot be taken, with a note. */
function optionalText(column: ListColumn, text: string, notes: string[]): string {
  if (text === '' || NOT_STATED.test(text.normalize('NFKC'))) return '';
  const wrong = checkCell(text);
  if (wrong !== null) {
    notes.push(`「${COLUMN_LABELS[column]}」${wrong}記載がないものとして取り込みました。`);
    return '';
  }
  if (hasExternalCharacter(text)) notes.push(`「${COLUMN_LABELS[column]}」${EXTERNAL}`);
  return text;
}

function corporateNumberOf(typed: string, notes: string[]): string {
  const text = typed.normalize('NFKC').trim();
  if (text === '' || NOT_STATED.test(text)) return '';
  const { number } = checkCorporateNumber(text.replace(/^T[-\s]?/i, '')).value;
  if (number !== null) return number;
  notes.push(
    `「${COLUMN_LABELS.corporateNumber}」が13桁でないか、検査用数字が合いません。記載がないものとして取り込みました。`,
  );
  return '';
}

/** Aliases are separated by semicolons, vertical bars or line breaks: commas and dots stand in names. */
function readAliases(text: string): string {
  return text
    .split(/[;；|｜\n]/u)
    .map(trimText)
    .filter((alias) => alias !== '')
    .join('\n');
}

/**
 * Where a row holds a My Number. Words (name, reading, aliases, address, notes) are certain by themselves. Twelve digits alone
 * in the column of ids or in one that is not read may be running numbers; a telephone number with its country is none.
 */
function myNumberIn({ columns }: Pick<ListHeader, 'columns'>, cells: readonly string[]) {
  const found: { certain: string | null; twelveDigits: number[]; suspects: number[] } = {
    certain: null,
    twelveDigits: [],
    suspects: [],
  };
  for (const [index, cell] of cells.entries()) {
    const column = columns[index]?.as ?? undefined;
    const named = /個人番号|マイナンバー|my ?number/i.test(columns[index]?.heading ?? '');
    const mayBeRunning = !named && (column === undefined || column === 'id');
    const alone = mayBeRunning && /^\d{12}$/.test(trimText(cell.normalize('NFKC')));
    if (alone) found.twelveDigits.push(index);
    if (cell.length < MY_NUMBER_DIGITS || !containsMyNumber(cell)) continue;
    if (column === 'corporateNumber' || (column === 'phone' && isPhone(cell))) continue;
    if (alone) found.suspects.push(index);
    else found.certain ??= placeOf(column, index);
  }
  return found;
}

const MY_NUMBER_DIGITS = 12;

export const placeOf = (column: ListColumn | undefined, index: number): string =>
  column === undefined ? `${index + 1}列目` : `「${COLUMN_LABELS[column]}」`;

/** A Japanese telephone number with the country's number, written without the plus. */
const isPhone = (cell: string) => /^(?:81|00|010)/.test(cell.normalize('NFKC').replace(/\D/g, ''));

/** Rows that are refused because a column of ids or an unread one holds My Numbers rather than running numbers. */
export const myNumberRefusal = (column: ListColumn | undefined, index: number): string =>
  `${placeOf(column, index)}${MY_NUMBER}`;

/** A character of the private use area: what it looks like only its writer's computer knows. */
const hasExternalCharacter = (text: string) => /\p{Co}/u.test(text);

/** What is wrong with a cell whatever it means; null for nothing. */
function checkCell(cell: string): string | null {
  if (cell.length > MAX_CELL && characterCount(cell) > MAX_CELL) return `が${MAX_CELL}文字を超えています。`;
  if (cell.includes('\uFFFD')) return 'に読めない文字があります（文字コードをご確認ください）。';
  return hasForbiddenCharacter(cell, true) ? 'に使えない文字（制御文字）があります。' : null;
}
