/**
 * The oracle's own calendar. A date is the number of days since 1970-01-01, so that days are added and compared as
 * numbers; an instant is milliseconds. Business dates are civil dates in Asia/Tokyo, which knows no summer time.
 */
export type Day = number;

const DAY_MS = 86_400_000;
const JST_MS = 9 * 3_600_000;

export const dayOf = (year: number, month: number, date: number): Day =>
  Math.round(Date.UTC(year, month - 1, date) / DAY_MS);

/** A date as it stands in a file, `2028-02-29`. Throws for a text that is no date. */
export function day(text: string): Day {
  const [year = Number.NaN, month = Number.NaN, date = Number.NaN] = text.split('-').map(Number);
  const result = dayOf(year, month, date);
  if (Number.isNaN(result) || iso(result) !== text) throw new Error(`${text} is no date`);
  return result;
}

export const iso = (date: Day): string => new Date(date * DAY_MS).toISOString().slice(0, 10);

export function partsOf(date: Day): { year: number; month: number; date: number } {
  const utc = new Date(date * DAY_MS);
  return { year: utc.getUTCFullYear(), month: utc.getUTCMonth() + 1, date: utc.getUTCDate() };
}

/** 0 is Sunday. */
export const weekdayOf = (date: Day): number => (((date + 4) % 7) + 7) % 7;

/** The civil date in Japan at an instant. */
export const jstDay = (ms: number): Day => Math.floor((ms + JST_MS) / DAY_MS);

/** 0:00 in Japan. */
export const jstMidnight = (date: Day): number => date * DAY_MS - JST_MS;

/** An instant as it stands in a file, with its zone. Throws for one without. */
export function instant(text: string): number {
  if (!/(Z|[+-]\d\d:\d\d)$/.test(text)) throw new Error(`${text} names no zone`);
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) throw new Error(`${text} is no instant`);
  return ms;
}

/** The first day of the month so many months after that of a date. */
export function firstOfMonth(date: Day, monthsLater = 0): Day {
  const { year, month } = partsOf(date);
  return dayOf(year, month + monthsLater, 1);
}

/** The last day of the month so many months after that of a date. */
export const lastOfMonth = (date: Day, monthsLater = 0): Day => firstOfMonth(date, monthsLater + 1) - 1;

export const isMonthEnd = (date: Day): boolean => lastOfMonth(date) === date;

/** The corresponding day so many months later, or null where that month has none. */
export function correspondingDay(date: Day, months: number): Day | null {
  const wanted = partsOf(date).date;
  const found = firstOfMonth(date, months) + wanted - 1;
  return found > lastOfMonth(date, months) ? null : found;
}

/** So many months later, on the month's last day where it has no corresponding one. */
export const addMonths = (date: Day, months: number): Day =>
  correspondingDay(date, months) ?? lastOfMonth(date, months);

/**
 * The last day of a term of so many months that begins with a day (Civil Code 143): the day before the corresponding day,
 * or the last day of a month that has none.
 */
export function lastDayOfTerm(from: Day, months: number): Day {
  const next = correspondingDay(from, months);
  return next === null ? lastOfMonth(from, months) : next - 1;
}
