import { InvalidValueError } from '../base/invalid-value.ts';

declare const civilDateBrand: unique symbol;
declare const monthKeyBrand: unique symbol;

/** A day of the civil calendar in Asia/Tokyo, 'YYYY-MM-DD': plain JSON, compares as a string, no clock and no zone in it. */
export type CivilDate = string & { readonly [civilDateBrand]: true };

/** A month of that calendar, 'YYYY-MM'. */
export type MonthKey = string & { readonly [monthKeyBrand]: true };

/** A day in Japan, always. */
export const DAY_MS = 86_400_000;
/** Fixed: Japan has had no summer time since 1951, and no date of this business is older than the service. */
const JST_OFFSET_MS = 9 * 3_600_000;

const DATE_PATTERN = /^[1-9]\d{3}-\d{2}-\d{2}$/;
const MONTH_PATTERN = /^[1-9]\d{3}-(0[1-9]|1[0-2])$/;
const INSTANT_PATTERN =
  /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?:([Zz])|([+-])(\d{2}):?(\d{2})?)$/;

/** Days of the months of a year that is no leap year. */
const USUAL_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Days since 1970-01-01. Date.UTC is the proleptic Gregorian calendar by definition and never reads the host's zone. */
function dayNumber(year: number, month: number, day: number): number {
  return Date.UTC(year, month - 1, day) / DAY_MS;
}

function dateOfDayNumber(days: number): CivilDate {
  const instant = new Date(days * DAY_MS);
  const text = Number.isNaN(instant.getTime()) ? '' : instant.toISOString().slice(0, 10);
  if (!DATE_PATTERN.test(text)) {
    throw new InvalidValueError('計算した日付が、扱える範囲（1000年から9999年まで）を超えました。');
  }
  return text as CivilDate;
}

function requireInteger(value: number, what: string): void {
  if (!Number.isSafeInteger(value))
    throw new InvalidValueError(`${what}は整数で指定してください（${value}）。`);
}

/** The three numbers of a date. */
export function yearMonthDay(date: CivilDate): { year: number; month: number; day: number } {
  return { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)), day: Number(date.slice(8, 10)) };
}

function toDayNumber(date: CivilDate): number {
  const { year, month, day } = yearMonthDay(date);
  return dayNumber(year, month, day);
}

/** Reads 'YYYY-MM-DD'. Throws InvalidValueError for any other form and for days that the calendar does not have. */
export function civilDate(text: string): CivilDate {
  if (!DATE_PATTERN.test(text)) {
    throw new InvalidValueError(`「${text}」は日付として読めません。「2026-04-01」の形で指定してください。`);
  }
  const date = text as CivilDate;
  if (dateOfDayNumber(toDayNumber(date)) !== date) {
    throw new InvalidValueError(`「${text}」は暦に無い日付です。`);
  }
  return date;
}

/** Whether a text is a day of the calendar in the form of `civilDate`. */
export function isCivilDate(text: string): text is CivilDate {
  return DATE_PATTERN.test(text) && dateOfDayNumber(toDayNumber(text as CivilDate)) === text;
}

/** Negative, zero or positive, as a sort function wants it. */
export function compareDates(a: CivilDate, b: CivilDate): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The later of the two. */
export function laterOf(a: CivilDate, b: CivilDate): CivilDate {
  return a > b ? a : b;
}

/** The earlier of the two. */
export function earlierOf(a: CivilDate, b: CivilDate): CivilDate {
  return a < b ? a : b;
}

/** `days` may be negative; it must be a whole number. */
export function addDays(date: CivilDate, days: number): CivilDate {
  requireInteger(days, '日数');
  return dateOfDayNumber(toDayNumber(date) + days);
}

/** The same day `months` later (or earlier), or that month's last day where it has no such day. */
export function addMonths(date: CivilDate, months: number): CivilDate {
  requireInteger(months, '月数');
  const { year, month, day } = yearMonthDay(date);
  const first = dateOfDayNumber(dayNumber(year, month + months, 1));
  return dateOfDayNumber(toDayNumber(first) + Math.min(day, daysInMonth(first)) - 1);
}

