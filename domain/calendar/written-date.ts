import { toHalfWidth } from '../application/text.ts';
import { kanjiNumber } from '../base/digits.ts';
import { type CivilDate, isCivilDate } from './civil-date.ts';

/** A date as people write it, as far as it is given: a day has a month, a month has a year. */
export interface WrittenDate {
  year: number;
  month: number | null;
  day: number | null;
}

/** Every era with the first day that can be written in it; its last day is the first day of the next one, or the day before. */
const ERAS = [
  { names: ['明治', '明', 'm'], from: '1868-01-25', through: '1912-07-30' },
  { names: ['大正', '大', 't'], from: '1912-07-30', through: '1926-12-25' },
  { names: ['昭和', '昭', 's'], from: '1926-12-25', through: '1989-01-07' },
  { names: ['平成', '平', 'h'], from: '1989-01-08', through: '2019-04-30' },
  { names: ['令和', '令', 'r'], from: '2019-05-01', through: '9999-12-31' },
] as const;

const FIRST_YEAR = 1868;
const LAST_YEAR = 2999;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const WEEKDAY =
  /\([日月火水木金土](?:曜日?)?\)|[日月火水木金土]曜日?|\((?:sun|mon|tue|wed|thu|fri|sat)[a-z]*\)/gu;
const AGE = /\(?(?:満|当時)?\d{1,3}[歳才]\)?/gu;
const LABEL = /^(?:生年月日|誕生日|出生日?|生年|西暦|和暦)[:\s]*/u;
const BORN = /(?:生まれ|生れ|生|出生)$/u;
/** What spreadsheets and databases add to a day: midnight. */
const MIDNIGHT = /[t ]0{1,2}:00(?::00(?:\.0+)?)?(?:z|\+\d{2}:?\d{2})?$/u;

/** Width, kanji numerals and what stands around a date taken away; in lower case. */
function plain(raw: string): string {
  return toHalfWidth(raw)
    .toLowerCase()
    .replace(/[‐‑‒–—―−ー]/gu, '-')
    .replace(/[〇○零一二三四五六七八九十百千]+/gu, kanjiNumber)
    .replace(LABEL, '')
    .replace(AGE, '')
    .replace(WEEKDAY, '')
    .replace(MIDNIGHT, '')
    .replace(/^\(([^()]*)\)$/u, '$1')
    .trim()
    .replace(BORN, '')
    .trim();
}

type Era = (typeof ERAS)[number];

const pad = (number: number): string => String(number).padStart(2, '0');
const isoOf = ({ year, month, day }: { year: number; month: number; day: number }): string =>
  `${String(year).padStart(4, '0')}-${pad(month)}-${pad(day)}`;

/** Whether the era has such a day, month or year: 昭和 ends with its 64th year, 令和 begins in May. */
function inEra({ from, through }: Era, { year, month, day }: WrittenDate): boolean {
  const first = isoOf({ year, month: month ?? 1, day: day ?? 1 });
  const last = isoOf({ year, month: month ?? 12, day: day ?? 31 });
  return last >= from && first <= through;
}

/** Day 0 of the next month is the last of this one. */
function isDay(year: number, month: number, day: number): boolean {
  return day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function dateOf(
  era: Era | null,
  year: string,
  month: string | undefined,
  day: string | undefined,
): WrittenDate | null {
  const counted = year === '元' ? 1 : Number(year);
  if (counted < 1) return null;
  const date = {
    year: era === null ? counted : Number(era.from.slice(0, 4)) + counted - 1,
    month: month === undefined ? null : Number(month),
    day: day === undefined ? null : Number(day),
  };
  if (date.year < FIRST_YEAR || date.year > LAST_YEAR) return null;
  if (date.month !== null && (date.month < 1 || date.month > 12)) return null;
  if (date.month !== null && date.day !== null && !isDay(date.year, date.month, date.day)) return null;
  return era === null || inEra(era, date) ? date : null;
}

const ERA_NAMES = ERAS.flatMap(({ names }) => names).sort((a, b) => b.length - a.length);
const eraOf = (name: string | undefined): Era | null =>
  ERAS.find(({ names }) => names.some((each) => each === name)) ?? null;

const PARTED = new RegExp(
  `^(${ERA_NAMES.join('|')})?[. ]?(\\d{1,4}|元)(?: ?[-/.・年] ?(\\d{1,2})(?: ?[-/.・月] ?(\\d{1,2}) ?日?|月)?|年)?$`,
  'u',
);
const COMPACT = new RegExp(`^(?:(${ERA_NAMES.join('|')})(\\d{2})|(\\d{4}))(\\d{2})(\\d{2})$`, 'u');
const ENGLISH =
  /^(?:(\d{1,2})[ -]?([a-z]{3})[a-z]*\.?|([a-z]{3})[a-z]*\.? ?(\d{1,2})(?:st|nd|rd|th)?),?[ -]?(\d{4})$/u;

function single(text: string): WrittenDate | null {
  const compact = COMPACT.exec(text);
  if (compact !== null) {
    const [, era, eraYear = '', year = eraYear, month, day] = compact;
    return dateOf(eraOf(era), year, month, day);
  }
  const parted = PARTED.exec(text);
  if (parted !== null) {
    const [, era, year = '', month, day] = parted;
    return dateOf(eraOf(era), year, month, day);
  }
  const english = ENGLISH.exec(text);
  if (english === null) return null;
  const month = MONTHS.indexOf(english[2] ?? english[3] ?? '') + 1;
  return month === 0 ? null : dateOf(null, english[5] ?? '', String(month), english[1] ?? english[4]);
}

/** Whether two writings of one date agree, as far as both are given. */
function agree(a: WrittenDate, b: WrittenDate): boolean {
  const same = (x: number | null, y: number | null): boolean => x === null || y === null || x === y;
  return a.year === b.year && same(a.month, b.month) && same(a.day, b.day);
}

/** Both calendars in one date: 昭和25年(1950年)2月3日, 1950年2月3日(昭和25年2月3日); null unless they agree. */
function both(text: string): WrittenDate | null {
  const [, before = '', inside = '', after = ''] = /^([^()]+)\(([^()]+)\)([^()]*)$/u.exec(text) ?? [];
  if (before === '') return null;
  const joined = `${before.trim()}${/^年/u.test(after) || /[-/.年]$/u.test(before.trim()) ? '' : /^\d/u.test(after) ? '年' : ''}${after}`;
  const [outer, inner] = [single(joined.trim()), single(inside.trim())];
  return outer !== null && inner !== null && agree(outer, inner) ? outer : null;
}

/**
 * A date as people write it: 1981-07-13, 1981年7月13日, 19810713, 昭和56年7月13日, S56.7.13, S560713, 昭和五十六年…,
 * 昭和56年(1981年)7月13日, 13 Jul 1981, with a label, 生, a weekday or an age beside it, or only the year or the month.
 * Null when it cannot be read, and for a day that the calendar or the era does not have (令和元年4月30日, 昭和65年).
 */
export function readWrittenDate(raw: string): WrittenDate | null {
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(raw);
  if (iso !== null) return dateOf(null, iso[1] ?? '', iso[2], iso[3]);
  const text = plain(raw);
  return single(text) ?? both(text);
}

/** A whole day as people write it; null for less, and for what `readWrittenDate` does not take. */
export function readWrittenDay(raw: string): CivilDate | null {
  const date = readWrittenDate(raw);
  if (date?.month == null || date.day === null) return null;
  const text = isoOf({ year: date.year, month: date.month, day: date.day });
  return isCivilDate(text) ? text : null;
}
