import { readBirthDate } from '../application/officers.ts';
import { trimText } from '../application/text.ts';
import { parseBirthDate } from './dates.ts';

/** `value`: 'YYYY-MM-DD', 'YYYY-MM', 'YYYY' or '' for not stated. `note`: in Japanese, where that is less than the cell says or looks like. */
export interface ListBirthDate {
  value: string;
  note: string | null;
}

/** What people write where nothing is known. */
export const NOT_STATED =
  /^(?:[-―ー–—−*＊.・?？/]+|なし|無し?|有りません|ありません|不明|不詳|未詳|未定|未入力|未登録|非公開|該当なし|n\/?a|nil|null|none|unknown|nan)$/i;

const NOTES = {
  notStated: 'の記載がないものとして取り込みました。',
  unreadable: 'を読めないため、記載がないものとして取り込みました（例：1960-01-02、昭和35年1月2日）。',
  partial: 'が年月日のすべてではないため、わかるところまで取り込みました。',
  serial: 'をExcelの日付の通し番号として読みました。',
  ambiguous: 'の月と日の順がわからないため、年だけを取り込みました。',
} as const;

/** Days of Excel's count before 1970-01-01, and the last that can be a birth. */
const EXCEL_EPOCH_DAYS = 25_569;
const EXCEL_DAYS = { from: 1, to: 73_050 };
const DAY_MS = 86_400_000;

/**
 * A date of birth in a list, as far as it is known: both calendars, with a time of day, as Excel counts days, with the year or
 * the month only. What cannot be read is not stated: it never keeps a person from the list.
 */
export function readListBirthDate(raw: string): ListBirthDate {
  const text = trimText(raw.normalize('NFKC'))
    .replace(/[T ]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?Z?$/i, '')
    .replace(/(\d)\.0+$/, '$1')
    .replace(/\s*(頃|ごろ|ころ|くらい|位|前後|推定|\?|年?生)$/u, '')
    .trim();
  if (text === '') return { value: '', note: null };
  if (NOT_STATED.test(text)) return { value: '', note: NOTES.notStated };
  const serial = /^\d{4,5}$/.test(text) ? excelDay(text) : null;
  if (serial !== null) return { value: serial, note: NOTES.serial };
  const swapped = monthFirst(text);
  if (swapped !== null) return swapped;
  const plain = parseBirthDate(text) === null ? text.replace(/\(.*?\)/gu, '') : text;
  const whole = readBirthDate(plain);
  if (whole !== null) return { value: whole, note: null };
  const known = parseBirthDate(plain);
  if (known === null) return { value: '', note: NOTES.unreadable };
  const month = known.month === null ? '' : `-${String(known.month).padStart(2, '0')}`;
  return { value: `${known.year}${month}`, note: NOTES.partial };
}

/** A count of days since 1899-12-30. Four digits are a year where they can be one. */
function excelDay(digits: string): string | null {
  const count = Number(digits);
  if (digits.length === 4 && parseBirthDate(digits) !== null) return null;
  if (count < EXCEL_DAYS.from || count > EXCEL_DAYS.to) return null;
  return new Date((count - EXCEL_EPOCH_DAYS) * DAY_MS).toISOString().slice(0, 10);
}

/** 1/2/1985: the month stands first or second; certain only where one of them can be no month, or both are the same. */
function monthFirst(text: string): ListBirthDate | null {
  const [, first, second, year] = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/.exec(text) ?? [];
  if (first === undefined || second === undefined || year === undefined) return null;
  const [month, day] = Number(first) > 12 ? [second, first] : [first, second];
  const certain = Number(day) > 12 || Number(month) === Number(day);
  if (!certain) return { value: year, note: NOTES.ambiguous };
  const whole = readBirthDate(`${year}-${month}-${day}`);
  return whole === null ? { value: year, note: NOTES.ambiguous } : { value: whole, note: null };
}