/** The same day `years` later, 28 February for a 29 February that the year lacks. */
export function addYears(date: CivilDate, years: number): CivilDate {
  requireInteger(years, '年数');
  return addMonths(date, years * 12);
}

/** Days from `from` to `to`: 0 for the same day, negative when `to` is earlier. */
export function daysBetween(from: CivilDate, to: CivilDate): number {
  return toDayNumber(to) - toDayNumber(from);
}

/** Days of `[from, to]`, both included; 0 when `to` is before `from`. */
export function daysInclusive(from: CivilDate, to: CivilDate): number {
  return Math.max(0, daysBetween(from, to) + 1);
}

function daysInMonth(date: CivilDate): number {
  const { year, month } = yearMonthDay(date);
  return dayNumber(year, month + 1, 1) - dayNumber(year, month, 1);
}

export function firstOfMonth(date: CivilDate): CivilDate {
  return `${date.slice(0, 7)}-01` as CivilDate;
}

export function lastOfMonth(date: CivilDate): CivilDate {
  return dateOfDayNumber(toDayNumber(firstOfMonth(date)) + daysInMonth(date) - 1);
}

export function firstOfNextMonth(date: CivilDate): CivilDate {
  return addMonths(firstOfMonth(date), 1);
}

export function isMonthEnd(date: CivilDate): boolean {
  return lastOfMonth(date) === date;
}

/** 0 = Sunday … 6 = Saturday. */
export function dayOfWeek(date: CivilDate): number {
  return (((toDayNumber(date) + 4) % 7) + 7) % 7;
}

/** The date in Japan at an instant (milliseconds since 1970-01-01T00:00:00Z). */
export function jstDate(instantMs: number): CivilDate {
  return dateOfDayNumber(Math.floor((instantMs + JST_OFFSET_MS) / DAY_MS));
}

/** 00:00:00.000 in Japan of the day of an instant, both in milliseconds: whole numbers only, for counting by day. */
export function startOfDayJst(instantMs: number): number {
  return Math.floor((instantMs + JST_OFFSET_MS) / DAY_MS) * DAY_MS - JST_OFFSET_MS;
}

/** 00:00:00.000 of the date in Japan, in milliseconds. */
export function jstInstant(date: CivilDate): number {
  return toDayNumber(date) * DAY_MS - JST_OFFSET_MS;
}

/** 23:59:59.999 of the date in Japan, in milliseconds: the last instant of "by that day". */
export function endOfDayJst(date: CivilDate): number {
  return jstInstant(date) + DAY_MS - 1;
}

/**
 * Reads an ISO 8601 instant with 'Z' or an offset, as milliseconds; what is finer than a millisecond is cut off,
 * so that it never crosses midnight. Throws InvalidValueError, also for a text that names no zone.
 */
export function parseInstant(text: string): number {
  const usual = usualInstant(text);
  return Number.isNaN(usual) ? anyInstant(text) : usual;
}

/**
 * The instant of a text in the form that machines write, 'YYYY-MM-DDTHH:MM:SS.mmm' with Z or +09:00, NaN for any other: usage
 * comes by the million, and reading the digits takes a tenth of the time.
 */
function usualInstant(text: string): number {
  const offsetMs = text.length === 24 && text[23] === 'Z' ? 0 : JST_OFFSET_MS;
  if (offsetMs !== 0 && !(text.length === 29 && text.endsWith('+09:00'))) return Number.NaN;
  if (text[4] !== '-' || text[7] !== '-' || text[10] !== 'T') return Number.NaN;
  if (text[13] !== ':' || text[16] !== ':' || text[19] !== '.') return Number.NaN;
  const year = digitsIn(text, 0, 4);
  const month = digitsIn(text, 5, 7);
  const day = digitsIn(text, 8, 10);
  const hour = digitsIn(text, 11, 13);
  const minute = digitsIn(text, 14, 16);
  const second = digitsIn(text, 17, 19);
  // 29 February, leap seconds and what is wrong are left to the thorough reading.
  const plain = year >= 1000 && month >= 1 && month <= 12 && day >= 1 && day <= (USUAL_DAYS[month - 1] ?? 0);
  if (!plain || !(hour <= 23) || !(minute <= 59) || !(second <= 59)) return Number.NaN;
  const timeMs = ((hour * 60 + minute) * 60 + second) * 1000 + digitsIn(text, 20, 23);
  return dayNumber(year, month, day) * DAY_MS + timeMs - offsetMs;
}

