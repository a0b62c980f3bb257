import { trimText } from '../application/text.ts';
import { readWrittenDate, readWrittenDay, type WrittenDate } from '../calendar/written-date.ts';

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

/** Days of Excel's count before 1970-01-01, and those that can be a birth: 1910 to 2019. */
const EXCEL_EPOCH_DAYS = 25_569;
const EXCEL_DAYS = { from: 3_654, to: 43_830 };
/** What Excel makes of an empty cell: the day 0 of its count. */
const EXCEL_EMPTY = /^(1900[-/.]0?1[-/.]0{1,2}|1899[-/.]12[-/.]3[01]|0+([-/.]0+)*)$/;
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
  if (NOT_STATED.test(text) || EXCEL_EMPTY.test(text)) return { value: '', note: NOTES.notStated };
  const serial = /^\d{4,5}$/.test(text) ? excelDay(text) : null;
  if (serial !== null) return { value: serial, note: NOTES.serial };
  const swapped = monthFirst(text);
  if (swapped !== null) return swapped;
  const plain = readWrittenDate(text) === null ? text.replace(/\([^()\d]*\)/gu, '') : text;
  const whole = readWrittenDay(plain);
  if (whole !== null) return { value: whole, note: null };
  const known = readWrittenDate(plain) ?? beginningOf(plain);
  if (known === null) return { value: '', note: NOTES.unreadable };
  const month = known.month === null ? '' : `-${String(known.month).padStart(2, '0')}`;
  return { value: `${known.year}${month}`, note: NOTES.partial };
}

/** The year, and the month where it is one, that a text begins with whose rest says nothing: 1985年春, 1985/?/?, 198501. */
function beginningOf(text: string): WrittenDate | null {
  const digits = /^(\d{4})(\d{2})$/.exec(text);
  if (digits !== null) return readWrittenDate(`${digits[1]}-${digits[2]}`);
  const year = /^((?:明治|大正|昭和|平成|令和|[明大昭平令mtshr])\s*(?:\d{1,2}|元)|\d{4})\s*[年/.-]/i.exec(
    text,
  );
  if (year === null) return null;
  const month = /^0?([1-9]|1[0-2])\s*(?:月|[/.-])/.exec(text.slice(year[0].length))?.[1];
  return readWrittenDate(`${year[1]}年${month === undefined ? '' : `${month}月`}`);
}

/** A count of days since 1899-12-30. Four digits are a year where they can be one. */
function excelDay(digits: string): string | null {
  const count = Number(digits);
  if (digits.length === 4 && readWrittenDate(digits) !== null) return null;
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
  const whole = readWrittenDay(`${year}-${month}-${day}`);
  return whole === null ? { value: year, note: NOTES.ambiguous } : { value: whole, note: null };
}