/** The number that the characters from…to (excluded) write, NaN unless all are digits. */
function digitsIn(text: string, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

function anyInstant(text: string): number {
  const match = INSTANT_PATTERN.exec(text);
  if (!match) {
    throw new InvalidValueError(
      `「${text}」は日時として読めません。「2026-04-01T09:00:00+09:00」のように、時差（または Z）を付けて指定してください。`,
    );
  }
  const [
    ,
    day = '',
    hour,
    minute,
    second = '0',
    fraction = '',
    ,
    sign,
    offsetHour = '0',
    offsetMinute = '0',
  ] = match;
  // 23:59:60 (a leap second) counts as the last second of its minute.
  const seconds = Math.min(Number(second), second === '60' ? 59 : Number.POSITIVE_INFINITY);
  if (
    Number(hour) > 23 ||
    Number(minute) > 59 ||
    seconds > 59 ||
    Number(offsetHour) > 23 ||
    Number(offsetMinute) > 59
  ) {
    throw new InvalidValueError(`「${text}」は時刻が正しくありません。`);
  }
  const timeMs =
    ((Number(hour) * 60 + Number(minute)) * 60 + seconds) * 1000 +
    Number(fraction.padEnd(3, '0').slice(0, 3));
  const offsetMs = (Number(offsetHour) * 60 + Number(offsetMinute)) * 60_000 * (sign === '-' ? -1 : 1);
  return toDayNumber(civilDate(day)) * DAY_MS + timeMs - offsetMs;
}

/** '2026-04-01T09:05:00+09:00': an instant in Japanese time, for machines. */
export function jstText(instantMs: number): string {
  const date = jstDate(instantMs);
  const seconds = Math.floor((instantMs - jstInstant(date)) / 1_000);
  const parts = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  return `${date}T${parts.map((part) => String(part).padStart(2, '0')).join(':')}+09:00`;
}

/** Reads 'YYYY-MM'. Throws InvalidValueError. */
export function monthKey(text: string): MonthKey {
  if (!MONTH_PATTERN.test(text)) {
    throw new InvalidValueError(`「${text}」は年月として読めません。「2026-04」の形で指定してください。`);
  }
  return text as MonthKey;
}

export function monthOf(date: CivilDate): MonthKey {
  return date.slice(0, 7) as MonthKey;
}

/** So many months from one on, in their order. */
export const monthsFrom = (first: MonthKey, count: number): MonthKey[] =>
  Array.from({ length: count }, (_, n) => monthOf(addMonths(monthStart(first), n)));

/** The month's first day. */
export function monthStart(month: MonthKey): CivilDate {
  return `${month}-01` as CivilDate;
}

/** '2026年4月1日', for texts. */
export function formatDateJa(date: CivilDate): string {
  const { year, month, day } = yearMonthDay(date);
  return `${year}年${month}月${day}日`;
}

/** '2026年4月1日 9:05' in Japanese time, for texts. */
export function formatInstantJa(instantMs: number): string {
  return `${formatDateJa(jstDate(instantMs))} ${timeOfDayJst(instantMs)}`;
}

/** '9:05' in Japanese time. */
function timeOfDayJst(instantMs: number): string {
  const minutes = Math.floor((instantMs - startOfDayJst(instantMs)) / 60_000);
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
}

/** '4月1日（水） 9:05' in Japanese time, for what lies near. */
export function formatNearInstantJa(instantMs: number): string {
  const date = jstDate(instantMs);
  const { month, day } = yearMonthDay(date);
  return `${month}月${day}日（${'日月火水木金土'.charAt(dayOfWeek(date))}） ${timeOfDayJst(instantMs)}`;
}
